using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Cms;

/// <summary>Speaks the deploy interface of Netlify on loopback: digests in, what is missing out, files up, then processing until ready.</summary>
internal sealed class NetlifyStub : IAsyncDisposable
{
    public const string Token = "nfp_secret-of-the-host";
    public const string Site = "site-1";

    private readonly WebApplication app;
    private readonly List<Dictionary<string, string>> deploys = [];

    private NetlifyStub(WebApplication app) => this.app = app;

    /// <summary>Digests it has already.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>Method and path of every call, or what went wrong with it.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What goes wrong with a request, told by its method and how many of that method came before: <c>429</c>, <c>500</c>, <c>drop</c>; null for nothing.</summary>
    public Func<string, int, string?> Fault { get; set; } = (_, _) => null;

    /// <summary>How many looks find it still processing.</summary>
    public int Processing { get; set; }

    /// <summary>Why every deploy ends in an error; null where none does.</summary>
    public string? Error { get; set; }

    public string Api => app.Urls.First() + "/api/v1";

    /// <summary>The files of the newest deploy: path, digest.</summary>
    public IReadOnlyDictionary<string, string> Newest => deploys[^1];

    public static async Task<NetlifyStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var stub = new NetlifyStub(builder.Build());
        stub.app.Run(stub.AnswerAsync);
        await stub.app.StartAsync();
        return stub;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value!); // Never null in a request.
        string? fault;
        lock (deploys) // Several files are sent at once; each call has its number.
        {
            fault = Fault(method, Calls.Count(call => call.StartsWith(method, StringComparison.Ordinal)));
            Calls.Enqueue(fault is null ? $"{method} {path}" : $"{method} {fault}");
        }

        switch (fault)
        {
            case "drop":
                _ = await context.Request.Body.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false);
                context.Abort();
                return;
            case "429":
                context.Response.Headers.RetryAfter = "7";
                context.Response.StatusCode = 429;
                return;
            case "500":
                context.Response.StatusCode = 500;
                return;
        }

        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsJsonAsync(new { code = 401, message = $"Access Denied: {context.Request.Headers.Authorization}" });
            return;
        }

        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (method == "POST" && path == $"/api/v1/sites/{Site}/deploys") await BeginAsync(context);
        else if (parts is ["api", "v1", "deploys", var id, ..] && int.TryParse(id, out var number) && number < deploys.Count) await GoOnAsync(context, number, "/" + string.Join('/', parts.Skip(5)));
        else context.Response.StatusCode = 404;
    }

    private async Task BeginAsync(HttpContext context)
    {
        var body = await JsonDocument.ParseAsync(context.Request.Body);
        deploys.Add(body.RootElement.GetProperty("files").EnumerateObject().ToDictionary(file => file.Name, file => file.Value.GetString()!)); // Digests are texts.
        await TellAsync(context, deploys.Count - 1);
    }

    private async Task GoOnAsync(HttpContext context, int number, string path)
    {
        if (context.Request.Method == "PUT")
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var bytes = body.ToArray();
#pragma warning disable CA5350 // What the interface asks for.
            var digest = Convert.ToHexStringLower(SHA1.HashData(bytes));
#pragma warning restore CA5350
            if (deploys[number].GetValueOrDefault(path) != digest)
            {
                context.Response.StatusCode = 422;
                return;
            }

            Files[digest] = bytes;
        }

        await TellAsync(context, number);
    }

    private Task TellAsync(HttpContext context, int number)
    {
        var required = deploys[number].Values.Distinct().Where(digest => !Files.ContainsKey(digest)).ToList();
        var state = required.Count > 0 ? "uploading" : Processing-- > 0 ? "processing" : Error is not null ? "error" : "ready";
        return context.Response.WriteAsJsonAsync(new { id = $"{number}", state, required, error_message = state == "error" ? Error : null });
    }
}

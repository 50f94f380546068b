using System.Collections.Concurrent;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Portal.Site.Hosting;

/// <summary>
/// Serves an output folder as the host would: the same headers, redirects and "not found" page. For looking and for
/// tests; the real site stands on a host.
/// </summary>
internal sealed class StaticServer(string output, HostRules rules) : IAsyncDisposable
{
    private const string ReloadPath = "/-/reload";
    private const string ReloadScript = "new EventSource(\"/-/reload\").onmessage = () => location.reload();\n";

    private static readonly FileExtensionContentTypeProvider Types = new(new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json",
        [".xml"] = "application/xml",
        [".txt"] = "text/plain; charset=utf-8",
        [".ics"] = "text/calendar; charset=utf-8",
        [".vtt"] = "text/vtt; charset=utf-8",
        [".avif"] = "image/avif",
        [".webp"] = "image/webp",
        [".jpg"] = "image/jpeg",
        [".png"] = "image/png",
        [".mp4"] = "video/mp4",
    });

    private readonly ConcurrentDictionary<Guid, HttpResponse> watchers = new();
    private WebApplication? app;

    /// <summary>The table in use; a rebuild may replace it.</summary>
    public HostRules Rules { get; set; } = rules;

    /// <summary>True where pages carry a script that loads them again after a rebuild.</summary>
    public bool Reloads { get; init; }

    /// <summary>Addresses it listens on.</summary>
    public IReadOnlyCollection<string> Urls => [.. app?.Urls ?? []];

    public async Task StartAsync(string url, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync(cancellationToken);
    }

    public Task WaitAsync(CancellationToken cancellationToken) => ((IHost)app!).WaitForShutdownAsync(cancellationToken);

    /// <summary>Tells every open page to load itself again.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, response) in watchers)
        {
            try
            {
                await response.WriteAsync("data: 1\n\n", cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }
            catch (IOException)
            {
                watchers.TryRemove(id, out _); // The page was closed meanwhile.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var address = context.Request.Path.Value ?? "/";
        foreach (var (name, value) in Rules.HeadersFor(address)) context.Response.Headers[name] = value;

        if (Rules.Redirects.FirstOrDefault(redirect => redirect.From == address) is { } redirect)
        {
            context.Response.Redirect(redirect.To, permanent: !redirect.ForNow);
            return;
        }

        if (Reloads && address.StartsWith(ReloadPath, StringComparison.Ordinal))
        {
            await AnswerReloadAsync(context, address);
            return;
        }

        var file = FileFor(address);
        if (file is null && FileFor(address + "/") is not null)
        {
            context.Response.Redirect(address + "/", permanent: true);
            return;
        }

        if (file is null) context.Response.StatusCode = StatusCodes.Status404NotFound;
        await SendAsync(context, file ?? FileFor("/404.html"));
    }

    private async Task SendAsync(HttpContext context, string? file)
    {
        if (file is null) return;
        if (!context.Response.Headers.ContainsKey("Cache-Control")) context.Response.Headers.CacheControl = "public, max-age=0, must-revalidate";
        context.Response.ContentType = Types.TryGetContentType(file, out var type) ? type : "application/octet-stream";
        if (Reloads && file.EndsWith(".html", StringComparison.Ordinal))
        {
            var html = await File.ReadAllTextAsync(file, context.RequestAborted);
            await context.Response.WriteAsync(html.Replace("</head>", $"<script src=\"{ReloadPath}.js\" defer></script></head>", StringComparison.Ordinal), context.RequestAborted);
            return;
        }

        await context.Response.SendFileAsync(file, context.RequestAborted);
    }

    private async Task AnswerReloadAsync(HttpContext context, string address)
    {
        if (address.EndsWith(".js", StringComparison.Ordinal))
        {
            context.Response.ContentType = "text/javascript";
            await context.Response.WriteAsync(ReloadScript, context.RequestAborted);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync(context.RequestAborted);
        var id = Guid.CreateVersion7();
        watchers[id] = context.Response;
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            watchers.TryRemove(id, out _);
        }
    }

    /// <summary>The file behind an address; null where there is none. The host's own two files are not served.</summary>
    private string? FileFor(string address)
    {
        if (address is "/_headers" or "/_redirects") return null;
        var root = Path.GetFullPath(output) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, address.TrimStart('/'), address.EndsWith('/') ? "index.html" : string.Empty));
        return path.StartsWith(root, StringComparison.Ordinal) && File.Exists(path) ? path : null;
    }
}

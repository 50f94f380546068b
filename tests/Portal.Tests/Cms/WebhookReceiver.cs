using System.Collections.Concurrent;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Cms;

/// <summary>One message as it came.</summary>
internal sealed record Received(string Path, string Signature, string Delivery, string Body);

/// <summary>Stands in for somebody else's program that is told of publications. It answers as a test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = new();

    private WebhookReceiver(WebApplication app) => this.app = app;

    /// <summary>Status of the next answers; 0 never answers.</summary>
    public int Status { get; set; } = StatusCodes.Status204NoContent;

    /// <summary>What happens before it answers.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>Where a redirect leads.</summary>
    public string Location { get; set; } = string.Empty;

    public IReadOnlyList<Received> All => [.. received];

    public string Url => app.Urls.Single() + "/hook";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new WebhookReceiver(builder.Build());
        receiver.app.Run(receiver.AnswerAsync);
        await receiver.app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        received.Enqueue(new(context.Request.Path, context.Request.Headers["Portal-Signature"].ToString(), context.Request.Headers["Portal-Delivery"].ToString(), body));
        if (Meanwhile is { } act) await act();
        if (Status == 0) await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Response.StatusCode = Status == 0 ? StatusCodes.Status200OK : Status;
        if (Location.Length > 0) context.Response.Headers.Location = Location;
    }
}

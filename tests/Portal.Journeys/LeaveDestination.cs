using System.Collections.Concurrent;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portal.Journeys;

/// <summary>Stands for the weather page on a host of its own, and remembers what browsers told it.</summary>
public sealed class LeaveDestination : IAsyncDisposable
{
    private WebApplication? app;

    /// <summary>Another origin than the site's.</summary>
    public string Url { get; private set; } = string.Empty;

    /// <summary>Referer of every request so far; empty where none was sent.</summary>
    public ConcurrentQueue<string> Referrers { get; } = new();

    /// <summary>How long it waits before it answers.</summary>
    public TimeSpan Delay { get; set; }

    internal async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        app = builder.Build();
        app.MapGet("/weather", AnswerAsync);
        await app.StartAsync();
        Url = app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/weather";
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Referrers.Enqueue(context.Request.Headers.Referer.ToString());
        if (Delay > TimeSpan.Zero) await Task.Delay(Delay, context.RequestAborted);
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync("<!doctype html><title>Weather</title><h1>Sunny spells</h1>", context.RequestAborted);
    }
}

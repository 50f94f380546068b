using System.Collections.Concurrent;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Cms;

/// <summary>A server of this machine in the place of the pages that the leave button leads to.</summary>
internal sealed class LeaveStandIn : IAsyncDisposable
{
    public const string First = "https://www.bbc.co.uk/weather";
    public const string Second = "https://www.metoffice.gov.uk";

    private readonly WebApplication server;

    private LeaveStandIn(WebApplication server) => this.server = server;

    /// <summary>What was asked for: host and path, and whether a cookie came with it.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>How the first choice's host answers; every other host always answers well.</summary>
    public Func<HttpContext, Task> Answers { get; set; } = Fine;

    public Uri Url => new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<LeaveStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var standIn = new LeaveStandIn(builder.Build());
        standIn.server.Run(context =>
        {
            standIn.Asked.Enqueue($"{context.Request.Path}{(context.Request.Headers.Cookie.Count > 0 ? " with a cookie" : string.Empty)}");
            return context.Request.Path.StartsWithSegments("/www.bbc.co.uk", StringComparison.Ordinal) ? standIn.Answers(context) : Fine(context);
        });
        await standIn.server.StartAsync();
        return standIn;
    }

    public Task StopAsync(CancellationToken cancel) => server.StopAsync(cancel);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    public static Task Fine(HttpContext context) => Answer(context, 200);

    public static Task Answer(HttpContext context, int status, string type = "text/html; charset=utf-8", string body = "<p>Dull.")
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        return context.Response.WriteAsync(body);
    }

    /// <summary>Leads on to another page, with a cookie that nobody should keep.</summary>
    public static Task Lead(HttpContext context, string target)
    {
        (context.Response.StatusCode, context.Response.Headers.Location, context.Response.Headers.SetCookie) = (302, target, "seen=1; path=/");
        return Task.CompletedTask;
    }
}

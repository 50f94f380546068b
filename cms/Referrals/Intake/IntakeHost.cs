using Portal.Cms.Hosting;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// A server of its own for messages, in this process and on an address of its own: no cookie, no sign-in, none of the
/// staff pages, and nothing of it at the staff's address. It asks the CMS's services for the database, in a scope each time.
/// </summary>
internal sealed class IntakeHost(IntakeRoutes routes, CmsSettings settings, ILoggerFactory loggers, TextWriter output) : IHostedService, IAsyncDisposable
{
    /// <summary>Bytes; each address has a limit of its own below this.</summary>
    private const long MostBody = 64 * 1024;

    /// <summary>Bytes of all headers: a proof and a token of a check for humans are the longest.</summary>
    private const int MostHeaders = 16 * 1024;

    /// <summary>Each holds little until it sends; beyond it the system lets new ones wait.</summary>
    private const long MostConnections = 4_000;

    private WebApplication? app;

    /// <summary>Where it listens, without a slash at the end; empty while it does not.</summary>
    public string Address { get; private set; } = string.Empty;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(settings.IntakeUrl);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = MostBody;
            options.Limits.MaxRequestHeadersTotalSize = MostHeaders;
            options.Limits.MaxConcurrentConnections = MostConnections;
        });
        builder.Services.AddSingleton(loggers); // The CMS's own, with its filters: warnings and errors, never a request.
        builder.Services.AddProxies(settings, takesHost: false);
        app = builder.Build();
        if (settings.Proxies.Length > 0) app.UseForwardedHeaders();
        app.Run(routes.AnswerAsync);
        await app.StartAsync(cancellationToken);
        Address = app.Urls.First().TrimEnd('/');
        await output.WriteLineAsync($"The intake of messages is at {Address}");
    }

    public Task StopAsync(CancellationToken cancellationToken) => app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
    }
}

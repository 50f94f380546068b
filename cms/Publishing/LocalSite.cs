using Portal.Cms.Hosting;
using Portal.Site.Hosting;

namespace Portal.Cms.Publishing;

/// <summary>Serves the published folder on this machine for a look, with the headers a host would send; begins with the first publication.</summary>
internal sealed class LocalSite(CmsSettings settings, TextWriter output) : IAsyncDisposable
{
    private StaticServer? server;

    public async Task ShowAsync(HostRules rules, CancellationToken cancel)
    {
        if (settings.SiteUrl.Length == 0) return;
        if (server is not null)
        {
            server.Rules = rules;
            return;
        }

        server = new StaticServer(settings.SiteFolder, rules);
        await server.StartAsync(settings.SiteUrl, cancel);
        await output.WriteLineAsync($"The published site is at {server.Urls.First()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }
}

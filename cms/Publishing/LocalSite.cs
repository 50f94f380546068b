using Portal.Cms.Hosting;
using Portal.Site.Hosting;

namespace Portal.Cms.Publishing;

/// <summary>Serves the published folder on this machine for a look, with the headers a host would send; begins with the first publication.</summary>
internal sealed class LocalSite(CmsSettings settings) : IAsyncDisposable
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
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }
}

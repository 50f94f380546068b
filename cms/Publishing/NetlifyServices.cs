using Portal.Cms.Hosting;

namespace Portal.Cms.Publishing;

/// <summary>The deploy to a host, where the settings name one.</summary>
internal static class NetlifyServices
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromMinutes(2) };

    /// <exception cref="StartException">A token without a site, or the other way round.</exception>
    public static void AddNetlify(this IServiceCollection services, CmsSettings settings)
    {
        if (settings.Netlify is not { } netlify || (netlify.Token.Length == 0 && netlify.Site.Length == 0)) return;
        if (netlify.Token.Length == 0 || netlify.Site.Length == 0) throw new StartException("Portal__Netlify__Token and Portal__Netlify__Site belong together. Set both, or neither.");
        services.AddSingleton(provider =>
        {
            var time = provider.GetRequiredService<TimeProvider>();
            return new NetlifyDeploy(new(Client, netlify, time, (duration, cancel) => Task.Delay(duration, time, cancel)));
        });
        services.AddSingleton<NetlifyDeployer>().AddHostedService(provider => provider.GetRequiredService<NetlifyDeployer>());
    }
}

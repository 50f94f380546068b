using System.Net;

using Microsoft.AspNetCore.HttpOverrides;

using IPNetwork = System.Net.IPNetwork;

namespace Portal.Cms.Hosting;

/// <summary>Whose word counts on who asks, by which scheme and for which host: the proxies that the settings name, nobody else.</summary>
internal static class Proxies
{
    /// <param name="takesHost">True where a proxy may also say for which host; it is then <see cref="CmsSettings.Url"/>'s or none.</param>
    /// <exception cref="StartException">What is named is neither an address nor a network.</exception>
    public static void AddProxies(this IServiceCollection services, CmsSettings settings, bool takesHost = true)
    {
        var (addresses, networks) = (new List<IPAddress>(), new List<IPNetwork>());
        foreach (var name in settings.Proxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(name, out var address)) addresses.Add(address);
            else if (IPNetwork.TryParse(name, out var network)) networks.Add(network);
            else throw new StartException($"Portal__Proxies names '{name}', which is no address and no network. Write them like 127.0.0.1, 10.0.0.0/24.");
        }

        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | (takesHost ? ForwardedHeaders.XForwardedHost : ForwardedHeaders.None);
            options.ForwardLimit = null; // Through every proxy that is named, and no further.
            options.KnownProxies.Clear(); // The framework would trust whatever runs on this machine.
            options.KnownIPNetworks.Clear();
            foreach (var address in addresses) options.KnownProxies.Add(address);
            foreach (var network in networks) options.KnownIPNetworks.Add(network);
            options.AllowedHosts = [new Uri(settings.Url).Host];
        });
    }
}

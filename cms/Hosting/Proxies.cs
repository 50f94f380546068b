using System.Net;

using Microsoft.AspNetCore.HttpOverrides;

using IPNetwork = System.Net.IPNetwork;

namespace Portal.Cms.Hosting;

/// <summary>Whose word counts on who asks, by which scheme and for which host: the proxies that the settings name, nobody else.</summary>
internal static class Proxies
{
    /// <exception cref="StartException">What is named is neither an address nor a network.</exception>
    public static void AddProxies(this IServiceCollection services, CmsSettings settings)
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
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.ForwardLimit = null; // Through every proxy that is named, and no further.
            options.KnownProxies.Clear(); // The framework would trust whatever runs on this machine.
            options.KnownIPNetworks.Clear();
            foreach (var address in addresses) options.KnownProxies.Add(address);
            foreach (var network in networks) options.KnownIPNetworks.Add(network);
            options.AllowedHosts = [new Uri(settings.Url).Host];
        });
    }
}

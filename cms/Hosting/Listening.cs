using System.Net;
using System.Net.Sockets;

namespace Portal.Cms.Hosting;

/// <summary>Looks whether the CMS can listen where it should, before it makes a database and takes content in.</summary>
internal static class Listening
{
    /// <exception cref="StartException">Another program listens there, or this one may not.</exception>
    public static void Check(CmsSettings settings)
    {
        Check(settings.ListensOn, settings.Listen.Length > 0 ? "Portal__Listen" : "Portal__Url");
        if (settings.SiteUrl.Length > 0) Check(settings.SiteUrl, "Portal__SiteUrl");
        if (settings.IntakeUrl.Length > 0) Check(settings.IntakeUrl, "Portal__IntakeUrl");
    }

    private static void Check(string url, string setting)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException error)
        {
            throw new StartException($"{setting} is '{url}', which is no address. Write it like http://localhost:5080.", error);
        }

        if (address.Port == 0 || address.IsUnixPipe || address.IsNamedPipe) return;
        var number = IPAddress.TryParse(address.Host, out var literal) ? literal : address.Host == "localhost" ? IPAddress.Loopback : IPAddress.Any;
        try
        {
            using var listener = new TcpListener(number, address.Port);
            listener.Start();
        }
        catch (SocketException error)
        {
            throw new StartException(
                error.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? $"{url} is in use: another program listens on port {address.Port}. Stop it, or name another address in {setting}."
                    : $"The CMS cannot listen on {url}: {error.Message}. Name another address in {setting}.",
                error);
        }
    }
}

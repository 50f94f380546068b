using System.Net;

using MailKit.Net.Smtp;
using MailKit.Security;

using MimeKit;
using MimeKit.Utils;

using Portal.Cms.Hosting;

namespace Portal.Cms.Referrals.Alerts;

/// <summary>
/// One connection to the mail server. Encrypted, with a certificate that is checked, or not at all; without encryption
/// only to this machine, and only where a setting says so.
/// </summary>
internal sealed class MailDoor : IDisposable
{
    /// <summary>The same for every kind of alert: whoever sees it on a locked telephone learns that somebody has work.</summary>
    public const string Subject = "There is work to do in the portal";

    private const int Patience = 20_000;

    private readonly SmtpClient client = new() { Timeout = Patience, CheckCertificateRevocation = false }; // Lists of revoked certificates are elsewhere: a mail would wait for them.
    private readonly MailSettings settings;
    private readonly string portal;

    /// <param name="portal">Where staff reach the CMS.</param>
    public MailDoor(MailSettings settings, string portal)
    {
        (this.settings, this.portal) = (settings, portal);
        client.LocalDomain = Domain; // Not the name of this machine.
    }

    public bool IsOpen => client.IsConnected;

    private string Domain => MailboxAddress.TryParse(settings.From, out var from) && from.Domain.Length > 0 ? from.Domain : "localhost";

    /// <summary>How a server is spoken to.</summary>
    public static SecureSocketOptions Security(MailSettings settings)
    {
        var isHere = settings.Host == "localhost" || (IPAddress.TryParse(settings.Host, out var address) && IPAddress.IsLoopback(address));
        if (settings.ToLoopback && isHere) return SecureSocketOptions.None;
        return settings.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;
    }

    public async Task OpenAsync(CancellationToken cancel = default)
    {
        await client.ConnectAsync(settings.Host, settings.Port, Security(settings), cancel);
        if (settings.User.Length == 0) return;
        try
        {
            await client.AuthenticateAsync(settings.User, settings.Password, cancel);
        }
        catch (AuthenticationException)
        {
            await client.DisconnectAsync(quit: false, cancel); // The next letter knocks anew.
            throw;
        }
    }

    /// <summary>Sends the one mail there is to one person.</summary>
    /// <exception cref="SmtpCommandException">The server did not take it, now or for good; the connection can go on.</exception>
    public async Task SendAsync(string to, DateTimeOffset now, CancellationToken cancel = default)
    {
        using var mail = Letter(to, now);
        await client.SendAsync(mail, cancel);
    }

    public async Task CloseAsync(CancellationToken cancel = default)
    {
        if (client.IsConnected) await client.DisconnectAsync(quit: true, cancel);
    }

    public void Dispose() => client.Dispose();

    /// <summary>Nothing of a message: no reference, no number, no group, no name, and the same words whatever it is for.</summary>
    private MimeMessage Letter(string to, DateTimeOffset now)
    {
        var mail = new MimeMessage { Subject = Subject, Date = now, MessageId = MimeUtils.GenerateMessageId(Domain), Body = new TextPart("plain") { Text = $"{Subject}:\n\n{portal}\n\nThis mail says no more on purpose. Do not answer it.\n" } };
        mail.From.Add(MailboxAddress.Parse(settings.From));
        mail.To.Add(MailboxAddress.Parse(to));
        return mail;
    }
}

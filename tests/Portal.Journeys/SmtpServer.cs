using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Journeys;

/// <summary>
/// Debian's aiosmtpd on a loopback port: a real mail server, another implementation than the client's. What it is to say to
/// an address stands in a file beside it, which it reads anew each time; each mail it takes is a file.
/// </summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private const string Program = """
        import asyncio, os, ssl, sys, time
        from aiosmtpd.smtp import SMTP, AuthResult

        folder, port, secure = sys.argv[1], int(sys.argv[2]), sys.argv[3] == 'tls'
        count = 0

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                with open(os.path.join(folder, 'asked'), 'a') as file: file.write(address + '\n')
                with open(os.path.join(folder, 'answers')) as file:
                    for line in file:
                        whom, answer = line.rstrip('\n').split(' ', 1)
                        if whom in ('*', address): return answer
                envelope.rcpt_tos.append(address)
                return '250 OK'

            async def handle_DATA(self, server, session, envelope):
                global count
                count += 1
                path = os.path.join(folder, f'{time.time_ns():020}-{count:04}')
                with open(path + '.part', 'wb') as file:
                    file.write(','.join(envelope.rcpt_tos).encode() + b'\n' + (b'tls' if session.ssl else b'plain') + b'\n' + envelope.content)
                os.rename(path + '.part', path + '.mail')
                return '250 Taken'

        context = None
        if secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(os.path.join(folder, 'server.pem'))

        async def main():
            loop = asyncio.get_running_loop()
            server = await loop.create_server(lambda: SMTP(Handler(), tls_context=context, require_starttls=secure, hostname='localhost'), '127.0.0.1', port)
            print('ready', flush=True)
            await server.serve_forever()

        asyncio.run(main())
        """;

    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private readonly bool isSecure;
    private Process? process;

    private SmtpServer(bool isSecure) => this.isSecure = isSecure;

    public int Port { get; } = FreePort();

    private string Folder { get; } = Directory.CreateTempSubdirectory("portal-smtp-").FullName;

    /// <summary>The certificate of one with STARTTLS: whoever trusts it trusts the server.</summary>
    public string Certificate { get; private set; } = string.Empty;

    /// <summary>Mails it took, in order.</summary>
    public IReadOnlyList<SmtpMail> Mails => [.. Directory.EnumerateFiles(Folder, "*.mail").Order(StringComparer.Ordinal).Select(file => SmtpMail.Read(File.ReadAllText(file)))];

    /// <summary>Addresses it was asked to take a mail for, taken or not.</summary>
    public IReadOnlyList<string> Asked => File.Exists(Path.Combine(Folder, "asked")) ? File.ReadAllLines(Path.Combine(Folder, "asked")) : [];

    /// <param name="secure">With STARTTLS and a certificate that nobody has signed.</param>
    public static async Task<SmtpServer> StartAsync(bool secure = false)
    {
        await Installed.Value;
        var server = new SmtpServer(secure);
        if (secure) await File.WriteAllTextAsync(Path.Combine(server.Folder, "server.pem"), server.Certify());
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "server.py"), Program);
        server.Answer();
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>What it says from now on, instead of taking a mail: each an address, or a star for every one, and an answer.</summary>
    public void Answer(params (string Address, string Text)[] answers) => File.WriteAllLines(Path.Combine(Folder, "answers"), answers.Select(answer => $"{answer.Address} {answer.Text}"));

    /// <summary>As if it had just started: no mail, and every address is good.</summary>
    public void Forget()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*.mail").Append(Path.Combine(Folder, "asked"))) File.Delete(file);
        Answer();
    }

    public async Task StartAgainAsync()
    {
        process = Process.Start(new ProcessStartInfo("/usr/bin/python3", [Path.Combine(Folder, "server.py"), Folder, $"{Port}", isSecure ? "tls" : "plain"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        if (await process.StandardOutput.ReadLineAsync(limit.Token) != "ready") throw new InvalidOperationException("The mail server did not start.");
    }

    /// <summary>It is gone; what it took stays.</summary>
    public async Task StopAsync()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Its certificate with the key.</summary>
    private string Certify()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Certificate = certificate.ExportCertificatePem() + "\n";
        return Certificate + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    private static async Task InstallAsync()
    {
        if (IsThere()) return;
        if (DebianPackages.CanInstall) await DebianPackages.InstallAsync("python3-aiosmtpd");
        if (!IsThere()) throw new InvalidOperationException("Debian's package python3-aiosmtpd is missing: install it, or run as root where apt-get is.");
    }

    private static bool IsThere()
    {
        if (!File.Exists("/usr/bin/python3")) return false;
        using var asked = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", "import aiosmtpd.smtp"]) { RedirectStandardError = true, UseShellExecute = false })!;
        asked.StandardError.ReadToEnd();
        asked.WaitForExit();
        return asked.ExitCode == 0;
    }
}

/// <summary>A mail as the server took it.</summary>
internal sealed record SmtpMail(string To, bool IsEncrypted, string Text)
{
    public static SmtpMail Read(string file) => file.Split('\n', 3) is [var to, var how, var text] ? new(to, how == "tls", text.ReplaceLineEndings("\n")) : throw new InvalidOperationException("This is no mail.");
}

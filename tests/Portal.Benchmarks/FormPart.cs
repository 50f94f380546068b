using System.IO.Compression;

using Microsoft.Playwright;

using NodaTime;

using Portal.Cms.Referrals.Sealing;
using Portal.Content.Reading;
using Portal.Content.Referrals;
using Portal.Journeys;
using Portal.Site.Hosting;
using Portal.Theme;

namespace Portal.Benchmarks;

/// <summary>
/// What the form asks of a visitor's phone: bytes, and milliseconds in a real Chromium, at this machine's speed and slowed
/// down as a cheap phone is. What the browser itself does natively is the floor. Its work for WebCrypto runs on threads
/// that the slowing does not reach, so floors and ratios are those of full speed.
/// </summary>
internal sealed class FormPart(string content, string folder, Instant at, int rounds)
{
    private const string Page = "contact/write/index.html";

    /// <summary>Nothing is sent there: the page's own fetch is answered in the page.</summary>
    private const string Intake = "http://127.0.0.1:5999";

    private const int Recipients = 3;
    private const int SlowDown = 6;
    private const int Hundred = 100;
    private const int HighestQuality = 11;
    private const int Window = 22;

    // Without these a browser in a closed network looks up its maker's hosts at every start.
    private static readonly string[] Quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly string[] team = [.. Enumerable.Range(0, Recipients).Select(_ => IntakeFolder.NewRecipient())];

    private string Output => Path.Combine(folder, "output");

    public async Task RunAsync()
    {
        var built = Build();
        Sizes(built);

        await using var server = new StaticServer(Output, HostRules.Of(built.Map));
        await server.StartAsync("http://127.0.0.1:0", CancellationToken.None);
        var path = await Chromium.FindOrInstallAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, ChromiumSandbox = Environment.UserName == "root" ? false : null, Args = Quiet });
        var page = await browser.NewPageAsync();
        await page.GotoAsync(server.Urls.First() + "/contact/write/");
        var bench = await FormBench.StartAsync(page, Sealer.Seal(Padding.Pad("{}"u8), [.. team.Select(Recipient.Parse)]).Length);
        var full = await bench.MeasureAsync(rounds);
        var control = await page.Context.NewCDPSessionAsync(page);
        await control.SendAsync("Emulation.setCPUThrottlingRate", new() { ["rate"] = SlowDown });
        var slow = await bench.MeasureAsync(rounds);

        Table.Heading($"form in Chromium {browser.Version}, ms, median of {rounds} rounds", "full speed", $"{SlowDown}x slower");
        Row("check every answer, 100 times", full.Check * Hundred, slow.Check * Hundred);
        Row("seal 4 KiB to 3 recipients, as the page does it", full.Seal, slow.Seal);
        Row($"proof of work, at its middle ({FormBench.MiddleTries} tries)", full.Proof, slow.Proof);
        Table.Row("floor: read every field, 100 times", full.Fields * Hundred);
        Table.Row("floor: X25519 and AES-GCM of WebCrypto for the same message", full.Primitives);
        Table.Row("floor: as many blocks of SHA-256 in one call of WebCrypto", full.Hashes);
        Table.Line($"  over its floor: check {full.Check / full.Fields:0.0}, seal {full.Seal / full.Primitives:0.0}, proof of work {full.Proof / full.Hashes:0.0}");
    }

    private static void Row(string name, double full, double slow) => Table.Row(name, full, slow, string.Empty);

    private Stages Build()
    {
        var encoded = Path.Combine(Repository.Root, "site", "output.cache");
        Directory.CreateDirectory(Output + ".cache"); // Pictures that a build has encoded need not be encoded for this.
        if (Directory.Exists(encoded))
            foreach (var file in Directory.EnumerateFiles(encoded)) File.Copy(file, Path.Combine(Output + ".cache", Path.GetFileName(file)));

        var lead = team[1..];
        var keys = $"""
            keySet: {IntakeSetting.IdOf(team, lead)}
            open: true
            team: [{string.Join(", ", team)}]
            lead: [{string.Join(", ", lead)}]

            """;
        var starter = ContentFiles.FromFolder(content);
        var settings = starter.Text("settings.yaml").Replace("\nintake:\n", $"\nintake: {Intake}\n", StringComparison.Ordinal);
        return Stages.Run(() => starter.With(("settings.yaml", System.Text.Encoding.UTF8.GetBytes(settings)), (IntakeSetting.File, System.Text.Encoding.UTF8.GetBytes(keys))), Output, at);
    }

    private static void Sizes(Stages built)
    {
        Table.Heading("form, kB", "gzip", "brotli", "most");
        Size("seal.js, with the first answer", ThemeAssets.Read("seal.js").Span, "25 gzip");
        Size("referral.js, with the page", ThemeAssets.Read("referral.js").Span, string.Empty);
        var (path, bytes) = new FirstViews(built.Output.Files).Sizes(HighestQuality).Last(page => page.Page.EndsWith(Page, StringComparison.Ordinal));
        Table.Line($"heaviest page of the form with its sheet and scripts: /{path}, {bytes / 1000.0:0.0} brotli, at most 14");
    }

    private static void Size(string name, ReadOnlySpan<byte> bytes, string most)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(bytes);
        var target = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        if (!BrotliEncoder.TryCompress(bytes, target, out var written, HighestQuality, Window)) throw new InvalidOperationException("The buffer is as long as any result.");
        Table.Row(name, zipped.Length / 1000.0, written / 1000.0, most);
    }
}

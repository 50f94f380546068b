using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Intake;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Referrals.Sealing;
using Portal.Cms.Staff;
using Portal.Tests.Cms;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>A published site, a worker, a lead and a recovery key, and the open intake on a port of its own.</summary>
public sealed class IntakeServer : IAsyncLifetime
{
    public const string Site = "https://localhelp.example";

    private int clients;

    public IntakeServer()
        : this(null, null)
    {
    }

    private IntakeServer(Func<CmsSettings, CmsSettings>? change, string? settings) => (Change, Settings) = (change ?? (same => same), settings ?? string.Empty);

    private Func<CmsSettings, CmsSettings> Change { get; }

    /// <summary>More settings of the site.</summary>
    private string Settings { get; }

    /// <summary>The CMS around it.</summary>
    public CmsFixture Cms { get; private set; } = null!; // Set before each test.

    internal Identity Worker { get; } = Identity.New();

    internal Identity Lead { get; } = Identity.New();

    internal Identity Recovery { get; } = Identity.New();

    internal KeySet Keys { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One of a test alone.</summary>
    /// <param name="settings">Lines beside the site's own settings.</param>
    public static async Task<IntakeServer> StartAsync(Func<CmsSettings, CmsSettings>? change = null, string? settings = null)
    {
        var server = new IntakeServer(change, settings);
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        Cms = await CmsFixture.StartAsync(settings => Change(settings with { IntakeUrl = "http://127.0.0.1:0", Proxies = "127.0.0.1" }));
        await using (var scope = Cms.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site(("settings.yaml", SmallSite.Settings() + Settings)), Cancel);
        await MemberAsync(Role.ReferralWorker, Worker);
        await MemberAsync(Role.SafeguardingLead, Lead);
        await using var database = Cms.Database();
        database.Add(new RecoveryKey { Id = RandomKey.New(), Recipient = Recovery.Recipient.ToString(), MadeAt = Cms.Now, CheckedAt = Cms.Now });
        await database.SaveChangesAsync(Cancel);
        await OpenAsync(true);
        await Cms.PublishAsync();
        Keys = await KeySets.CurrentAsync(database, Cancel);
        Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new(Cms.Services.GetRequiredService<IntakeHost>().Address) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Cms.DisposeAsync();
    }

    public async Task OpenAsync(bool open)
    {
        Cms.Clock.Advance(TimeSpan.FromMilliseconds(1)); // The newest row counts.
        await using var database = Cms.Database();
        database.Add(new FormSwitch { Id = RandomKey.New(), At = Cms.Now, Open = open });
        await database.SaveChangesAsync(Cancel);
    }

    /// <summary>Every message, each as it stands.</summary>
    public async Task<List<Referral>> StoredAsync()
    {
        await using var database = Cms.Database();
        return await database.Set<Referral>().AsNoTracking().ToListAsync(Cancel);
    }

    /// <summary>The message of a reference.</summary>
    public async Task<Referral> StoredAsync(string reference) => (await StoredAsync()).Single(row => row.Reference == reference);

    /// <summary>A new key of a try.</summary>
    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))[..22].Replace('+', '-').Replace('/', '_');

    /// <summary>A file as a browser makes it.</summary>
    public byte[] Seal(string text = "{}", string group = "team") =>
        Sealer.Seal(Padding.Pad(Encoding.UTF8.GetBytes(text)), [.. (group == "lead" ? Keys.Lead : Keys.Team).Select(Recipient.Parse)]);

    /// <summary>A message as a browser posts it, from an address of its own. What is named here replaces a header; null leaves it out.</summary>
    public HttpRequestMessage Post(byte[]? file = null, string? key = null, string group = "team", params (string Name, string? Value)[] headers)
    {
        var content = new ByteArrayContent(file ?? Seal(group: group));
        content.Headers.ContentType = new("application/age");
        var request = new HttpRequestMessage(HttpMethod.Post, "/intake/v1/sealed") { Content = content };
        var all = new Dictionary<string, string?> { ["Origin"] = Site, ["Idempotency-Key"] = key ?? NewKey(), ["X-Keyset"] = Keys.Id, ["X-Group"] = group, ["X-Urgent"] = "0", ["X-Forwarded-For"] = NewAddress() };
        foreach (var (name, value) in headers) all[name] = value;
        if (all.Remove("Content-Type", out var type)) content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in all)
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>A form as a browser without a script posts it.</summary>
    public HttpRequestMessage Form(string path, IEnumerable<KeyValuePair<string, string>> fields, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        var all = new Dictionary<string, string?> { ["Origin"] = "null", ["Sec-Fetch-Site"] = path.EndsWith("confirm", StringComparison.Ordinal) ? "same-origin" : "cross-site", ["Sec-Fetch-Mode"] = "navigate", ["Sec-Fetch-Dest"] = "document", ["X-Forwarded-For"] = NewAddress() };
        foreach (var (name, value) in headers) all[name] = value;
        foreach (var (name, value) in all)
            if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using (request) return await Client.SendAsync(request, Cancel);
    }

    /// <summary>Answers of the shortest form of somebody who needs help.</summary>
    public static Dictionary<string, string> Answers(params (string Name, string Value)[] others)
    {
        var fields = new Dictionary<string, string> { ["route"] = "me", ["name"] = "Alex", ["phone"] = "07700 900123", ["phoneCall"] = "yes", ["age"] = "18over", ["privacy"] = "yes", ["page"] = "en", ["notice"] = "2026-11-01" };
        foreach (var (name, value) in others) fields[name] = value;
        return fields;
    }

    /// <summary>An address that nobody else has in its block.</summary>
    public string NewAddress()
    {
        var number = Interlocked.Increment(ref clients);
        return string.Create(CultureInfo.InvariantCulture, $"10.{number / 250}.{number % 250}.7");
    }

    private async Task MemberAsync(Role role, Identity identity)
    {
        var person = await Cms.PersonAsync(roles: (role, string.Empty));
        await using var database = Cms.Database();
        database.Add(new KeyMember { Id = RandomKey.New(), AccountId = person.Id, Recipient = identity.Recipient.ToString(), Wrapped = [1], MadeAt = Cms.Now, AdmittedAt = Cms.Now });
        await database.SaveChangesAsync(Cancel);
    }
}

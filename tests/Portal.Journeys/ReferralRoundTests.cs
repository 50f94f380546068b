using System.IO.Compression;
using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Backup;
using Portal.Cms.Publishing;
using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Staff;
using Portal.Content.Referrals;
using Portal.Tests;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>One message from the form of the published site, through the intake, to whoever opens it: nothing here stands in for another part.</summary>
public sealed class ReferralRoundTests(BrowserFixture browsers) : IAsyncLifetime
{
    private const string Canary = "zq7canary";

    private readonly DirectoryInfo content = Directory.CreateTempSubdirectory("portal-round-");
    private CmsServer server = null!; // Set before each test.
    private ReferralPerson ada = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await CmsServer.StartAsync(content.FullName, fill: WriteAsync);
        var world = CmsReferrals.World(server);
        await world.RecoveryAsync();
        ada = await ReferralPerson.AtAsync(server, browsers.Browser, "Ada Holt", Role.SafeguardingLead);
        await CmsReferrals.KeyAsync(server, await server.WithDatabaseAsync(database => database.Users.Select(account => account.Id).SingleAsync(Cancel)));
        await server.WithDatabaseAsync(async database =>
        {
            database.Add(new FormSwitch { Id = RandomKey.New(), At = NodaTime.Instant.FromDateTimeOffset(server.Clock.GetUtcNow()), Open = true });
            database.Outbox.Add(new() { At = NodaTime.Instant.FromDateTimeOffset(server.Clock.GetUtcNow()), By = "test", What = "opened" });
            return await database.SaveChangesAsync(Cancel);
        });
        await server.Services.GetRequiredService<Publisher>().RunOnceAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await ada.DisposeAsync();
        await server.DisposeAsync();
        content.Delete(recursive: true);
    }

    [Fact]
    public async Task What_somebody_writes_is_read_by_one_who_may_and_stands_nowhere_else()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, server.SiteUrl + "/pl/contact/write/");
        var given = await visitor.FillAsync("me", Canary, "language"); // Its answer is one that the small site has not.
        var reference = await visitor.SendAsync();

        Assert.DoesNotContain(visitor.Requests, request => request.Sent.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(visitor.Requests, request => request.Url == server.IntakeUrl + "/intake/v1/sealed");
        var message = await server.WithDatabaseAsync(database => database.Set<Referral>().AsNoTracking().SingleAsync(Cancel));
        Assert.Equal(reference.Replace("-", string.Empty, StringComparison.Ordinal), message.Reference.Replace("-", string.Empty, StringComparison.Ordinal));
        Assert.False(message.Unchecked);
        await NowhereAsync();

        await ada.Screen.OpenAsync("/referrals");
        await ada.Screen.FollowAsync(message.Reference);
        await ada.UnlockAsync("Open");
        await Expect(ada.Words).ToContainTextAsync("Somebody writes for themself, on the page in Polish.");
        foreach (var field in ReferralForm.Fields.Where(field => field.Control is ReferralControl.Line or ReferralControl.Text && given.ContainsKey(field.Name)))
            await Expect(ada.Words).ToContainTextAsync(given[field.Name]);
        await Expect(ada.Words.Locator("bdi[lang=pl]").First).ToBeVisibleAsync();
        Assert.DoesNotContain(ada.Sent, request => request.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        await NowhereAsync();
    }

    /// <summary>In no file of the CMS, with its log of writes, in nothing it said, in no backup.</summary>
    private async Task NowhereAsync()
    {
        var backup = Path.Combine(server.Folder, "round.backup");
        File.Delete(backup);
        await using (var scope = server.Services.CreateAsyncScope()) await ActivatorUtilities.CreateInstance<DatabaseBackup>(scope.ServiceProvider).WriteAsync(backup, Cancel);
        var files = Directory.GetFiles(server.Folder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("portal.db-wal", StringComparison.Ordinal));
        Assert.Equal([], files.Where(file => Holds(Read(file))));
        await using var archive = await ZipFile.OpenReadAsync(backup, Cancel);
        foreach (var entry in archive.Entries)
        {
            using var memory = new MemoryStream();
            await using (var stream = await entry.OpenAsync(Cancel)) await stream.CopyToAsync(memory, Cancel);
            Assert.False(Holds(memory.ToArray()), entry.FullName);
        }

        Assert.DoesNotContain(Canary, server.Said.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static bool Holds(byte[] bytes) => new[] { Encoding.UTF8.GetBytes(Canary), Encoding.Unicode.GetBytes(Canary) }.Any(word => bytes.AsSpan().IndexOf(word) >= 0);

    /// <summary>Also of a file that the CMS holds open.</summary>
    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private async Task WriteAsync(CmsServer at)
    {
        var site = A.Site(("settings.yaml", SmallSite.Settings() + $"intake: {at.IntakeUrl}\n"));
        foreach (var path in site.Paths)
        {
            var file = Path.Combine(content.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, site.Bytes(path).ToArray(), Cancel);
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

using Microsoft.Data.Sqlite;

using Xunit;

namespace Portal.Journeys;

/// <summary>What becomes of the site and the words when the machine fails the CMS: it is a real process, killed or starved for real.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class CmsFaultTests(CmsFaultStart start) : IClassFixture<CmsFaultStart>, IAsyncLifetime
{
    private const long MostBytes = 1024 * 1024;
    private const int Kills = 5;

    private readonly string folder = Directory.CreateTempSubdirectory("portal-fault-").FullName;
    private string old = string.Empty;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Program => start.Program;

    private string Content => start.Content;

    private string Data => Path.Combine(folder, "data");

    private string Site => Path.Combine(Data, "site");

    /// <summary>A published site, and beside it texts that are public in the database and not yet on the site.</summary>
    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        await start.CopyDataAsync(Data);
        old = Print();
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_process_killed_while_it_publishes_leaves_a_whole_site_and_the_next_one_finishes()
    {
        var killed = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var child = await CmsChild.StartAsync(Program, Data, Content, CmsFaultStart.Port);
            await child.WaitForAsync(() => Directory.Exists(Site + ".staging") || File.Exists(Site + ".journal") || IsNew);
            await Task.Delay(TimeSpan.FromMilliseconds(kill * 17), Cancel);
            await child.KillAsync();
            if (Number("SELECT COUNT(*) FROM Publications") == 1) killed++;
            AssertWhole();
        }

        await using var last = await CmsChild.StartAsync(Program, Data, Content, CmsFaultStart.Port);
        await last.WaitForAsync(() => Number("SELECT COUNT(*) FROM Publications WHERE Failure IS NULL") == 2);
        Assert.NotEqual(0, killed);
        Assert.True(IsNew);
        Assert.False(File.Exists(Site + ".journal"));
        Assert.Equal(0, Number("SELECT COUNT(*) FROM Outbox"));
        AssertWhole();
    }

    [Fact]
    public async Task A_disk_without_room_is_told_and_the_site_stands()
    {
        await using (var child = await CmsChild.StartAsync(Program, Data, Content, CmsFaultStart.Port, MostBytes))
        {
            await child.WaitForAsync(() => Number("SELECT COUNT(*) FROM Publications WHERE Failure LIKE '%folder cannot be written%'") == 1);
            Assert.Equal(old, Print());
            Assert.Equal(HttpStatusCode.OK, (await child.GetAsync("/sign-in")).StatusCode);
        }

        await using var roomy = await CmsChild.StartAsync(Program, Data, Content, CmsFaultStart.Port);
        await roomy.WaitForAsync(() => Number("SELECT COUNT(*) FROM Outbox") == 0);
        Assert.True(IsNew);
    }

    [Fact]
    public async Task An_output_folder_that_is_read_only_is_told_and_published_to_once_it_is_not()
    {
        ReadOnly(Site, recursive: true);
        await using (var child = await CmsChild.StartAsync(Program, Data, Content, CmsFaultStart.Port))
        {
            await child.WaitForAsync(() => Number("SELECT COUNT(*) FROM Publications WHERE Failure LIKE '%folder cannot be written%'") == 1);
            Assert.Equal(old, Print());
        }

        Writable(Site);
        await using var next = await CmsChild.StartAsync(Program, Data, Content, CmsFaultStart.Port);
        await next.WaitForAsync(() => Number("SELECT COUNT(*) FROM Outbox") == 0);
        Assert.True(IsNew);
    }

    [Fact]
    public async Task A_database_that_is_read_only_is_told_and_nothing_is_lost()
    {
        ReadOnly(Path.Combine(Data, "portal.db"), recursive: false);
        await using (var child = await CmsChild.StartAsync(Program, Data, Content, CmsFaultStart.Port))
        {
            var health = await child.GetAsync("/health");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            Assert.Equal("The database cannot be written.\n", await health.Content.ReadAsStringAsync(Cancel));
            Assert.Equal(HttpStatusCode.OK, (await child.GetAsync("/sign-in")).StatusCode);
            Assert.Equal(old, Print());
        }

        foreach (var file in Directory.EnumerateFiles(Data, "portal.db*")) Writable(file); // What SQLite makes beside its file gets the rights of that.
        await using var next = await CmsChild.StartAsync(Program, Data, Content, CmsFaultStart.Port);
        await next.WaitForAsync(() => IsNew);
        Assert.Equal(HttpStatusCode.OK, (await next.GetAsync("/health")).StatusCode);
    }

    private bool IsNew => File.Exists(Path.Combine(Site, "guides", "safer-devices", "index.html")) && !File.Exists(Site + ".journal")
        && File.ReadAllText(Path.Combine(Site, "guides", "safer-devices", "index.html")).Contains(CmsFaultStart.NewWords, StringComparison.Ordinal);

    /// <summary>Every page ends, and every asset it names is there: a visitor of that moment sees pages, some old, some new.</summary>
    private void AssertWhole()
    {
        var pages = Directory.EnumerateFiles(Site, "*.html", SearchOption.AllDirectories).ToList();
        Assert.InRange(pages.Count, 400, int.MaxValue);
        Assert.All(pages, page =>
        {
            var text = File.ReadAllText(page);
            Assert.EndsWith("</html>", text.TrimEnd(), StringComparison.Ordinal);
            Assert.All(Asset().Matches(text).Select(match => match.Groups["path"].Value), asset => Assert.True(File.Exists(Path.Combine(Site, asset)), $"{page} names {asset}, which is not there."));
        });
    }

    /// <summary>What the site is: every file and its length and first letters; enough to see that nothing moved.</summary>
    private string Print() => string.Join('\n', Directory.EnumerateFiles(Site, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetRelativePath(Site, file)} {new FileInfo(file).Length} {File.GetLastWriteTimeUtc(file):O}"));

    private long Number(string query) => CmsFaultStart.Number(Data, query);

    private static void ReadOnly(string path, bool recursive) => Change(path, recursive, "a-w");

    private static void Writable(string path) => Change(path, recursive: true, "u+w");

    private static void Change(string path, bool recursive, string mode)
    {
        using var chmod = Process.Start("chmod", [.. recursive ? ["-R"] : Array.Empty<string>(), mode, path]);
        chmod.WaitForExit();
    }

    [GeneratedRegex("\"/(?<path>assets/[^\" ]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Asset();
}

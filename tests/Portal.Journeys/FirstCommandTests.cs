using System.Net;
using System.Net.Sockets;

using AngleSharp.Html.Parser;

using Microsoft.Data.Sqlite;

using Xunit;

namespace Portal.Journeys;

/// <summary>The README's first command on a new machine, as a process of its own; and the commands beside it.</summary>
public sealed class FirstCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-first-").FullName;
    private readonly int port = FreePort();
    private readonly int sitePort = FreePort();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Url => $"http://localhost:{port}";

    private string SiteUrl => $"http://127.0.0.1:{sitePort}";

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task It_takes_content_in_publishes_serves_both_and_prints_a_link_for_the_first_Owner()
    {
        SiteFixture.KeepPictures(Path.Combine(folder, "data", "site.cache"));
        using var browser = new HttpClient();
        await using (var cms = CommandLine.StartCms(Settings("data")))
        {
            var link = (await cms.WaitForAsync("/setup?token=")).Trim();
            await cms.WaitForAsync($"The CMS is at {Url}");
            await cms.WaitForAsync("The intake of messages is at http://127.0.0.1:");
            await cms.WaitForAsync($"The published site is at {SiteUrl}");

            Assert.StartsWith($"{Url}/setup?token=", link, StringComparison.Ordinal);
            Assert.Equal("ok\n", await browser.GetStringAsync(new Uri(Url + "/health"), Cancel));
            var setUp = await new HtmlParser().ParseDocumentAsync(await browser.GetStringAsync(new Uri(link), Cancel));
            Assert.NotNull(setUp.QuerySelector("form input[type=password]"));
            using var page = await browser.GetAsync(new Uri(SiteUrl + "/"), Cancel);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal(["import"], await AuthorsAsync());

            // A backup while it runs, and what is said where its addresses are taken.
            var backup = await CommandLine.RunCmsAsync(Settings("data"), "backup", Path.Combine(folder, "portal.backup"));
            Assert.True(backup.ExitCode == 0, backup.Said);
            var second = await CommandLine.RunCmsAsync(Settings("second"));
            Assert.Equal(1, second.ExitCode);
            Assert.Equal($"{Url} is in use: another program listens on port {port}. Stop it, or name another address in Portal__Url.", second.Said);
            Assert.False(Directory.Exists(Path.Combine(folder, "second")));
        }

        var restored = await CommandLine.RunCmsAsync(Settings("restored"), "restore", Path.Combine(folder, "portal.backup"));
        Assert.True(restored.ExitCode == 0, restored.Said);
        var again = await CommandLine.RunCmsAsync(Settings("restored"), "restore", Path.Combine(folder, "portal.backup"));
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("--replace", again.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", again.Said, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Dictionary<string, string?> Settings(string data) => new() { ["Portal__Data"] = Path.Combine(folder, data), ["Portal__Url"] = Url, ["Portal__SiteUrl"] = SiteUrl, ["Portal__IntakeUrl"] = "http://127.0.0.1:0" };

    private async Task<List<string>> AuthorsAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "data", "portal.db")}");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT Author FROM Revisions";
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var authors = new List<string>();
        while (await reader.ReadAsync(Cancel)) authors.Add(reader.GetString(0));
        return authors;
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;
using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What a roll back brings, what stays away from it, and what ends it.</summary>
public sealed class RollBackTests : IAsyncLifetime
{
    private const string Guide = PublishedSite.Guide;
    private const string Other = "pages/guides/relationships/en.md";
    private const string Form = "contact/write/index.html";

    private static readonly string Settings = SmallSite.Settings().Replace("  allowed:", "  second: \"https://www.bbc.co.uk/news\"\n  allowed:", StringComparison.Ordinal) + "intake: https://write.example\n";

    private PublishedSite site = null!; // Set before each test.
    private HttpClient author = null!;
    private HttpClient publisher = null!;
    private Guid first;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site = await PublishedSite.StartAsync(settings => settings with { IntakeUrl = "http://127.0.0.1:0" }, ("settings.yaml", Settings), ("pages/guides/linking/en.md", A.Guide("Linking", "See [it](/guides/staying-safe/).\n", "related: [guides/staying-safe]\n")));
        var keys = ReferralWorld.Of(site.Cms);
        foreach (var role in new[] { Role.ReferralWorker, Role.SafeguardingLead }) await keys.KeyAsync((await site.Cms.PersonAsync(true, ReferralWorld.Only(role))).Id);
        await keys.RecoveryAsync();
        await site.Cms.DoorAsync(open: true);
        first = (await site.PublishAsync("open"))!.Id;
        Assert.Contains("<form", site.Cms.Public(Form), StringComparison.Ordinal);
        (author, publisher) = (await site.Cms.ClientAsync(Role.Author), await site.Cms.ClientAsync(Role.Publisher));
        site.Cms.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    public ValueTask DisposeAsync()
    {
        author.Dispose();
        publisher.Dispose();
        return site.DisposeAsync();
    }

    [Fact]
    public async Task What_was_withdrawn_since_stays_away_and_what_came_back_stands_as_it_was_approved()
    {
        await PublishedSite.DoAsync(author, "/documents/publish/" + Guide, "withdraw", ("reason", "A number is wrong"));
        await PublishedSite.DoAsync(author, "/documents/publish/" + Other, "withdraw", ("reason", "A number is wrong"));
        await site.PublishAsync("withdrawn");
        site.Cms.Clock.Advance(TimeSpan.FromMinutes(1));
        await ImportAsync((Other, A.Guide("People close to you", "Mended words.\n")), ("pages/guides/linking/en.md", A.Guide("Linking", "Bad words.\n")));
        await site.PublishAsync("mended");

        await PublishedSite.DoAsync(publisher, "/publishing", $"back-{first}");

        Assert.DoesNotContain("Bad words.", site.Page("/guides/linking/"), StringComparison.Ordinal);
        Assert.Contains("Mended words.", site.Page("/guides/relationships/"), StringComparison.Ordinal);
        Assert.Null(site.Page("/guides/staying-safe/"));
        Assert.Empty(site.Cms.PublicFiles().Where(file => file.Value.Contains("Staying safe", StringComparison.Ordinal)).Select(file => file.Key));
        Assert.Contains("/guides/staying-safe/ /guides/ 302!\n", site.Cms.Public("_redirects")!, StringComparison.Ordinal);
        var told = (await publisher.PageAsync("/publishing")).Body!.TextContent;
        Assert.Contains("without guides/staying-safe", told, StringComparison.Ordinal);
        Assert.Contains("The site is rolled back", told, StringComparison.Ordinal);

        // Nor does one of its own publications bring back what left it.
        var rolledBack = await NewestAsync();
        await PublishedSite.DoAsync(author, "/documents/publish/" + Other, "withdraw", ("reason", "Again"));
        await site.PublishAsync();
        await PublishedSite.DoAsync(publisher, "/publishing", "end");
        await PublishedSite.DoAsync(publisher, "/publishing", $"back-{rolledBack.Id}");
        Assert.Null(site.Page("/guides/relationships/"));
    }

    [Fact]
    public async Task Nothing_by_the_clock_ends_a_roll_back_and_what_leaves_still_leaves_at_once()
    {
        await BadAsync();
        await PublishedSite.DoAsync(publisher, "/publishing", $"back-{first}");
        Assert.Contains("First words.", site.Page("/guides/staying-safe/"), StringComparison.Ordinal);

        // A text goes live by its time, a day begins.
        await site.Cms.SetAsync(Other, entry => (entry.State, entry.PublishAt) = (EntryState.Scheduled, site.Cms.Now));
        site.Cms.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await site.PublishAsync("something that was approved"));
        Assert.Contains("First words.", site.Page("/guides/staying-safe/"), StringComparison.Ordinal);

        // The leave button's first page is gone: its second is safe, and nothing else changes.
        await using (var database = site.Cms.Database())
        {
            database.LeaveChecks.Add(new() { Night = "2026-12-03", At = site.Cms.Now, First = "https://www.bbc.co.uk/weather", FirstFault = "gone", Second = "https://www.bbc.co.uk/news", UsesSecond = true });
            await database.SaveChangesAsync(Cancel);
        }

        await site.PublishAsync("leave button to its second choice");
        Assert.Contains("\"https://www.bbc.co.uk/news\"", site.Cms.Public("index.html")!, StringComparison.Ordinal);
        Assert.Contains("First words.", site.Page("/guides/staying-safe/"), StringComparison.Ordinal);
        Assert.Equal(first, (await NewestAsync()).RollBackOf);

        // A text has its last day.
        await site.Cms.SetAsync(Guide, entry => entry.ExpireAt = site.Cms.Now);
        await site.PublishAsync();
        Assert.Null(site.Page("/guides/staying-safe/"));
        Assert.DoesNotContain("Bad words.", site.Page("/guides/linking/"), StringComparison.Ordinal);
        Assert.Equal(first, (await NewestAsync()).RollBackOf);
        Assert.Contains("wait for the end of the roll back", await TextAsync(), StringComparison.Ordinal);

        publisher = await site.Cms.ClientAsync(Role.Publisher); // The session of a day ago is over.
        await PublishedSite.DoAsync(publisher, "/publishing", "end");
        Assert.Contains("Bad words.", site.Page("/guides/linking/"), StringComparison.Ordinal);
        Assert.Empty(await site.Cms.Database().Outbox.ToListAsync(Cancel));
    }

    [Fact]
    public async Task The_form_closes_on_a_rolled_back_site_at_once_and_a_closed_one_stays_closed()
    {
        await BadAsync();
        await PublishedSite.DoAsync(publisher, "/publishing", $"back-{first}");
        Assert.Contains("<form", site.Cms.Public(Form), StringComparison.Ordinal);

        await site.Cms.DoorAsync(open: false);
        await site.PublishAsync();

        Assert.DoesNotContain("<form", site.Cms.Public(Form), StringComparison.Ordinal);
        Assert.DoesNotContain("Bad words.", site.Page("/guides/linking/"), StringComparison.Ordinal);
        await PublishedSite.DoAsync(publisher, "/publishing", "end");
        await PublishedSite.DoAsync(publisher, "/publishing", $"back-{first}");
        Assert.DoesNotContain("<form", site.Cms.Public(Form), StringComparison.Ordinal);
        Assert.DoesNotContain("Bad words.", site.Page("/guides/linking/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_cannot_be_made_without_what_left_is_not_rolled_back_and_the_reason_is_told()
    {
        await ImportAsync(("pages/lines/other/en.md", A.Line("Another line", "0808 168 9111")), ("settings.yaml", SmallSite.Settings().Replace("mainLine: main", "mainLine: other", StringComparison.Ordinal)));
        await PublishedSite.DoAsync(author, "/documents/publish/pages/lines/main/en.md", "withdraw", ("reason", "It is over"));
        await site.PublishAsync();

        await PublishedSite.DoAsync(publisher, "/publishing", $"back-{first}");

        var told = (await publisher.PageAsync("/publishing")).QuerySelectorAll(".errors").Single().TextContent;
        Assert.StartsWith("The site was not rolled back", told, StringComparison.Ordinal);
        Assert.Contains("The site of then cannot be made without lines/main", told, StringComparison.Ordinal);
        Assert.DoesNotContain("publication failed", (await publisher.PageAsync("/")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await site.Cms.Database().Outbox.ToListAsync(Cancel));
        Assert.Null((await site.PublishAsync("again"))!.RollBackOf);
    }

    [Fact]
    public async Task An_import_beside_a_running_cms_is_published()
    {
        await using (var scope = site.Cms.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ContentImport>().PublishAsync(ContentFiles.Of([KeyValuePair.Create(Guide, A.Guide("Staying safe", "Imported words.\n"))]), Cancel);
        await site.PublishAsync();

        Assert.Contains("Imported words.", site.Page("/guides/staying-safe/"), StringComparison.Ordinal);
        Assert.Equal(["content.import"], await site.ActsAsync("content"));
    }

    /// <summary>Publishes what nobody wants to see.</summary>
    private async Task BadAsync()
    {
        await ImportAsync((Guide, A.Guide("Staying safe", "Bad words.\n")), ("pages/guides/linking/en.md", A.Guide("Linking", "Bad words.\n")));
        await site.PublishAsync("bad");
        site.Cms.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task<string> TextAsync() => (await (await site.Cms.ClientAsync(Role.Publisher)).PageAsync("/publishing")).Body!.TextContent;

    private async Task<Publication> NewestAsync() => await site.Cms.Database().Publications.AsNoTracking().OrderByDescending(publication => publication.Number).FirstAsync(Cancel);

    private async Task ImportAsync(params (string Path, string Text)[] files)
    {
        await using var scope = site.Cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(ContentFiles.Of(files.Select(file => KeyValuePair.Create(file.Path, file.Text))), Cancel);
    }
}

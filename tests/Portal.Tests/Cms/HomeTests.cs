using System.Globalization;
using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Publishing;
using Portal.Cms.Reports;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What needs somebody, and what staff get told of the content as a whole.</summary>
public sealed class HomeTests : IAsyncLifetime
{
    private PublishedSite site = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => site = await PublishedSite.StartAsync(
        ("data/clauses.yaml", "- clause: \"1.1\"\n  asks: Help now.\n  pages: [help-now, lines/main, guides/relationships]\n"),
        ("pages/guides/extra/en.md", A.Guide("Extra", "See [help](/help-now/).\n", "reviewBy: 2026-12-01\n")),
        ("pages/guides/later/en.md", A.Guide("Later", "See [help](/help-now/).\n", "reviewBy: 2026-12-02\n")),
        ("pages/places/library/en.md", A.Point("Library", "address: {line1: Library, town: Maidstone}\nverifiedOn: 2026-09-02\nverifiedBy: Content team\n")),
        ("pages/places/school/en.md", A.Point("School", "address: {line1: School, town: Maidstone}\nverifiedOn: 2026-09-03\nverifiedBy: Content team\n")));

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task Each_need_counts_exactly_what_its_list_shows()
    {
        var account = await site.Cms.PersonAsync(true, (Role.Author, string.Empty));
        var (author, reviewer) = (await site.Cms.SignInAsync(account), await site.Cms.ClientAsync(Role.Reviewer));
        await site.WriteAsync(account, PublishedSite.Guide, "guidance", A.Guide("Staying safe", "Second words. See [help](/help-now/).\n"));
        await PublishedSite.DoAsync(author, "/documents/publish/" + PublishedSite.Guide, "submit");

        var needs = (await reviewer.PageAsync("/")).QuerySelectorAll("ul.needs a").Select(link => (Count: int.Parse(link.TextContent.Split(' ')[0], CultureInfo.InvariantCulture), Address: link.GetAttribute("href")!)).ToList();

        Assert.Equal(["/reviews?mine=yes", "/documents?needs=review", "/documents?needs=confirming", "/documents?needs=translation"], needs.Select(need => need.Address));
        foreach (var (count, address) in needs) Assert.Equal(count, (await reviewer.PageAsync(address)).QuerySelectorAll("table.list tbody tr").Length);
        Assert.DoesNotContain("wait", (await author.PageAsync("/")).QuerySelector("ul.needs")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_is_due_on_its_day_and_a_place_counts_for_ninety_days()
    {
        var author = await site.Cms.ClientAsync(Role.Author);

        Assert.Equal(["pages/guides/extra"], await PathsAsync(author, "/documents?needs=review"));
        Assert.Equal(["pages/places/library", "pages/places/safe-place"], await PathsAsync(author, "/documents?needs=confirming"));
    }

    [Fact]
    public async Task A_translator_is_told_of_their_language_alone()
    {
        var translator = await site.Cms.TranslatorAsync("pl");

        var links = (await translator.PageAsync("/")).QuerySelectorAll("ul.needs a").Select(link => $"{link.TextContent} {link.GetAttribute("href")}").ToList();

        Assert.Contains("3 texts in Polish are behind the English /documents?needs=translation&language=pl", links);
        Assert.DoesNotContain(links, link => link.Contains("Urdu", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reports_tell_states_coverage_places_and_clauses_and_each_is_a_file()
    {
        var author = await site.Cms.ClientAsync(Role.Author);
        var page = await author.PageAsync("/reports");

        Assert.Contains("Polish", page.QuerySelector("#translations ~ div table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("help-now lines/main", page.QuerySelector("#clauses ~ div table")!.TextContent, StringComparison.Ordinal);
        foreach (var link in page.QuerySelectorAll("a[download]"))
        {
            using var answer = await author.OpenAsync(link.GetAttribute("href")!);
            Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
            Assert.Contains("\r\n", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await author.OpenAsync("/reports/none.csv")).StatusCode);
    }

    [Fact]
    public async Task A_guide_that_a_clause_asks_for_leaves_the_site_at_once_and_is_missed_until_it_is_back()
    {
        const string topic = "pages/guides/relationships/en.md";
        var author = await site.Cms.ClientAsync(Role.Author);
        Assert.Empty(await MissedAsync());

        await PublishedSite.DoAsync(author, "/documents/publish/" + topic, "withdraw", ("reason", "A number is wrong"));
        await site.PublishAsync();

        Assert.Null(site.Page("/guides/relationships/"));
        Assert.Contains("/guides/relationships/ /guides/ 302!", site.Cms.Public("_redirects")!, StringComparison.Ordinal);
        Assert.Equal(["1 page that the service specification asks for is not public"], await MissedAsync());
        Assert.Equal("guides/relationships", (await author.PageAsync("/reports")).QuerySelector("#clauses ~ div tbody td:last-child")!.TextContent);

        async Task<IEnumerable<string>> MissedAsync() => (await author.PageAsync("/")).QuerySelectorAll("ul.needs a[href='/reports#clauses']").Select(link => link.TextContent);
    }

    [Fact]
    public async Task A_publication_that_failed_is_told_with_the_links_that_lead_nowhere()
    {
        var account = await site.Cms.PersonAsync(true, (Role.Author, string.Empty));
        await site.WriteAsync(account, PublishedSite.Guide, "guidance", A.Guide("Staying safe", "See [a](/no-such-page/) and [b](/nor-this/).\n"));
        await using (var database = site.Cms.Database())
        {
            await database.Entries.Where(entry => entry.Path == PublishedSite.Guide).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Live, entry => (Guid?)entry.Head), Cancel); // As no screen would.
            database.Outbox.Add(new() { At = site.Cms.Now, By = "test", What = "a broken one" });
            await database.SaveChangesAsync(Cancel);
        }

        Assert.NotNull((await site.Cms.Services.GetRequiredService<Publisher>().RunOnceAsync(Cancel))!.Failure);

        var needs = (await (await site.Cms.SignInAsync(account)).PageAsync("/")).QuerySelectorAll("ul.needs a[href='/publishing']").Select(link => link.TextContent);

        Assert.Equal(["1 publication failed: the site is not up to date", "2 links of public texts lead nowhere"], needs);
    }

    [Fact]
    public void A_cell_of_a_report_is_never_a_formula()
    {
        var csv = Encoding.UTF8.GetString(new Report("x", "X", ["A", "B"], [["=1+1", "say \"no\", now"], ["-", "plain"]]).Csv());

        Assert.Equal("\uFEFFA,B\r\n'=1+1,\"say \"\"no\"\", now\"\r\n'-,plain\r\n", csv);
    }

    private static async Task<IReadOnlyList<string>> PathsAsync(HttpClient client, string address) =>
        [.. (await client.PageAsync(address)).QuerySelectorAll("table.list tbody th .hint").Select(path => "pages/" + path.TextContent).Order(StringComparer.Ordinal)];
}

using System.Net;

using AngleSharp.Html.Dom;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Documents;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The list of documents: every filter, every order, every page, all of it in the address.</summary>
public sealed class DocumentListTests(DocumentListTests.Site site) : IClassFixture<DocumentListTests.Site>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("q=SIXTEEN", "campaigns/sixteen-days")]
    [InlineData("kind=pathway", "professionals/schools")]
    [InlineData("kind=guidance&state=draft", "guides/relationships")]
    [InlineData("topic=money", "guides/family-pressure")]
    [InlineData("owner=Night", "guides/girls-health")]
    [InlineData("owner=Night&topic=money")]
    [InlineData("language=pl&q=pages/home", "home")]
    public async Task A_filter_shows_what_fits_and_nothing_else(string query, params string[] documents)
    {
        var page = await site.Client.PageAsync("/documents?" + query);

        Assert.Equal(documents, Documents(page));
        Assert.StartsWith(documents.Length == 0 ? "No document fits." : $"{documents.Length} document", page.QuerySelector("#results [role=status]")!.TextContent, StringComparison.Ordinal);
        foreach (var part in query.Split('&').Select(each => each.Split('='))) // It stands in the form, so that the next filter is one more.
            Assert.Equal(part[1], Forms.Standing(page.QuerySelector("form.filters")!).Single(field => field.Name == part[0]).Value);
    }

    [Theory]
    [InlineData("title")]
    [InlineData("kind")]
    [InlineData("language")]
    [InlineData("state")]
    [InlineData("updated")]
    public async Task A_list_is_sorted_both_ways_page_after_page(string column)
    {
        await using var database = site.Cms.Database();
        var entries = await database.Entries.AsNoTracking().Where(entry => entry.Document != null).ToListAsync(Cancel);
        Func<Entry, IComparable> key = column switch { "title" => entry => entry.Title, "kind" => entry => entry.Kind, "language" => entry => entry.Language, "state" => entry => entry.State, _ => entry => entry.UpdatedAt };
        var comparer = Comparer<IComparable>.Create((one, other) => one is string words ? string.CompareOrdinal(words, (string)other) : one.CompareTo(other));
        var up = entries.OrderBy(key, comparer).ThenBy(entry => entry.Path, StringComparer.Ordinal).Select(Shown);
        var down = entries.OrderByDescending(key, comparer).ThenBy(entry => entry.Path, StringComparer.Ordinal).Select(Shown);

        Assert.Equal(up, await EveryPageAsync($"/documents?sort={column}"));
        Assert.Equal(down, await EveryPageAsync($"/documents?sort={column}-"));
    }

    [Fact]
    public async Task Another_filter_keeps_the_order_and_another_order_keeps_the_filter()
    {
        var sorted = await site.Client.PageAsync("/documents?q=e&sort=title&page=2");

        Assert.Equal("title", Forms.Standing(sorted.QuerySelector("form.filters")!).Single(field => field.Name == "sort").Value);
        Assert.Equal("ascending", sorted.QuerySelector("th[aria-sort]")!.GetAttribute("aria-sort"));
        Assert.Equal("?q=e&sort=title-", new Uri(new("https://localhost/documents"), sorted.QuerySelector("th[aria-sort] a")!.GetAttribute("href")).Query);
        Assert.DoesNotContain(Forms.Standing((await site.Client.PageAsync("/documents")).QuerySelector("form.filters")!), field => field.Name == "sort");
    }

    private static string Shown(Entry entry) => $"{entry.Document} {entry.Language}";

    private static IEnumerable<string> Documents(IHtmlDocument page) => page.QuerySelectorAll("#results tbody tr th .hint").Select(each => each.TextContent);

    private async Task<List<string>> EveryPageAsync(string address)
    {
        var rows = new List<string>();
        for (var number = 1; ; number++)
        {
            var page = await site.Client.PageAsync($"{address}&page={number}");
            var found = page.QuerySelectorAll("#results tbody tr").Select(row => $"{row.QuerySelector("th .hint")!.TextContent} {row.Children[2].TextContent}").ToList();
            if (found.Count == 0) break;
            Assert.InRange(found.Count, 1, 25);
            rows.AddRange(found);
        }

        Assert.True(rows.Count > 25, $"{rows.Count} rows are one page.");
        return rows;
    }

    /// <summary>One CMS for all of them, which only read.</summary>
    public sealed class Site : IAsyncLifetime
    {
        internal CmsFixture Cms { get; private set; } = null!; // Set before the first test.

        internal HttpClient Client { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Cms = await CmsContent.TakeInAsync(A.Site(
                ("pages/guides/family-pressure/en.md", A.Guide("Family pressure", "Take your time.\n", "topics: [money]\n")),
                ("pages/guides/girls-health/en.md", A.Guide("Health", "Take your time.\n").Replace("Content team", "Night team", StringComparison.Ordinal))));
            Client = await Cms.ClientAsync(Role.Author);
            Cms.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(HttpStatusCode.Redirect, (await Client.SubmitAsync("/documents/edit/pages/guides/relationships/en.md", "edit", ("f.summary", "Other words."), ("act", "save"))).StatusCode);
        }

        public ValueTask DisposeAsync()
        {
            Client.Dispose();
            return Cms.DisposeAsync();
        }
    }
}

using System.Text;
using System.Text.Json;
using System.Xml.Linq;

using Ical.Net;
using Ical.Net.DataTypes;

using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Rules;

using Xunit;

namespace Portal.Tests.Pages;

/// <summary>What machines read: feeds, maps, indexes, calendars.</summary>
public sealed class FeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    [Fact]
    public void The_sitemap_lists_every_listed_page_once_with_its_languages()
    {
        var host = StarterSite.Library.Settings.BaseUrl;
        var index = Parse(StarterSite.Output.Files["sitemap.xml"]).Root!.Elements(Map + "sitemap").Select(part => part.Element(Map + "loc")!.Value).ToList();
        Assert.Equal(StarterSite.Output.Files.Keys.Where(path => path.StartsWith("sitemap-", StringComparison.Ordinal)).Select(path => host + "/" + path), index.Order(StringComparer.Ordinal));
        var urls = index.SelectMany(address => Parse(StarterSite.Output.Files[address[(host.Length + 1)..]]).Root!.Elements(Map + "url")).ToList();

        Assert.Equal(
            StarterSite.Pages.Where(page => page.Html.QuerySelector("link[rel=canonical]") is not null).Select(page => host + page.Address).Order(StringComparer.Ordinal),
            urls.Select(url => url.Element(Map + "loc")!.Value).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(urls, url => url.Element(Map + "loc")!.Value.Contains("404", StringComparison.Ordinal) || url.Element(Map + "loc")!.Value.EndsWith("/poster/", StringComparison.Ordinal));

        var help = urls.Single(url => url.Element(Map + "loc")!.Value == host + "/help-now/").Elements(Xhtml + "link").Select(link => link.Attribute("hreflang")!.Value).ToList();
        Assert.Contains("x-default", help);
        Assert.Contains("ur", help);
        Assert.All(urls.Elements(Map + "lastmod"), day => Assert.Matches(@"^\d{4}-\d\d-\d\d$", day.Value));
    }

    [Fact]
    public void Robots_are_kept_away_from_a_demonstration_and_let_in_when_it_is_live()
    {
        Assert.Equal("User-agent: *\nDisallow: /\n", A.Output(A.Site()).Page("robots.txt"));
        var live = A.Output(A.LiveSite());
        Assert.Equal("User-agent: *\nAllow: /\nSitemap: https://localhelp.example/sitemap.xml\n", live.Page("robots.txt"));
        Assert.DoesNotContain("noindex", live.Page("index.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("noindex", live.Page("_headers"), StringComparison.Ordinal);
        Assert.DoesNotContain("p-demo", live.Page("index.html"), StringComparison.Ordinal);
        Assert.Contains("noindex", live.Page("404.html"), StringComparison.Ordinal);
        Assert.Contains("noindex", live.Page("campaigns/sixteen-days/poster/index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_feed_has_every_field_that_atom_asks_for()
    {
        var feed = Parse(StarterSite.Output.Files["updates/feed.xml"]).Root!;

        Assert.Equal(Atom + "feed", feed.Name);
        Assert.All(new[] { "id", "title", "updated", "author" }, name => Assert.Single(feed.Elements(Atom + name)));
        Assert.Equal(["alternate", "self"], feed.Elements(Atom + "link").Select(link => link.Attribute("rel")!.Value).Order(StringComparer.Ordinal));
        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.NotEmpty(entries);
        Assert.Equal(entries.Count, entries.Select(entry => entry.Element(Atom + "id")!.Value).Distinct().Count());
        Assert.All(entries, entry =>
        {
            Assert.All(new[] { "id", "title", "updated", "summary" }, name => Assert.NotEmpty(entry.Element(Atom + name)!.Value));
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", entry.Element(Atom + "updated")!.Value);
            Assert.Contains(entry.Elements(Atom + "link"), link => link.Attribute("rel")!.Value == "alternate");
        });
        Assert.Equal(entries.Select(entry => entry.Element(Atom + "updated")!.Value).OrderDescending(StringComparer.Ordinal), entries.Select(entry => entry.Element(Atom + "updated")!.Value));
        Assert.Equal(entries[0].Element(Atom + "updated")!.Value, feed.Element(Atom + "updated")!.Value);
    }

    [Fact]
    public void The_security_file_has_its_contact_and_an_end_within_a_year()
    {
        var fields = A.Output(A.Site()).Page(".well-known/security.txt").TrimEnd('\n').Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal("mailto:help@localhelp.example", fields["Contact"]);
        Assert.Equal("https://localhelp.example/.well-known/security.txt", fields["Canonical"]);
        Assert.Equal("en", fields["Preferred-Languages"]);
        var expires = NodaTime.Text.InstantPattern.ExtendedIso.Parse(fields["Expires"]).Value;
        Assert.InRange(expires, A.Instant.Plus(NodaTime.Duration.FromDays(30)), A.Instant.Plus(NodaTime.Duration.FromDays(364)));
    }

    [Fact]
    public void The_search_index_of_each_language_names_pages_that_exist_and_whole_rows()
    {
        foreach (var language in StarterSite.Map.Edition.Languages.Where(language => !language.IsSimple))
        {
            var path = Assert.Single(StarterSite.Output.Files.Keys, key => key.StartsWith($"assets/index-{language.Code}.", StringComparison.Ordinal));
            var rows = JsonSerializer.Deserialize<string[][]>(StarterSite.Output.Files[path])!;

            Assert.True(rows.Length > 100);
            Assert.Equal(rows.Length, rows.Select(row => row[0]).Distinct().Count());
            Assert.All(rows, row =>
            {
                Assert.Equal(5, row.Length);
                Assert.True(StarterSite.Output.Files.ContainsKey(row[0][1..] + "index.html"), row[0]);
                Assert.NotEmpty(row[1]);
            });
            Assert.StartsWith(language.IsBase ? "/" : $"/{language.Prefix}/", rows[0][0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Structured_data_is_whole_json_with_neutral_names()
    {
        var texts = StarterSite.Pages.SelectMany(page => page.Html.QuerySelectorAll("script[type='application/ld+json']").Select(script => (page.Path, script.TextContent))).ToList();

        Assert.True(texts.Count > 30);
        foreach (var (path, text) in texts)
        {
            using var data = JsonDocument.Parse(text);
            Assert.Equal("https://schema.org", data.RootElement.GetProperty("@context").GetString());
            Assert.NotEmpty(data.RootElement.GetProperty("@type").GetString()!);
            Assert.False(NeutralNames.Find(data.RootElement.GetProperty("name").GetString()!, StarterSite.Library.Data.SensitiveWords, Language.Base) is not null, path);
            Assert.DoesNotContain("null", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_calendar_holds_every_session_without_bank_holidays_in_kents_own_time()
    {
        var calendar = Calendar.Load(A.Output(A.Site()).Page("places/hall/times.ics"))!;
        var entry = Assert.Single(calendar.Events);

        Assert.Equal(("Drop-in, Town hall", "Town hall, Maidstone, ME14 1XX"), (entry.Summary, entry.Location));
        Assert.Null(entry.Description);
        Assert.Equal("Europe/London", Assert.Single(calendar.TimeZones).TzId);
        Assert.NotEmpty(calendar.TimeZones[0]!.TimeZoneInfos);
        var times = entry.GetOccurrences(new CalDateTime(2026, 11, 22, 0, 0, 0, "Europe/London")).TakeWhile(each => each.Period.StartTime.AsUtc < new DateTime(2027, 7, 1, 0, 0, 0, DateTimeKind.Utc))
            .Select(each => each.Period.StartTime.AsUtc).ToList();

        Assert.Equal(new DateTime(2026, 11, 27, 10, 0, 0), times[0]);
        Assert.All(times, time => Assert.Equal(DayOfWeek.Friday, time.DayOfWeek));
        Assert.DoesNotContain(times, time => time.Date == new DateTime(2026, 12, 25) || time.Date == new DateTime(2027, 1, 1));
        Assert.Contains(new DateTime(2027, 3, 26, 10, 0, 0), times); // Before the clocks change,
        Assert.Contains(new DateTime(2027, 4, 2, 9, 0, 0), times); // and after: the same hour in Kent.
    }

    [Fact]
    public void Every_calendar_of_the_starter_site_has_a_neutral_name_and_text()
    {
        var files = StarterSite.Output.Files.Where(file => file.Key.EndsWith(".ics", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var text = Encoding.UTF8.GetString(file.Value);
            Assert.EndsWith("/times.ics", file.Key, StringComparison.Ordinal);
            Assert.Equal(text.Count(letter => letter == '\n'), text.Split("\r\n").Length - 1);
            Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
            foreach (var entry in Calendar.Load(text)!.Events)
                Assert.Null(NeutralNames.Find($"{entry.Summary} {entry.Location} {entry.Description}", StarterSite.Library.Data.SensitiveWords, Language.Base));
        });
    }

    [Fact]
    public void A_place_without_an_address_or_sessions_has_no_calendar()
    {
        var output = A.Output(A.Site(("pages/places/extra/en.md", A.Point("Extra", "verifiedOn: 2026-11-01\n"))));

        Assert.Equal(["places/hall/times.ics"], output.Files.Keys.Where(path => path.EndsWith(".ics", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_guide_shows_when_it_was_read_and_by_whom()
    {
        var built = StarterSite.Pages.ToDictionary(page => page.Address);
        var guides = StarterSite.Map.Pages.Select(page => (page, Guide: page.Document is { } id ? StarterSite.Map.Edition.Find(id, Language.Base) as Guidance : null)).Where(each => each.Guide is not null).ToList();

        Assert.True(guides.Count > 40);
        Assert.Equal([], guides.Where(each => built[each.page.Address].Html.QuerySelector(".p-reviewed p")?.TextContent is not { } said
                || each.Guide is not { Reviewed: { } day, Owner: { } owner }
                || !said.Contains(owner, StringComparison.Ordinal) || !said.Contains(StarterSite.Library.WordsOf(each.page.Language).Date(day), StringComparison.Ordinal))
            .Select(each => each.page.Address));
    }

    private static XDocument Parse(byte[] bytes) => XDocument.Load(new MemoryStream(bytes));
}

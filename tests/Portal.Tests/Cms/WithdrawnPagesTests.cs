using System.Text;

using Portal.Cms.Documents;
using Portal.Cms.Redirects;
using Portal.Content.Problems;
using Portal.Content.Reading;
using Portal.Content.Rules;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What is left of the site where a page was taken off it: nothing may keep it there, and nothing may keep the rest from being published.</summary>
public sealed class WithdrawnPagesTests
{
    private const string Topic = "guides/relationships";

    /// <summary>Texts that name others in every way there is.</summary>
    private static readonly ContentFiles Site = A.Site(
        ("data/clauses.yaml", $"- clause: \"1.1\"\n  asks: Help now.\n  pages: [help-now, lines/other, {Topic}]\n"),
        ("pages/lines/other/en.md", A.Line("Another line", "0808 168 9112")),
        ("pages/guides/linking/en.md", A.Guide("Linking", $"See [a](/{Topic}/#s1), ring [](line:other) or [them](line:other).\n\n::: contact line=other\n:::\n", $"related: [{Topic}]\n")),
        ("pages/services/outreach/en.md", A.Text("service", "Outreach", "Words.\n", "owner: Content team\nreviewed: 2026-11-01\nclause: \"6.1\"\nreferral: Ring [](line:other).\norganisations: [charity]\nhelplines: [other]\n")),
        ("pages/campaigns/named/en.md", A.Text("campaign", "Named", "Words.\n", $"starts: 2026-11-25\nends: 2026-12-10\naction: {{label: Read, href: /{Topic}/}}\nposter: {{headline: Someone listens., text: Day and night., link: /{Topic}/, line: other}}\n")),
        ("pages/notices/here/en.md", A.Text("notice", "Here", "Words.\n", $"from: 2026-11-01\nuntil: 2027-11-01\non: [{Topic}]\n")));

    public static TheoryData<string> Documents => [.. Site.Paths.Where(path => path.EndsWith("/en.md", StringComparison.Ordinal)).Select(path => path["pages/".Length..^"/en.md".Length]).Except(["home", "lines/main", "lines/emergency"])];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Whatever_is_taken_off_the_rest_is_published(string document) => Assert.Equal([], Errors(A.Build(Without(document)).Problems));

    [Fact]
    public void What_is_missing_is_told_until_it_is_back()
    {
        var told = RuleBook.Check(A.Edition(Without(Topic, "lines/other"))).Where(problem => problem.Weight == Weight.Warning).Select(problem => $"{problem.File}: {problem.What}").ToList();

        Assert.Contains($"data/clauses.yaml: Clause 1.1 asks for {Topic}, which was taken off the site.", told);
        Assert.Contains($"data/clauses.yaml: The guide {Topic} was taken off the site (clause 1.4).", told);
        Assert.Contains("pages/services/outreach/en.md: The line 'other' was taken off the site.", told);
    }

    /// <summary>A folder without a word of who took it off: nobody decided that it may be missing.</summary>
    [Fact]
    public void A_guide_that_is_asked_for_and_was_never_there_stops_a_publication() =>
        Assert.Equal(2, Errors(RuleBook.Check(A.Edition(Site.Without($"pages/{Topic}/en.md")))).Count(problem => problem.File == "data/clauses.yaml"));

    [Fact]
    public void Texts_that_name_a_line_that_was_taken_off_lead_to_the_page_above_it()
    {
        var output = A.Output(Without("lines/other"));

        Assert.Contains("ring <a href=\"/lines/\">Phone lines</a> or <a href=\"/lines/\">them</a>", output.Page("guides/linking/index.html"), StringComparison.Ordinal);
        Assert.Contains("0808 168 9111", output.Page("campaigns/named/poster/index.html"), StringComparison.Ordinal);
        Assert.DoesNotContain(output.Files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)), file => Encoding.UTF8.GetString(file.Value).Contains("0808 168 9112", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("live", "privacy", true)]
    [InlineData("live", "guides", true)]
    [InlineData("live", "about", false)]
    [InlineData("demonstration", "privacy", false)]
    public void The_live_site_keeps_its_privacy_notice_wherever_it_stands(string stage, string document, bool needed)
    {
        var settings = ContentReader.Settings(ContentFiles.Of([KeyValuePair.Create("settings.yaml", SmallSite.Settings(stage).Replace("/old/", "/privacy/", StringComparison.Ordinal))]));
        var entry = new Entry { Path = $"pages/{document}/en.md", Document = document, Language = "en", Kind = "page", Title = "A page", UpdatedBy = "test" };

        Assert.Equal(needed, EntryAccess.NeededFor(entry, settings) is not null);
    }

    [Theory]
    [InlineData("/pl/search/", "/pl/search/")]
    [InlineData("/pl/find-help/thanet/", "/pl/find-help/thanet/")]
    [InlineData("/find-help/thanet/", "/find-help/thanet/", "find-help")]
    [InlineData("/pl/find-help/thanet/", "/pl/find-help/thanet/", "find-help")]
    [InlineData("/pl/find-help/dover/", "/find-help/")]
    [InlineData("/simple/find-help/thanet/", "/find-help/")]
    [InlineData("/pl/guides/", "/guides/")]
    public void A_redirect_to_a_page_that_comes_from_tables_stays_where_the_page_stands(string to, string leads, string? without = null)
    {
        var files = (without is null ? Site : Site.Without($"pages/{without}/en.md")).With(("settings.yaml", Encoding.UTF8.GetBytes(SmallSite.Settings().Replace("to: /guides/", "to: " + to, StringComparison.Ordinal))));
        var settings = without is null ? Apply(files) : Apply(files, without);

        Assert.Equal(leads, ContentReader.Settings(ContentFiles.Of([KeyValuePair.Create("settings.yaml", settings)]))!.Redirects.Single(redirect => redirect.From == "/old/").To);
        Assert.Equal([], Errors(A.Build(files.With(("settings.yaml", Encoding.UTF8.GetBytes(settings)))).Problems));
    }

    [Fact]
    public void In_the_live_stage_they_stand_where_the_words_of_the_language_are_reviewed()
    {
        var live = SmallSite.Settings("live").Replace("to: /guides/", "to: /pl/search/", StringComparison.Ordinal);
        var reviewed = live.Replace("languages: []", "languages: [{code: pl, coreBy: Ewa, coreOn: 2026-11-01, wordsBy: Ewa, wordsOn: 2026-11-01}]", StringComparison.Ordinal);

        Assert.Contains("to: /search/", Apply(Site.With(("settings.yaml", Encoding.UTF8.GetBytes(live)))), StringComparison.Ordinal);
        Assert.Contains("to: /pl/search/", Apply(Site.With(("settings.yaml", Encoding.UTF8.GetBytes(reviewed)))), StringComparison.Ordinal);
    }

    private static ContentFiles Without(params IReadOnlyCollection<string> documents)
    {
        var files = Site.Paths.Where(path => documents.Any(document => path[..(path.LastIndexOf('/') + 1)] == $"pages/{document}/")).Aggregate(Site, (all, path) => all.Without(path));
        var settings = Apply(files, documents);
        return files.With(("settings.yaml", Encoding.UTF8.GetBytes(settings)));
    }

    private static string Apply(ContentFiles files, params IReadOnlyCollection<string> withdrawn) =>
        WithdrawnPages.Apply(files.Text("settings.yaml"), withdrawn, [], files.Paths.ToHashSet(), path => files.Has(path) ? files.Text(path) : null);

    private static IEnumerable<Problem> Errors(IEnumerable<Problem> problems) => problems.Where(problem => problem.Weight == Weight.Error);
}

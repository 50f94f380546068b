using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Text;

/// <summary>What is told of front matter that does not fit: the line and a remedy, and everything in one run.</summary>
public sealed class FieldBinderTests
{
    private const string Path = "pages/guides/extra/en.md";

    [Fact]
    public void An_unknown_key_names_the_nearest_field_and_its_line()
    {
        var problem = Only(A.Guide("Extra", "Words.\n", "keyword: one\n"));

        Assert.Equal((Path, 8), (problem.File, problem.Line));
        Assert.Contains("'keyword' is not a field of guidance", problem.What, StringComparison.Ordinal);
        Assert.Equal("Did you mean 'keywords'?", problem.Remedy);
    }

    [Fact]
    public void An_unknown_key_like_none_lists_the_fields() =>
        Assert.StartsWith("Take it out; the fields are title, tabTitle, summary", Only(A.Guide("Extra", "Words.\n", "colour-of-page: red\n")).Remedy, StringComparison.Ordinal);

    [Fact]
    public void A_missing_field_is_named() =>
        Assert.Contains("'summary' is missing", Only("---\nkind: guidance\ntitle: Extra\ntabTitle: Extra\n---\nWords.\n").What, StringComparison.Ordinal);

    [Theory]
    [InlineData("reviewBy: soon", 8, "a date such as 2026-11-22")]
    [InlineData("reviewBy: 2026-13-01", 8, "a date such as")]
    [InlineData("responsible: perhaps", 8, "true or false")]
    [InlineData("topics: [money, fun]", 8, "one of health, housing")]
    [InlineData("related: [Not a path]", 8, "a path such as")]
    [InlineData("keywords: [a, b]", 8, "some text")]
    [InlineData("sources:\n  - name: A law\n    confidence: sure", 10, "one of high, medium, low, recalled")]
    public void A_wrong_value_says_what_is_expected_and_where(string field, int line, string expected)
    {
        var problem = Only(A.Guide("Extra", "Words.\n", field + "\n"));

        Assert.Equal(line, problem.Line);
        Assert.Contains(expected, problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_asked_for_where_one_value_stands()
    {
        var problem = Only(A.Guide("Extra", "Words.\n", "topics: money\n"));

        Assert.Contains("'topics' is a list", problem.What, StringComparison.Ordinal);
        Assert.Equal(8, problem.Line);
    }

    [Fact]
    public void A_nested_record_tells_its_own_missing_and_unknown_fields()
    {
        var problems = Problems(A.Guide("Extra", "Words.\n", "sources:\n  - nam: A law\n    confidence: high\n"));

        Assert.Equal(["Did you mean 'name'?", "Add it: some text."], problems.Select(problem => problem.Remedy));
        Assert.All(problems, problem => Assert.Equal(9, problem.Line));
    }

    [Fact]
    public void A_map_is_asked_for_where_text_stands() =>
        Assert.Contains("video, captions, transcript", Only(A.Guide("Extra", "Words.\n", "bsl: yes\n")).ToString(), StringComparison.Ordinal);

    [Fact]
    public void All_mistakes_of_all_files_are_told_in_one_run()
    {
        var problems = ContentReader.Read(A.Site(
            (Path, A.Guide("Extra", "<b>Words</b>\n", "reviewBy: soon\n")),
            ("pages/guides/other/en.md", "No front matter"),
            ("pages/about/en.md", A.Text("pagee", "About", "Words.\n")),
            ("pages/privacy/en.md", A.Text("policy", "Privacy", "Words.\n", "version: today\nresponsibel: true\n")))).Problems;

        Assert.Equal(
            ["pages/about/en.md", Path, "pages/guides/other/en.md", "pages/privacy/en.md", "pages/privacy/en.md"],
            problems.Select(problem => problem.File));
    }

    [Theory]
    [InlineData("title: [", "This is not valid YAML", 3)]
    [InlineData("kind: guidance\ntitle: A: b", "This is not valid YAML", 3)]
    [InlineData("kind: guidance\ntitle: One\ntitle: Two", "This is not valid YAML", 4)]
    [InlineData("- one", "This is not a list of fields", 2)]
    [InlineData("kind: story", "The kind of the document is missing or unknown", 2)]
    [InlineData("title: One", "The kind of the document is missing or unknown", 2)]
    public void Broken_front_matter_is_told_with_its_line(string yaml, string what, int line)
    {
        var problem = Only($"---\n{yaml}\n---\nWords.\n");

        Assert.Contains(what, problem.What, StringComparison.Ordinal);
        Assert.Equal(line, problem.Line);
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_told() =>
        Assert.Contains("not UTF-8", Assert.Single(ContentReader.Read(A.Site().With([(Path, [0x2D, 0xFF, 0xFE])])).Problems).What, StringComparison.Ordinal);

    [Fact]
    public void A_translation_that_holds_a_fact_is_refused()
    {
        var problem = Assert.Single(ContentReader.Read(A.Site(("pages/home/pl.md", A.Translation("Początek", "Ty.\n").Replace("source:", "owner: Ktoś\nsource:", StringComparison.Ordinal)))).Problems);

        Assert.Equal(("pages/home/pl.md", 5), (problem.File, problem.Line));
        Assert.Contains("'owner' is a fact", problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tabTitle: Początek\n", "'tabTitle' is missing")]
    [InlineData("state: machine-draft\n", "The state of the translation is missing or unknown")]
    [InlineData("source: unstamped\n", "'source' is missing")]
    public void A_translation_that_lacks_something_is_told(string line, string what) =>
        Assert.Contains(what, Assert.Single(ContentReader.Read(A.Site("pages/home/pl.md", line, string.Empty)).Problems).What, StringComparison.Ordinal);

    [Fact]
    public void A_reviewed_translation_names_who_and_when() =>
        Assert.Contains("names who checked it", Assert.Single(ContentReader.Read(A.Site("pages/home/pl.md", "machine-draft", "reviewed")).Problems).What, StringComparison.Ordinal);

    [Fact]
    public void A_translation_has_its_words_and_the_facts_of_the_english_text()
    {
        var library = A.Library(A.Site(("pages/campaigns/sixteen-days/pl.md",
            A.Translation("Szesnaście dni", "Słowa.\n").Replace("source:", "poster: {headline: Ktoś słucha., text: Dzień i noc.}\nsource:", StringComparison.Ordinal))));

        var campaign = Assert.IsType<Campaign>(library.Find(DocumentId.Parse("campaigns/sixteen-days"))!.In(A.Language(library, "pl")));

        Assert.Equal(new CampaignPoster { Headline = "Ktoś słucha.", Text = "Dzień i noc.", Link = "/help-now/" }, campaign.Poster);
        Assert.Equal(("Szesnaście dni", new NodaTime.LocalDate(2026, 11, 25)), (campaign.Title, campaign.Starts));
    }

    [Theory]
    [InlineData("pages/guides/extra/notes.txt", "neither a language's text")]
    [InlineData("pages/guides/extra/xx.md", "neither a language's text")]
    [InlineData("pages/Guides/en.md", "is no path for a document")]
    [InlineData("pages/a/b/c/d/e/en.md", "is no path for a document")]
    [InlineData("pages/guides/extra/pl.md", "has no English text")]
    public void A_file_in_a_wrong_place_is_told(string path, string what) =>
        Assert.Contains(ContentReader.Read(A.Site((path, A.Translation("Extra", "Words.\n")))).Problems, problem => problem.File == path && problem.What.Contains(what, StringComparison.Ordinal));

    [Theory]
    [InlineData("settings.yaml")]
    [InlineData("data/clauses.yaml")]
    [InlineData("data/languages.yaml")]
    [InlineData("data/sensitive-words.yaml")]
    [InlineData("data/towns.csv")]
    [InlineData("strings/en.yaml")]
    public void A_missing_table_is_told(string path) =>
        Assert.Contains(ContentReader.Read(A.Site().Without(path)).Problems, problem => problem.File == path && problem.What == "The file is missing.");

    private static IReadOnlyList<Problem> Problems(string text) => ContentReader.Read(A.Site((Path, text))).Problems;

    private static Problem Only(string text) => Assert.Single(Problems(text));
}

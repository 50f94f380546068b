using CsCheck;

using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Text;

/// <summary>Nothing forgotten is filled in silently: no hour, no day, no word.</summary>
public sealed class FieldBinderMistakeTests
{
    private const string Hall = "pages/places/hall/en.md";
    private const string Extra = "pages/guides/extra/en.md";
    private const string Campaign = "pages/campaigns/sixteen-days/pl.md";

    [Theory]
    [InlineData("weekly: [{opens: \"09:00\", closes: \"10:00\"}]", "'days' is missing")]
    [InlineData("weekly: [{days: [mon], closes: \"10:00\"}]", "'opens' is missing")]
    [InlineData("weekly: [{days: [mon], opens: \"09:00\"}]", "'closes' is missing")]
    [InlineData("closures: [{until: 2026-12-24}]", "'from' is missing")]
    [InlineData("special: [{closed: true}]", "'date' is missing")]
    public void A_forgotten_key_of_the_hours_is_told_with_its_line(string hours, string what)
    {
        var problem = Assert.Single(Problems((Hall, A.Point("Town hall", $"hours:\n  {hours}\n"))));

        Assert.Equal((Hall, 13), (problem.File, problem.Line));
        Assert.Contains(what, problem.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("")]
    public void A_required_text_is_not_blank(string value)
    {
        var problem = Assert.Single(Problems((Extra, A.Guide("Extra", "Words.\n").Replace("summary: About Extra.", "summary: " + value, StringComparison.Ordinal))));

        Assert.Equal((5, "'summary' is empty."), (problem.Line, problem.What));
    }

    [Theory]
    [InlineData("closing: [If nothing here is hard: good\nkeywords: one, two\n")]
    [InlineData("closing: [\n")]
    [InlineData("closing: \"open\n")]
    [InlineData("closing: {a: b\n")]
    [InlineData("closing: @a\n")]
    [InlineData("\tclosing: a\n")]
    [InlineData("title: twice\n")]
    public void Yaml_that_is_none_is_told_with_a_line(string fields)
    {
        var problem = Assert.Single(Problems((Extra, A.Guide("Extra", "Words.\n", fields))));

        Assert.Equal(Extra, problem.File);
        Assert.InRange(problem.Line, 3, 10);
        Assert.StartsWith("This is not valid YAML", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void No_yaml_stops_the_program() => Gen.OneOf(
        "title: ", "a", "\n", "\n", " ", "  ", "[", "]", "{", "}", ",", ": ", ":", "- ", "? ", "\"", "'", "|", ">", "&a ", "*a", "!t ", "!!str ", "%YAML 1.2", "#", " #", "@", "`", "---", "...", "\t", "\\", "<<: ", "\0", "آ", "\uFEFF", "\U0001F600")
        .Array[1, 14].Select(string.Concat).Sample(yaml =>
    {
        // Whatever is not told is a map of fields.
        var told = ContentReader.Read(A.BareSite((Extra, $"---\nkind: guidance\n{yaml}\n---\nWords.\n"))).Problems;
        Assert.All(told, problem => Assert.True(problem.Remedy.Length > 0));
    }, iter: 3_000);

    [Theory]
    [InlineData("*a : *a\n? *a : b")]
    [InlineData("a: &a {b: *a}")]
    [InlineData("&a *b: c")]
    public void A_name_for_another_value_is_told_and_never_followed(string yaml) =>
        Assert.Contains(ContentReader.Read(A.BareSite((Extra, $"---\nkind: guidance\n{yaml}\n---\nWords.\n"))).Problems, problem => problem.What.Contains("not valid YAML", StringComparison.Ordinal));

    [Theory]
    [InlineData("topics: [family, \"\"]", "topics", 8)]
    [InlineData("topics: [family, ~]", "topics", 8)]
    [InlineData("topics:\n  - family\n  -\n  - money", "topics", 10)]
    [InlineData("topics:\n  - \n  - family", "topics", 9)]
    [InlineData("related:\n  - guides/relationships\n  - \"  \"", "related", 10)]
    [InlineData("sources:\n  - {name: A law, confidence: high}\n  -", "sources", 10)]
    public void An_entry_of_a_list_is_not_blank(string field, string key, int line)
    {
        var problem = Assert.Single(Problems((Extra, A.Guide("Extra", "Words.\n", field + "\n"))));

        Assert.Equal((Extra, line, $"An entry of '{key}' is empty.", "Fill it in, or take it out."), (problem.File, problem.Line, problem.What, problem.Remedy));
    }

    [Theory]
    [InlineData("helplines: [main]", "helplines: [main, \"\"]")]
    [InlineData("helplines: [main]", "helplines:\n  - main\n  -")]
    public void A_blank_id_in_a_list_is_told_in_its_file(string old, string blank) =>
        Assert.Equal("An entry of 'helplines' is empty.", Assert.Single(ContentReader.Read(A.Site(Hall, old, blank)).Problems).What);

    [Fact]
    public void Every_wrong_entry_of_a_list_is_told() =>
        Assert.Equal([8, 9, 10], Problems((Extra, A.Guide("Extra", "Words.\n", "topics: [\"\",\n  none,\n  ~]\n"))).Select(problem => problem.Line));

    [Theory]
    [InlineData("~")]
    [InlineData("null")]
    public void What_yaml_writes_for_nothing_leaves_an_optional_text_unset(string value) =>
        Assert.Null(A.Document(A.Guide("Extra", "Words.\n", $"warning: {value}\n")).Warning);

    [Fact]
    public void A_quoted_null_is_a_word() => Assert.Equal("null", A.Document(A.Guide("Extra", "Words.\n", "warning: \"null\"\n")).Warning);

    [Theory]
    [InlineData("Two words")]
    [InlineData("a/b")]
    [InlineData("../x")]
    [InlineData("-x")]
    public void The_id_of_a_question_is_one_segment_of_an_address(string id)
    {
        var problem = Assert.Single(ContentReader.Read(A.Site("pages/what-helps/en.md", "- id: more", $"- id: \"{id}\"")).Problems);

        Assert.Equal(("pages/what-helps/en.md", 13), (problem.File, problem.Line));
        Assert.Contains("'id' has a value that does not fit", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_translation_gives_every_word_of_a_nested_field()
    {
        var text = A.Translation("Szesnaście dni", "Słowa.\n").Replace("source:", "poster: {headline: Ktoś słucha.}\nsource:", StringComparison.Ordinal);

        Assert.Contains("'text' is missing", Assert.Single(Problems((Campaign, text))).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Optional_english_words_do_not_stand_in_a_translation()
    {
        var library = A.Library(A.Site(
            (Extra, A.Guide("Extra", "Words.\n", "warning: Take care.\nclosing: One step.\ntopics: [money]\n")),
            ("pages/guides/extra/pl.md", A.Translation("Więcej", "Słowa.\n")),
            ("pages/guides/extra/en-simple.md", A.Translation("Extra, in short", "Words.\n"))));
        var set = library.Find(DocumentId.Parse("guides/extra"))!;

        Assert.Equal((null, null), (set.Variants["pl"].Warning, set.Variants["pl"].Closing));
        Assert.Equal([Topic.Money], set.Variants["pl"].Topics);
        Assert.Equal("Take care.", set.Variants["en-simple"].Warning);
    }

    [Theory]
    [InlineData("poster: {headline: Someone listens., text: Day and night., link: /help-now/}", "Someone", "Somebody")]
    [InlineData("action: {label: Read the guides, href: /guides/}", "Read", "See")]
    [InlineData("bsl: {video: a.mp4, captions: a.vtt, transcript: Words.}", "Words", "Signs")]
    public void A_stamp_follows_the_words_inside_a_field(string field, string old, string changed)
    {
        static string Of(string text) => Stamp.Of(Content.Text.DocumentText.Parse(text), typeof(Campaign));
        var text = A.Text("campaign", "Extra", string.Empty, field + "\n");

        Assert.NotEqual(Of(text), Of(text.Replace(old, changed, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("data/bank-holidays.yaml", "days:\n  - {date: 2026-12-25}\n  - {date: 2026-12-25}\n", 3, "listed twice")]
    [InlineData("data/bank-holidays.yaml", "days:\n  - {title: Christmas Day}\n  - {date: 2026-12-25}\n", 2, "'date' is missing")]
    [InlineData("data/bank-holidays.yaml", "days: []\n", 1, "No bank holiday is listed")]
    [InlineData("data/languages.yaml", "languages:\n  - {code: pl, endonym: Polski, english: Polish, script: Latn, direction: ltr}\n  - {code: pl, endonym: Polski, english: Polish, script: Latn, direction: ltr}\n", 3, "listed twice")]
    [InlineData("data/languages.yaml", "languages:\n  - {code: pl, endonym: Polski, english: Polish, script: Latn, direction: up}\n", 2, "'up' is no direction")]
    public void A_wrong_row_of_a_table_is_told_with_its_line(string path, string text, int line, string what) =>
        Assert.Contains(Problems((path, text)), problem => problem.File == path && problem.Line == line && problem.What.Contains(what, StringComparison.Ordinal));

    private static IReadOnlyList<Problem> Problems((string Path, string Text) file) => ContentReader.Read(A.Site(file)).Problems;
}

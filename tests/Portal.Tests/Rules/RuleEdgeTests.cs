using System.Globalization;

using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Rules;

using Xunit;

namespace Portal.Tests.Rules;

/// <summary>More ways to break a rule, beside those of <see cref="Breaches"/>.</summary>
public sealed class RuleEdgeTests
{
    private const string Extra = "pages/guides/extra/en.md";
    private const string Hall = "pages/places/hall/en.md";
    private const string Table = "pages/what-helps/en.md";
    private const string Outreach = "pages/services/outreach/en.md";
    private const string Settings = "settings.yaml";

    private static readonly IReadOnlyList<Breach> All = [.. Tables(), .. Places(), .. Media(), .. Words(), .. Numbers()];

    public static TheoryData<int, string> Rows => [.. All.Select((breach, at) => new TheoryDataRow<int, string>(at, $"{at.ToString(CultureInfo.InvariantCulture)} {breach.What}"))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_broken_rule_names_file_line_and_remedy(int at, string what)
    {
        Assert.NotEmpty(what);
        var breach = All[at];
        var problems = RuleBook.All.Single(rule => rule.Name == breach.Rule).Check(A.Edition(breach.Files)).ToList();

        Assert.Contains(problems, problem => problem.File == breach.File && problem.Line == breach.Line && problem.Weight == breach.Weight
            && problem.What.Contains(breach.What, StringComparison.Ordinal) && problem.Remedy.Length > 0);
    }

    [Fact]
    public void Every_number_of_a_text_is_told()
    {
        var edition = A.Edition(A.Site((Extra, A.Guide("Extra", "Ring 01622 123456 or 01634 123456.\n"))));

        Assert.Equal(2, RuleBook.Check(edition).Count(problem => problem.What.Contains("looks like a telephone number", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_place_only_recalled_is_never_public() =>
        Assert.DoesNotContain(A.Edition(A.Site(Hall, "confidence: high\npublish", "confidence: recalled\npublish")).Documents, document => document.File == Hall);

    [Theory]
    [InlineData("high", true)]
    [InlineData("medium", true)]
    [InlineData("low", false)]
    [InlineData("recalled", false)]
    public void A_point_is_shown_only_where_we_are_sure_of_it(string confidence, bool isShown)
    {
        var library = A.Library(A.Site(Hall, "address:", $"coordinates: {{latitude: 51.2, longitude: 0.5, confidence: {confidence}}}\naddress:"));

        Assert.Equal(isShown, library.All<AccessPoint>().Single(point => point.File == Hall).PublishableCoordinates is not null);
    }

    [Fact]
    public void The_caveat_of_the_simple_devices_page_may_stand_below_its_first_heading()
    {
        const string path = "pages/guides/safer-devices/en-simple.md";
        const string body = "::: callout\nSimple version.\n:::\n\n## Read this first\n\n::: picture icon=eye\nThey may see it.\n:::\n\n## More\n";
        IEnumerable<Problem> Told(string text) => RuleBook.Check(A.Edition(A.Site((path, A.Translation("Phones, in short", text)))))
            .Where(problem => problem.File == path && problem.What.Contains("does not begin with the warning", StringComparison.Ordinal));

        Assert.Empty(Told(body));
        Assert.Single(Told(body.Replace("::: picture icon=eye\nThey may see it.\n:::\n", "Words.\n", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/help-now/")]
    [InlineData("/pl/help-now/")]
    [InlineData("/simple/help-now/")]
    [InlineData("/pl/find-help/thanet/")]
    [InlineData("/what-helps/more/")]
    [InlineData("/campaigns/sixteen-days/poster/")]
    [InlineData("/")]
    public void A_redirect_may_lead_to_any_page_of_any_language(string to) =>
        Assert.Empty(RuleBook.All.Single(rule => rule.Name == "A redirect leads from an old address to a page").Check(A.Edition(A.Site("settings.yaml", "to: /guides/", "to: " + to))));

    [Theory]
    [InlineData("pages/home/ur.md", "آپ فیصلہ کرتے ہیں۔", "s1")]
    [InlineData("pages/home/pl.md", "Ty decydujesz.", "s2")]
    public void A_fragment_names_a_heading_of_the_text_the_link_leads_to(string path, string old, string heading)
    {
        // Urdu leads to the English text, which has one heading; Polish has two of its own.
        const string polish = "pages/guides/safer-devices/pl.md";
        var text = A.Site().Text(polish) + "\n## Raz\n\nSłowa.\n\n## Dwa\n\nSłowa.\n";
        var home = A.Site().Text(path).Replace(old, $"[{old}](/guides/safer-devices/#{heading})", StringComparison.Ordinal);

        Assert.Empty(RuleBook.All.Single(rule => rule.Name == "Every internal link resolves").Check(A.Edition(A.Site((polish, text), (path, home)))));
    }

    [Fact]
    public void A_stale_translation_names_its_own_file_to_stamp() =>
        Assert.Contains(RuleBook.Check(A.Edition(A.Site())), problem => problem.File == "pages/home/pl.md" && problem.Remedy.EndsWith("-- stamp home/pl.md'.", StringComparison.Ordinal));

    private static IEnumerable<Breach> Tables()
    {
        const string rule = "A decision table leads somewhere";
        yield return new(rule, A.Site(Table, "- id: more", "- id: start"), Table, "The question 'start' stands twice");
        yield return new(rule, A.Site(Table, "      - {say: At home, go: /guides/}\n", string.Empty).With([(Table, Bytes(A.Site().Text(Table).Replace("answers:\n      - {say: At home, go: /guides/}", "answers: []", StringComparison.Ordinal)))]), Table, "The question 'more' has no answers");

        // Two questions that lead to each other are both led to, and yet nobody comes there.
        var island = A.Site().Text(Table).Replace("then: more", "go: /guides/", StringComparison.Ordinal).Replace("say: At home, go: /guides/", "say: At home, then: far", StringComparison.Ordinal)
            .Replace("---\nYou", "  - {id: far, ask: Where?, answers: [{say: Back, then: more}]}\n---\nYou", StringComparison.Ordinal);
        yield return new(rule, A.Site((Table, island)), Table, "No answer leads to the question 'far'");

        const string polish = "pages/what-helps/pl.md";
        const string questions = "questions:\n  - {id: start, ask: Co?, answers: [{say: Rozmowa, go: /help-now/}, {say: Inne, then: more}]}\n  - {id: more, ask: Gdzie?, answers: [{say: W domu, go: /GO/}]}\n";
        yield return new(rule, A.Site((polish, Translated(questions.Replace("/GO/", "/help-now/", StringComparison.Ordinal)))), polish, "do not lead where the English ones do");
    }

    private static IEnumerable<Breach> Places()
    {
        const string rule = "Places name a known district and their hours make sense";
        foreach (var (latitude, longitude) in new[] { ("91", "0.5"), ("51", "-181"), ("NaN", "0.5") })
            yield return new(rule, A.Site(Hall, "address:", $"coordinates: {{latitude: {latitude}, longitude: {longitude}, confidence: high}}\naddress:"), Hall, "no point on the globe");
        yield return new(rule, A.Site(Hall, "address:", "outcode: ZZ9\naddress:"), Hall, "The outcode 'ZZ9' is in no table", 0, Weight.Warning);
        yield return new(rule, A.Site(Hall, "address:", "town: Atlantis\naddress:"), Hall, "The town 'Atlantis' is in no table", 0, Weight.Warning);
        yield return new(rule, A.Site(Hall, "address:", "spoken: [pl, xx]\naddress:"), Hall, "'xx' is no language of this site");
        yield return new(rule, A.Site((Extra, A.Guide("Extra", "::: places district=atlantis\n:::\n"))), Extra, "'atlantis' is no district", 9);
        yield return new(rule, A.Site((Extra, A.Guide("Extra", "::: places type=castle\n:::\n"))), Extra, "'castle' is no type of place", 9);

        yield return new("Only publishable lines are referred to", A.Site(Outreach, "organisations: [charity]", "organisations: [none]"), Outreach, "The organisation 'none' does not exist");
    }

    private static IEnumerable<Breach> Media()
    {
        const string rule = "Media that a document names exists";
        foreach (var path in new[] { "media/kit/Words.txt", "media/kit/two words.txt", "media/kit/words.tar.gz", "media/words", "media/-a.txt" })
            yield return new(rule, A.Site((path, "Words.")), path, "The file name has other than");
        yield return new(rule, A.Site(("media/kit/none.png.yaml", "about: Gone\n")), "media/kit/none.png.yaml", "The text describes media/kit/none.png, which does not exist");
        yield return new(rule, A.Site(("media/kit/words.txt.yaml", "alt: {xx: A lamp}\n")), "media/kit/words.txt.yaml", "'xx' is no language of the site");
        yield return new(rule, A.Site((Extra, A.Guide("Extra", "::: image media=kit/words.txt alt=A\n:::\n"))), Extra, "media/kit/words.txt is no picture", 9);
        yield return new(rule, A.Site(("media/kit/a.png", "x"), (Extra, A.Guide("Extra", "::: download media=kit/a.png label=L\n:::\n"))), Extra, "media/kit/a.png is a picture", 9);
        yield return new(rule, A.Site(("media/kit/a.mp4", "x"), (Extra, A.Guide("Extra", "::: video media=kit/a.mp4 captions=kit/words.txt poster=kit/words.txt title=T\nWords.\n:::\n"))), Extra, "media/kit/words.txt is no picture", 9);
        yield return new(rule, A.Site(("media/kit/a.png", "x"), (Extra, A.Guide("Extra", "::: video media=kit/words.txt captions=kit/a.png title=T\nWords.\n:::\n"))), Extra, "media/kit/a.png is a picture", 9);
    }

    private static IEnumerable<Breach> Words()
    {
        const string rule = "Every translation has every interface string";
        const string polish = "strings/pl.yaml";
        var strings = A.Site().Text(polish);
        var few = strings.Split('\n').First(line => line.TrimStart().StartsWith("few:", StringComparison.Ordinal));
        yield return new(rule, A.Site((polish, strings.Replace(few, few[..few.IndexOf("few:", StringComparison.Ordinal)] + "few: \"{place}\"", StringComparison.Ordinal))), polish, ".few' has {place} where English has");
        yield return new(rule, A.Site((polish, strings + "\nextra: \"\"\n")), polish, "The string 'extra' is empty");

        const string live = "The live stage has what it needs";
        foreach (var url in new[] { "https://localhelp.example?a=b", "https://localhelp.example#a", "https://me@localhelp.example", "https://", "ftp://localhelp.example", "localhelp.example" })
            yield return new(live, A.Site(Settings, "baseUrl: https://localhelp.example", $"baseUrl: \"{url}\""), Settings, "is not the site's address");

        const string https = "Links to other sites are https";
        yield return new(https, A.Site("pages/partners/charity/en.md", "role: lead", "sources: [{name: Old, url: \"http://example.org\", confidence: low}]\nurl: http://example.org\nrole: lead"), "pages/partners/charity/en.md", "is not an https address");
    }

    private static IEnumerable<Breach> Numbers()
    {
        const string rule = "A telephone number is written in its helpline alone";
        const string said = "looks like a telephone number";
        foreach (var number in new[] { "(01622) 123456", "01622\u00A0123\u00A0456", "+44 (0)20 7946 0018", "01622\u2011123456", "٠١٦٢٢ ١٢٣٤٥٦" })
            yield return new(rule, A.Site((Extra, A.Guide("Extra", $"Ring {number} now.\n"))), Extra, said, 9);
        foreach (var field in new[] { "warning", "closing", "keywords" })
            yield return new(rule, A.Site((Extra, A.Guide("Extra", "Words.\n", $"{field}: Ring 01622 123456.\n"))), Extra, said);
        foreach (var block in new[]
        {
            "::: callout title=\"Ring 01622 123456\"\nWords.\n:::\n", "::: details title=\"Ring 01622 123456\"\nWords.\n:::\n", "::: write label=\"Ring 01622 123456\"\n:::\n",
            "::: table caption=\"Ring 01622 123456\"\n| A |\n| --- |\n| 1 |\n:::\n", "::: action href=/help-now/ label=\"Ring 01622 123456\"\n:::\n", "::: download media=kit/words.txt label=\"Ring 01622 123456\"\n:::\n",
        })
            yield return new(rule, A.Site((Extra, A.Guide("Extra", block))), Extra, said, 9);
        foreach (var field in new[] { "travel: Ring 01622 123456.", "accessibility: Ring 01622 123456." })
            yield return new(rule, A.Site(Hall, "address:", field + "\naddress:"), Hall, said);
        yield return new(rule, A.Site("pages/lines/main/en.md", "mode: voice", "access: [Ring 01622 123456.]\nmode: voice"), "pages/lines/main/en.md", said);
        yield return new(rule, A.Site("pages/campaigns/sixteen-days/en.md", "downloads:", "messages: [Ring 01622 123456.]\ndownloads:"), "pages/campaigns/sixteen-days/en.md", said);
        yield return new(rule, A.Site(Table, "ask: What would help?", "ask: Ring 01622 123456?"), Table, said);
        foreach (var number in new[] { "0808-168-9111", "0808 168 9111 (free)", "tel:999", "99٩" })
            yield return new(rule, A.Site("pages/lines/main/en.md", "0808 168 9111", number), "pages/lines/main/en.md", $"'{number}' cannot be dialled");
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static string Translated(string fields) => A.Translation("Co pomaga", "Ty.\n").Replace("source:", fields + "source:", StringComparison.Ordinal);
}

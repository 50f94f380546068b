using Portal.Content.Problems;

namespace Portal.Tests.Rules;

/// <summary>What a reviewer looks for in the words, broken in every way its rules know.</summary>
internal static class ReviewBreaches
{
    private const string Extra = "pages/guides/extra/en.md";

    public static IEnumerable<Breach> All => [.. LinkWords(), .. Wording(), .. Personal(), .. Ends()];

    private static IEnumerable<Breach> LinkWords()
    {
        const string rule = "A link says where it leads";
        foreach (var words in new[] { "here", "Click here", "more", "Read more…", "this page" })
            yield return Body(rule, $"Words.\n\nSee [{words}](/guides/).\n", $"The link '{words}' does not say where it leads", 11);
        foreach (var words in new[] { "https\\://www.example.org/x", "www.example.org", "example.org.uk/help", "gov.uk" })
            yield return Body(rule, $"See [{words}](https://www.example.org).\n", "The words of a link are the address", 9);
        yield return Body(rule, "::: action href=/guides/ label=\"Click here\"\n:::\n", "The link 'Click here' does not say", 9);
        yield return new(rule, A.Site("pages/home/pl.md", "Ty decydujesz.", "[www.example.org](/help-now/)"), "pages/home/pl.md", "are the address", 8, Weight.Warning);
    }

    private static IEnumerable<Breach> Wording()
    {
        const string grade = "English is easy to read";
        var hard = string.Join(' ', Enumerable.Repeat("Notwithstanding organisational responsibilities practitioners communicate comprehensively regarding accommodation arrangements.", 12));
        yield return Body(grade, hard + "\n", "The text reads at grade");
        yield return new(grade, A.Site(("pages/help-now/en-simple.md", A.Translation("Help now, in short", string.Join(' ', Enumerable.Repeat("Practitioners accompany people regularly during difficult appointments.", 16)) + "\n"))), "pages/help-now/en-simple.md", "6 is the most", 0, Weight.Warning);

        const string help = "Guidance says who helps now";
        yield return Body(help, "Words, and [a guide](/guides/relationships/).\n", "The guide names nobody to turn to now");
    }

    private static IEnumerable<Breach> Personal()
    {
        const string rule = "No personal data stands in the words";
        yield return Body(rule, "Words.\n\n::: callout\nWrite to ewa.nowak@example.org.\n:::\n", "The e-mail address of a person", 11);
        yield return Body(rule, "Write to [Ewa](mailto:ewa@example.org).\n", "The e-mail address of a person", 9);
        yield return Body(rule, "Hers is QQ 12 34 56 C".Replace("QQ", "AB", StringComparison.Ordinal) + ".\n", "A National Insurance number", 9);
        yield return Body(rule, "Hers is 943 476 5919.\n", "An NHS number", 9);
        yield return Body(rule, "She lives at ME14 1XX.\n", "A whole postcode", 9);
        yield return new(rule, A.Site("pages/services/outreach/en.md", "referral: Ring", "referral: Write to jo.bloggs@example.org or ring"), "pages/services/outreach/en.md", "The e-mail address of a person", 0, Weight.Warning);
    }

    private static IEnumerable<Breach> Ends()
    {
        const string rule = "What has ended is taken off";
        yield return new(rule, A.Site("pages/notices/new-number/en.md", "until: 2026-11-30", "until: 2026-11-21"), "pages/notices/new-number/en.md", "The notice ended on 2026-11-21", 0, Weight.Warning);
        yield return new(rule, A.Site("pages/partners/charity/en.md", "role: lead", "role: lead\nuntil: 2026-11-21"), "pages/partners/charity/en.md", "was a partner until 2026-11-21", 0, Weight.Warning);
        yield return new(rule, A.Site("pages/privacy/en.md", "reviewed: 2026-11-01", "reviewed: 2026-11-23"), "pages/privacy/en.md", "lies ahead", 0, Weight.Warning);
    }

    private static Breach Body(string rule, string body, string what, int line = 0) => new(rule, A.Site((Extra, A.Guide("Extra", body))), Extra, what, line, Weight.Warning);
}

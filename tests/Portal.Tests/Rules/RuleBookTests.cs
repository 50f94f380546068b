using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Rules;

using Xunit;

namespace Portal.Tests.Rules;

public sealed class RuleBookTests
{
    public static TheoryData<int, string> Rows => [.. Breaches.All.Select((breach, at) => new TheoryDataRow<int, string>(at, $"{breach.Rule}: {breach.What}"))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_broken_rule_names_file_line_and_remedy(int at, string what)
    {
        Assert.NotEmpty(what);
        var breach = Breaches.All[at];
        var problems = RuleBook.All.Single(rule => rule.Name == breach.Rule).Check(A.Edition(breach.Files)).ToList();

        Assert.Contains(problems, problem => problem.File == breach.File && problem.Line == breach.Line && problem.Weight == breach.Weight
            && problem.What.Contains(breach.What, StringComparison.Ordinal) && problem.Remedy.Length > 0);
    }

    [Fact]
    public void Every_rule_is_broken_in_a_test() =>
        Assert.Equal(RuleBook.All.Select(rule => rule.Name).Order(StringComparer.Ordinal), Breaches.All.Select(breach => breach.Rule).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Names_of_rules_are_distinct() => Assert.Equal(RuleBook.All.Count, RuleBook.All.Select(rule => rule.Name).Distinct().Count());

    [Fact]
    public void The_small_site_breaks_no_rule() =>
        Assert.Equal([], RuleBook.Check(A.Edition(A.Site())).Where(problem => problem.Weight == Weight.Error));

    [Fact]
    public void The_starter_content_breaks_no_rule()
    {
        Assert.Equal([], StarterSite.Reading.Problems);
        Assert.Equal([], RuleBook.Check(new Edition(StarterSite.Library, StarterSite.At)).Where(problem => problem.Weight == Weight.Error));
    }

    [Fact]
    public void Breaches_come_in_the_order_of_the_files()
    {
        var problems = RuleBook.Check(A.Edition(A.Site(("pages/a-page/en.md", A.Guide("Refuge", "[a](/nowhere/) or [help](/help-now/)\n\n[b](/nowhere/)\n")), ("pages/guides/extra/en.md", A.Guide("Victim", "Words.\n")))));

        Assert.Equal(problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line), problems);
        Assert.Equal([0, 9, 11], problems.Where(problem => problem.File == "pages/a-page/en.md").Select(problem => problem.Line));
    }

    [Theory]
    [InlineData("::: callout tone=danger\nSomeone may watch.\n:::\n")]
    [InlineData("## One\n\n::: picture icon=eye\nSomeone may watch.\n:::\n")]
    [InlineData("::: callout tone=calm\nSimple version.\n:::\n\n## One\n\n::: picture icon=eye\nSomeone may watch.\n:::\n\n## Two\n")]
    public void The_caveat_of_advice_on_devices_may_stand_below_its_first_heading(string body)
    {
        var edition = A.Edition(A.Site(("pages/guides/safer-devices/en.md", A.Guide("Phones", body))));

        Assert.Empty(RuleBook.All.Single(rule => rule.Name == "Advice on devices begins with its caveat").Check(edition));
    }

    [Theory]
    [InlineData("safe-house", "safe house")]
    [InlineData("SAFE HOUSES", "safe house")]
    [InlineData("kit/disabuse", null)]
    [InlineData("misabuse", null)]
    [InlineData("re-abused", "abuse")]
    [InlineData("The victim’s", "victim")]
    public void A_stem_counts_at_the_beginning_of_a_word_in_any_case(string name, string? found) =>
        Assert.Equal(found, NeutralNames.Find(name, StarterWords, Language.Base));

    [Theory]
    [InlineData("Ring 999, then 55.")]
    [InlineData("On 2026-11-25 at 10:00.")]
    [InlineData("Section 76, 2015, page 1000000000.")]
    [InlineData("https://example.org/0808168911199")]
    public void What_only_resembles_a_number_is_let_be(string words)
    {
        var edition = A.Edition(A.Site(("pages/guides/extra/en.md", A.Guide("Extra", words.StartsWith("https", StringComparison.Ordinal) ? $"[a]({words})\n" : words + "\n"))));

        Assert.Empty(RuleBook.All.Single(rule => rule.Name == "A telephone number is written in its helpline alone").Check(edition));
    }

    [Fact]
    public void An_old_source_on_plain_http_may_be_named()
    {
        var edition = A.Edition(A.Site(("pages/guides/extra/en.md", A.Guide("Extra", "Words.\n", "sources: [{name: Old, url: \"http://example.org\", confidence: low}]\n"))));

        Assert.Empty(RuleBook.All.Single(rule => rule.Name == "Links to other sites are https").Check(edition));
    }

    private static Dictionary<string, IReadOnlyList<string>> StarterWords => new() { ["en"] = ["abuse", "safe house", "victim"] };
}

using Portal.Content.Rules;

using Xunit;

namespace Portal.Tests.Rules;

/// <summary>What the rules about words let be, and what a table needs.</summary>
public sealed class ReviewRuleTests
{
    [Theory]
    [InlineData("No personal data stands in the words", "Write to referrals.kent@example.org, ring 999, see section 943 476 5918.")]
    [InlineData("No personal data stands in the words", "Outcode ME14, form AB123456, N1 and A2 road 2ND.")]
    [InlineData("A link says where it leads", "See [what happens here in Kent](/guides/) or [](line:main).")]
    [InlineData("English is easy to read", "Practitioners communicate comprehensively.")]
    [InlineData("Guidance says who helps now", "Ring [](line:main).")]
    [InlineData("Guidance says who helps now", "See [help](/help-now/).")]
    [InlineData("Guidance says who helps now", "::: contact line=main\n:::")]
    public void What_is_right_is_let_be(string rule, string words)
    {
        var edition = A.Edition(A.Site(("pages/guides/extra/en.md", A.Guide("Extra", words + "\n"))));

        Assert.DoesNotContain(RuleBook.All.Single(each => each.Name == rule).Check(edition), problem => problem.File == "pages/guides/extra/en.md");
    }

    [Fact]
    public void A_hint_on_personal_data_does_not_repeat_it()
    {
        var edition = A.Edition(A.Site(("pages/guides/extra/en.md", A.Guide("Extra", "Write to ewa.nowak@example.org at ME14 1XX.\n"))));

        var told = RuleBook.All.Single(each => each.Name == "No personal data stands in the words").Check(edition).Select(problem => problem.ToString()).ToList();

        Assert.Equal(2, told.Count);
        Assert.DoesNotContain(told, text => text.Contains("ewa", StringComparison.Ordinal) || text.Contains("1XX", StringComparison.Ordinal));
    }

    [Fact]
    public void The_grade_is_that_of_the_published_formula()
    {
        var text = string.Join(' ', Enumerable.Repeat("The cat sat on the mat by the old red door.", 10)); // 10 sentences of 11 words and 32 letters.

        Assert.Equal((4.71 * 32 / 11) + (0.5 * 11) - 21.43, ReadingGrade.Of(text)!.Value, 6);
        Assert.Null(ReadingGrade.Of("The cat sat on the mat."));
    }

    [Theory]
    [InlineData("| | Day | Night |\n|---|---|---|\n| Kent | a | b |", 0)]
    [InlineData("| | Day | |\n|---|---|---|\n| Kent | a | b |", 1)]
    public void Every_column_of_a_table_but_the_first_has_a_heading(string rows, int told)
    {
        var reading = Portal.Content.Reading.ContentReader.Read(A.Site(("pages/guides/extra/en.md", A.Guide("Extra", $"::: table caption=Lines\n{rows}\n:::\n"))));

        Assert.Equal(told, reading.Problems.Count(problem => problem is { Line: 10, What: "A column of the table has no heading." }));
    }
}

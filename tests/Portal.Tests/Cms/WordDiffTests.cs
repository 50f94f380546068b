using Portal.Cms.Revisions;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What staff read of two revisions: phrases, not single words.</summary>
public sealed class WordDiffTests
{
    [Theory]
    [InlineData("Ring before you go.", "Go without ringing.", "-Ring before you go.|+Go without ringing.")]
    [InlineData("One two three.", "One five three.", "=One |-two|+five|= three.")]
    [InlineData("One three.", "One two and three.", "=One |+two and |=three.")]
    [InlineData("One two three four.", "One four.", "=One |-two three |=four.")]
    [InlineData("One  two.", "One two.", "=One|-  |+ |=two.")]
    public void Words_that_changed_side_by_side_are_one_run(string older, string newer, string runs) =>
        Assert.Equal(runs, string.Join('|', WordDiff.Of(older, newer).Single().Select(run => run.Change switch { DiffChange.Added => "+", DiffChange.Removed => "-", _ => "=" } + run.Words)));

    [Fact]
    public void The_same_text_has_no_run() => Assert.Empty(WordDiff.Of("One.\nTwo.\n", "One.\nTwo.\n"));
}

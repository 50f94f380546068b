using Portal.Cms.Referrals.Figures;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>What is told of small numbers: every table of up to four categories is tried, and read as somebody would who can do sums.</summary>
public sealed class DisclosureTests
{
    [Theory]
    [InlineData(0, "fewer than 5")]
    [InlineData(4, "fewer than 5")]
    [InlineData(5, "5")]
    [InlineData(7, "5")]
    [InlineData(8, "10")]
    [InlineData(12, "10")]
    [InlineData(13, "15")]
    [InlineData(1002, "1000")]
    public void A_number_is_rounded_to_five_or_not_told(int count, string told)
    {
        var number = Disclosure.Tell(count);

        Assert.Equal(told, number.ToString());
        Assert.InRange(count, number.Low, number.High!.Value);
    }

    [Fact]
    public void A_range_holds_exactly_what_is_told_alike()
    {
        for (var count = 0; count < 60; count++)
        {
            var number = Disclosure.Tell(count);
            Assert.Equal(Enumerable.Range(0, 70).Where(other => Disclosure.Tell(other) == number), Enumerable.Range(number.Low, number.High!.Value - number.Low + 1));
        }
    }

    [Theory]
    [InlineData(new[] { 6, 9, 20 }, "5, 10, 20")]
    [InlineData(new[] { 3, 9, 20 }, "fewer than 5, 10, 20")]
    [InlineData(new[] { 2, 5, 5 }, "not shown, not shown, 5")] // Two fives whose total is 10 leave at most 2.
    [InlineData(new[] { 0, 8, 8, 8, 8 }, "not shown, not shown, 10, 10, 10")] // Four tens whose total is 30 are eight each.
    [InlineData(new[] { 4, 4 }, null)] // Two small ones whose total is 10 are four each.
    [InlineData(new[] { 1, 9 }, null)] // As above: that a table is left out says nothing of what stands in it.
    [InlineData(new[] { 0, 0, 0 }, "fewer than 5, fewer than 5, fewer than 5")]
    public void A_small_number_takes_another_with_it_where_it_could_be_worked_out(int[] counts, string? told) =>
        Assert.Equal(told, Disclosure.Tell(counts) is { } numbers ? string.Join(", ", numbers) : null);

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 40)]
    [InlineData(3, 24)]
    [InlineData(4, 14)]
    public void No_sum_tells_a_small_number_from_another_nor_narrows_the_total(int categories, int most)
    {
        foreach (var counts in All(categories, most))
        {
            if (Disclosure.Tell(counts) is not { } told) continue;
            var total = Disclosure.Tell(counts.Sum());
            for (var each = 0; each < categories; each++)
            {
                Assert.True(counts[each] >= told[each].Low && (told[each].High is not { } high || counts[each] <= high));
                if (counts[each] >= Disclosure.Fewest) continue;
                Assert.Null(told[each].Rounded);
                for (var other = 0; other < Disclosure.Fewest; other++) Assert.True(IsPossible(told, total, each, other), $"{string.Join(' ', counts)}: {string.Join(", ", told)} of {total} tells that number {each} is not {other}");
            }

            for (var sum = total.Low; sum <= total.High; sum++) Assert.True(IsPossible(told, new(null, sum, sum)), $"{string.Join(' ', counts)}: {string.Join(", ", told)} tells that the total is not {sum}");
        }
    }

    [Fact]
    public void A_table_is_left_out_by_its_total_alone()
    {
        foreach (var tables in All(3, 16).GroupBy(counts => Disclosure.Tell(counts.Sum()))) Assert.Single(tables.Select(counts => Disclosure.Tell(counts) is null).Distinct());
    }

    [Fact]
    public void Most_tables_of_use_are_told() =>
        Assert.InRange(All(3, 30).Where(counts => counts.Sum() > 12).Count(counts => Disclosure.Tell(counts)!.All(number => number.High is not null)), 20_000, 29_791);

    /// <summary>True where numbers exist that fit everything told, with one of them as given.</summary>
    private static bool IsPossible(IReadOnlyList<ToldNumber> told, ToldNumber total, int index = -1, int value = 0)
    {
        var (low, high, endless) = (0, 0, false);
        for (var each = 0; each < told.Count; each++)
        {
            low += each == index ? value : told[each].Low;
            if (each == index) high += value;
            else if (told[each].High is { } most) high += most;
            else endless = true;
        }

        // Any sum from the least to the most can be made of whole numbers between their ends.
        return low <= total.High && (endless || high >= total.Low);
    }

    private static IEnumerable<int[]> All(int categories, int most)
    {
        var counts = new int[categories];
        while (true)
        {
            yield return [.. counts];
            var place = 0;
            while (place < categories && counts[place] == most) counts[place++] = 0;
            if (place == categories) yield break;
            counts[place]++;
        }
    }
}

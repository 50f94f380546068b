namespace Portal.Cms.Referrals.Figures;

/// <summary>A number as it may be told.</summary>
/// <param name="Rounded">To the nearest 5; null where it is not told.</param>
/// <param name="Low">The least it can be by what is told of it alone.</param>
/// <param name="High">The most it can be by that; null for no end.</param>
internal sealed record ToldNumber(int? Rounded, int Low, int? High)
{
    /// <summary>Told as "fewer than 5": nothing up to 4 is told apart.</summary>
    public static ToldNumber Few { get; } = new(null, 0, Disclosure.Fewest - 1);

    /// <summary>Not told at all, to keep another from being worked out.</summary>
    public static ToldNumber Hidden { get; } = new(null, 0, null);

    public override string ToString() => Rounded is { } rounded ? $"{rounded}" : High is null ? "not shown" : $"fewer than {Disclosure.Fewest}";
}

/// <summary>
/// What may be told of numbers of people, so that no small one can be worked out from the others. The rules of the return:
/// a number under 5, zero among them, is told as "fewer than 5"; any other is rounded to the nearest 5; a total is rounded
/// by itself and is no sum of rounded numbers. That alone can give a number away: two told as "fewer than 5" whose total
/// rounds to 10 are four each. So a table is told only if, by all that is told, each of its small numbers can still be
/// anything from 0 to 4. Where it could not, its smallest other number is not told either, and none of the numbers left
/// out of that table says whether it is small. All tables of a quarter share one total and nothing else, so a table may
/// not narrow the total either: then each can be judged alone.
/// </summary>
internal static class Disclosure
{
    /// <summary>The least number that is told.</summary>
    public const int Fewest = 5;

    private const int Step = 5;

    public static ToldNumber Tell(int count)
    {
        if (count < Fewest) return ToldNumber.Few;
        var rounded = (count + (Step / 2)) / Step * Step;
        return new(rounded, Math.Max(Fewest, rounded - (Step / 2)), rounded + (Step / 2));
    }

    /// <summary>The numbers of one table in their order; null where the table cannot be told at all.</summary>
    /// <param name="counts">Whole numbers from 0. Every category has one, also those that nobody is in.</param>
    public static IReadOnlyList<ToldNumber>? Tell(IReadOnlyList<int> counts)
    {
        var total = Tell(counts.Sum());
        if (!CanTell(counts.Count, total)) return null;
        var told = counts.Select(Tell).ToArray();
        if (IsSafe(told, total)) return told;

        // One more left out is enough: nothing above it is known then, and at least 5 less below.
        var smallest = Enumerable.Range(0, told.Length).Where(each => counts[each] >= Fewest).MinBy(each => counts[each]);
        return [.. told.Select((number, index) => index == smallest || number.Rounded is null ? ToldNumber.Hidden : number)];
    }

    /// <summary>
    /// False for the few totals at which a table of only small numbers would give them away. It is asked of the total and
    /// the number of categories alone, so that a table that is left out says nothing of what stands in it.
    /// </summary>
    private static bool CanTell(int categories, ToldNumber total) => total.Low <= (Fewest - 1) * (categories - 1) || total.Low > (Fewest - 1) * categories;

    /// <summary>True where neither a small number nor the total is narrowed by what the table tells.</summary>
    private static bool IsSafe(IReadOnlyList<ToldNumber> told, ToldNumber total)
    {
        var low = told.Sum(number => number.Low);
        var high = told.Sum(number => number.High!.Value); // Nothing is hidden yet.
        return low <= total.High - (Fewest - 1) && low <= total.Low && high >= total.High && high >= total.Low + (Fewest - 1);
    }
}

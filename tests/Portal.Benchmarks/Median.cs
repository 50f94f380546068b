namespace Portal.Benchmarks;

/// <summary>The middle of some figures.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>Each figure's own median.</summary>
    public static Cost Of(IReadOnlyCollection<Cost> costs) =>
        new(Of(costs.Select(cost => cost.Wall)), Of(costs.Select(cost => cost.Cpu)), Of(costs.Select(cost => cost.Peak)));
}

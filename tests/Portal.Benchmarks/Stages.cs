using System.Diagnostics;

using NodaTime;

using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Rules;
using Portal.Site.Building;
using Portal.Site.Map;
using Portal.Site.Rendering;

namespace Portal.Benchmarks;

/// <summary>The steps of one build in this process, each with its time: where a slow build spends it.</summary>
internal sealed class Stages
{
    private Stages()
    {
    }

    /// <summary>Steps in their order, in seconds.</summary>
    public required IReadOnlyList<(string Name, double Seconds)> Times { get; init; }

    public required SiteMap Map { get; init; }

    public required SiteAssets Assets { get; init; }

    public required SiteOutput Output { get; init; }

    /// <summary>Builds a content folder and puts the site into <paramref name="to"/>.</summary>
    /// <exception cref="InvalidOperationException">The content has an error.</exception>
    public static Stages Run(string content, string to, Instant at) => Run(() => ContentFiles.FromFolder(content), to, at);

    /// <summary>Builds files of content and puts the site into <paramref name="to"/>.</summary>
    /// <exception cref="InvalidOperationException">The content has an error.</exception>
    public static Stages Run(Func<ContentFiles> content, string to, Instant at)
    {
        var times = new List<(string, double)>();
        var output = new SiteOutput();
        var reading = Time("read", () => ContentReader.Read(content()));
        var library = reading.Library ?? throw new InvalidOperationException(string.Join('\n', reading.Problems));
        var edition = new Edition(library, at);
        var problems = Time("rules", () => reading.Problems.Concat(RuleBook.Check(edition)).ToList());
        var map = Time("map", () => new SiteMap(edition));
        var assets = Time("assets", () => AssetBuilder.Add(edition, output, to + ".cache", problems)) ?? throw new InvalidOperationException(string.Join('\n', problems));
        Time("render", () => { SiteBuilder.Render(map, assets, output); return 0; });
        Time("feeds", () => { SiteBuilder.AddFeeds(map, output); return 0; });
        problems.AddRange(Time("check output", () => OutputChecks.Check(output, edition).ToList()));
        var errors = problems.Where(problem => problem.Weight == Portal.Content.Problems.Weight.Error).ToList();
        if (errors.Count > 0) throw new InvalidOperationException(string.Join('\n', errors.Take(20)));
        Time("place", () => new OutputWriter(to).Place(output));
        return new() { Times = times, Map = map, Assets = assets, Output = output };

        T Time<T>(string name, Func<T> step)
        {
            var clock = Stopwatch.StartNew();
            var made = step();
            times.Add((name, clock.Elapsed.TotalSeconds));
            return made;
        }
    }

    /// <summary>Median microseconds to draw one page again, all else at hand.</summary>
    public double OnePage()
    {
        using var renderer = new PageRenderer();
        var page = Map.Pages[Map.Pages.Count / 2];
        var drawn = new double[101];
        for (var round = 0; round < drawn.Length; round++)
        {
            var clock = Stopwatch.StartNew();
            SiteBuilder.Render(renderer, Map, page, Assets);
            drawn[round] = clock.Elapsed.TotalMicroseconds;
        }

        return Median.Of(drawn);
    }
}

using System.Diagnostics;

using NodaTime;

namespace Portal.Benchmarks;

/// <summary>
/// One run: every figure, each beside the floor of the same run. It judges nothing; it stops after a fixed number of
/// rounds, and begins no new round once five minutes are over.
/// </summary>
internal sealed class Session(string content, string folder, Instant at, int rounds, Stopwatch clock)
{
    private const int LargeCorpus = 10_000;
    private const int HighestQuality = 11;
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(5);
    private static readonly string Site = Path.Combine(AppContext.BaseDirectory, "Portal.Site.dll");
    private static readonly string Self = typeof(Session).Assembly.Location;

    public void Run()
    {
        var starter = Starter();
        var large = Path.Combine(folder, "large");
        new Corpus(starter.Map.Edition).Write(large, LargeCorpus, starter.Map.Pages.Count);

        Table.Heading("fresh process, output to an empty folder", "wall s", "CPU s", "peak MiB", "goal");
        Table.Row("start-up alone (--version)", Median.Of(Rounds(_ => ChildRun.Measure(Site, "--version"))));
        Table.Row("starter, its pictures encoded for the first time", ChildRun.Measure(Site, "build", "--content", content, "--output", Encoded, "--at", at.ToString()));
        Table.Row($"starter, {starter.Map.Pages.Count} pages", Median.Of(Rounds(round => Build(content, Output("starter", round)))), "3 s after start-up");
        var build = Median.Of(Rounds(round => Build(large, Output("large", round))));
        var site = Output("large", 0);
        Table.Row($"{Count(site)} pages", build, "6 s, 400 MiB");
        var again = Median.Of(Rounds(_ => Build(large, site)));
        Table.Row("the same again, nothing changed", again);

        var markdown = Median.Of(Rounds(_ => ChildRun.Measure(Self, "floor", large)));
        Table.Row("floor: read and Markdig alone", markdown);
        var write = Median.Of(Rounds(round => Floors.Write(site, Path.Combine(folder, "floor-" + round))));
        Table.Row("floor: write the same bytes", new Cost(write, 0, 0));
        Table.Line($"ratio to both floors together: {build.Wall / (markdown.Wall + write):0.0}");

        Table.Heading("this process, one build by its steps", "ms");
        foreach (var stage in starter.Times) Table.Row("starter: " + stage.Name, stage.Seconds * 1000);
        foreach (var stage in Stages.Run(large, Path.Combine(folder, "stages"), at).Times) Table.Row($"{LargeCorpus} pages: {stage.Name}", stage.Seconds * 1000);
        Table.Row("one page drawn again", starter.OnePage() / 1000);

        Table.Heading("first view, Brotli bytes of HTML, CSS and JavaScript", "bytes");
        var sizes = new FirstViews(starter.Output.Files).Sizes(HighestQuality);
        Table.Row($"largest: /{sizes[^1].Page}", sizes[^1].Bytes);
        Table.Row("median", sizes[sizes.Count / 2].Bytes);
        Table.Row("home", sizes.First(page => page.Page == "index.html").Bytes);
    }

    /// <summary>The starter in this process: the last of the rounds, when the code is as warm as the rounds made it.</summary>
    private Stages Starter() => Rounds(round => Stages.Run(content, Output("warm", round), at))[^1];

    /// <summary>A build that finds every picture encoded: the first encoding is a figure of its own.</summary>
    private Cost Build(string from, string to)
    {
        Directory.CreateDirectory(to + ".cache");
        foreach (var file in Directory.EnumerateFiles(Encoded + ".cache")) File.Copy(file, Path.Combine(to + ".cache", Path.GetFileName(file)), overwrite: true);
        return ChildRun.Measure(Site, "build", "--content", from, "--output", to, "--at", at.ToString());
    }

    private string Encoded => Output("encoded", 0);

    private string Output(string name, int round) => Path.Combine(folder, $"{name}-{round}");

    private List<T> Rounds<T>(Func<int, T> once)
    {
        var results = new List<T> { once(0) };
        while (results.Count < rounds && clock.Elapsed < Budget) results.Add(once(results.Count));
        return results;
    }

    private static int Count(string site) => Directory.EnumerateFiles(site, "*.html", SearchOption.AllDirectories).Count();
}

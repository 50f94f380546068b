using System.Text;

using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Rules;
using Portal.Site.Feeds;
using Portal.Site.FindHelp;
using Portal.Site.Hosting;
using Portal.Site.Layout;
using Portal.Site.Map;
using Portal.Site.Rendering;

namespace Portal.Site.Building;

/// <summary>What came of a build.</summary>
/// <param name="Output">The finished site; null where an error stopped it.</param>
/// <param name="Problems">Every error and warning, in the order of the files.</param>
/// <param name="Pages">Pages rendered.</param>
internal sealed record SiteBuild(SiteOutput? Output, IReadOnlyList<Problem> Problems, int Pages, HostRules? Rules)
{
    public bool Succeeded => Output is not null;

    /// <summary>The pages there are; null where the build did not come that far.</summary>
    public SiteMap? Map { get; init; }

    /// <summary>The files they name; null where the build did not come that far.</summary>
    public SiteAssets? Assets { get; init; }
}

/// <summary>
/// From a folder of text to a finished site in memory: read, check, render, check again. Nothing is written here; the
/// command line, the preview and the CMS make the same call and so get the same bytes.
/// </summary>
internal static class SiteBuilder
{
    public static SiteBuild Build(ContentFiles files, BuildOptions options)
    {
        var reading = ContentReader.Read(files);
        if (reading.Library is not { } library) return new(null, reading.Problems, 0, null);

        var edition = new Edition(options.BaseUrl is null ? library : library.With(library.Settings with { BaseUrl = options.BaseUrl }), options.At);
        var problems = reading.Problems.Concat(RuleBook.Check(edition)).ToList();
        if (problems.Any(problem => problem.Weight == Weight.Error)) return new(null, problems, 0, null);

        var output = new SiteOutput();
        var map = new SiteMap(edition);
        var assets = AssetBuilder.Add(edition, output, options.Cache, problems);
        if (assets is null) return new(null, problems, 0, null);

        Parallel.Invoke(() => Render(map, assets, output), () => AddFeeds(map, output));
        var rules = HostRules.Of(map);
        output.Add("_headers", Encoding.UTF8.GetBytes(rules.ToHeadersFile()));
        output.Add("_redirects", Encoding.UTF8.GetBytes(rules.ToRedirectsFile()));

        problems.AddRange(OutputChecks.Check(output, edition));
        return new(problems.Any(problem => problem.Weight == Weight.Error) ? null : output, problems, map.Pages.Count, rules) { Map = map, Assets = assets };
    }

    /// <summary>The bytes of one page: what a preview shows is what a publication writes.</summary>
    /// <param name="noted">Takes what the page is made of; null where nobody asks.</param>
    public static byte[] Render(PageRenderer renderer, SiteMap map, SitePage page, SiteAssets assets, ISet<Dependency>? noted = null) =>
        renderer.Render(page.View, new Dictionary<string, object?>(page.Model) { ["Context"] = new PageContext(map, page, assets, noted) });

    /// <summary>Draws every page into the output.</summary>
    public static void Render(SiteMap map, SiteAssets assets, SiteOutput output) =>
        Parallel.For(0, map.Pages.Count, () => new PageRenderer(), (at, _, renderer) =>
        {
            output.Add(map.Pages[at].OutputPath, Render(renderer, map, map.Pages[at], assets));
            return renderer;
        }, renderer => renderer.Dispose());

    public static void AddFeeds(SiteMap map, SiteOutput output)
    {
        foreach (var (path, bytes) in Sitemaps.Write(map)) output.Add(path, bytes);
        AddShortFeeds(map, output.Add);
        foreach (var point in map.Edition.All<AccessPoint>().Where(point => Calendar.Has(map.Edition, point)))
            output.Add(Calendar.Address(point)[1..], Calendar.Write(map.Edition, point));
    }

    /// <summary>What machines read that is made in no time.</summary>
    public static void AddShortFeeds(SiteMap map, Action<string, byte[]> add)
    {
        add("robots.txt", Sitemaps.Robots(map));
        add(".well-known/security.txt", SecurityText.Write(map.Edition));
        add(AtomFeed.Path[1..], AtomFeed.Write(map.Edition));
    }
}

using System.Collections.Concurrent;
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

/// <summary>
/// The build of <see cref="SiteBuilder"/> beside an earlier one of the same process: texts that are the same are not read
/// again, and pages that are made of nothing that changed are not drawn again. Every rule and every check holds of the
/// whole site all the same, and the bytes are those of a build from nothing.
/// </summary>
internal static class IncrementalBuilder
{
    /// <param name="last">An earlier build that held; null for a build from nothing.</param>
    public static IncrementalBuild Build(ContentFiles files, BuildOptions options, BuiltSite? last)
    {
        var reading = ContentReader.Read(files, last?.Reading);
        if (reading.Library is not { } read) return new(null, null, reading.Problems, 0);

        var edition = new Edition(options.BaseUrl is null ? read : read.With(read.Settings with { BaseUrl = options.BaseUrl }), options.At);
        var problems = reading.Problems.Concat(RuleBook.Check(edition)).ToList();
        if (problems.Any(problem => problem.Weight == Weight.Error)) return new(null, null, problems, 0);

        var draft = new SiteDraft(last?.Hashes ?? []);
        var map = new SiteMap(edition);
        if (AssetBuilder.Make(edition, draft.Add, draft.Keep, options.Cache, problems, last?.Assets) is not { } assets) return new(null, null, problems, 0);

        // Day, settings, words and tables concern every page: where one of them changed, everything is drawn.
        var ground = last is not null && last.BaseUrl == options.BaseUrl && Changes.SameGround(last, reading, map) ? last : null;
        var changes = ground is null ? null : Changes.Between(ground, map, assets.Assets);
        var pool = ground?.Pool ?? new NamePool();
        var pages = new ConcurrentDictionary<string, DrawnPage>(StringComparer.Ordinal);
        var drawn = 0;
        var rules = HostRules.Of(map);
        Parallel.Invoke(
            () => drawn = Draw(map, assets.Assets, draft, pages, pool, ground, changes),
            () => AddFeeds(map, draft, ground));
        draft.Add("_headers", Encoding.UTF8.GetBytes(rules.ToHeadersFile()));
        draft.Add("_redirects", Encoding.UTF8.GetBytes(rules.ToRedirectsFile()));

        var site = new BuiltSite { Reading = reading, Map = map, Assets = assets, Pages = pages, Hashes = draft.Hashes(), Rules = rules, Pool = pool, BaseUrl = options.BaseUrl };
        problems.AddRange(OutputChecks.Check(site.Hashes, pages, edition, ground));
        return problems.Any(problem => problem.Weight == Weight.Error) ? new(null, null, problems, drawn) : new(site, draft.Made, problems, drawn);
    }

    /// <summary>Draws the pages that a change concerns and takes over the others. Returns how many were drawn.</summary>
    private static int Draw(SiteMap map, SiteAssets assets, SiteDraft draft, ConcurrentDictionary<string, DrawnPage> pages, NamePool pool, BuiltSite? ground, Changes? changes)
    {
        var due = new List<SitePage>();
        foreach (var page in map.Pages)
        {
            var path = page.OutputPath;
            if (changes is null || !ground!.Pages.TryGetValue(path, out var old) || changes.Concern(old, page)) due.Add(page);
            else
            {
                draft.Keep(path);
                pages[path] = old with { Page = page };
            }
        }

        Parallel.For(0, due.Count, () => (Renderer: new PageRenderer(), Noted: new HashSet<Dependency>()), (at, _, worker) =>
        {
            worker.Noted.Clear();
            var path = due[at].OutputPath;
            var bytes = SiteBuilder.Render(worker.Renderer, map, due[at], assets, worker.Noted);
            draft.Add(path, bytes);
            pages[path] = new(due[at], [.. worker.Noted.Select(pool.NumberOf)], OutputChecks.Named(bytes, pool));
            return worker;
        }, worker => worker.Renderer.Dispose());
        return due.Count;
    }

    /// <summary>What stands beside the pages; the maps and the calendars are the slow ones.</summary>
    private static void AddFeeds(SiteMap map, SiteDraft draft, BuiltSite? ground)
    {
        if (ground is not null && Sitemaps.IsSame(map, ground.Map))
            foreach (var path in ground.Hashes.Keys.Where(Sitemaps.Has)) draft.Keep(path);
        else
            foreach (var (path, bytes) in Sitemaps.Write(map)) draft.Add(path, bytes);

        SiteBuilder.AddShortFeeds(map, draft.Add);
        var library = ground?.Map.Edition.Library;
        foreach (var point in map.Edition.All<AccessPoint>().Where(point => Calendar.Has(map.Edition, point)))
        {
            var path = Calendar.Address(point)[1..];
            if (ground?.Hashes.ContainsKey(path) == true && ReferenceEquals(library!.Find(point.Id)?.Base, point)) draft.Keep(path);
            else draft.Add(path, Calendar.Write(map.Edition, point));
        }
    }
}

using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Site.Map;

namespace Portal.Journeys;

/// <summary>One page that stands for all of its kind.</summary>
/// <param name="Kind">The view, and the kind of document it shows.</param>
/// <param name="Address">Address with its language.</param>
internal sealed record HtmlPage(string Kind, string Address);

/// <summary>
/// The pages of the starter site by kind. A kind is a view together with the kind of document it shows; its fullest page
/// stands for it, as it has the most that can be wrong. A new view joins by having a page.
/// </summary>
internal sealed class HtmlPages(SiteFixture site)
{
    private static readonly Lazy<SiteMap> TheMap = new(ReadMap);

    /// <summary>The map the fixture's site was built from.</summary>
    public static SiteMap Map => TheMap.Value;

    /// <summary>Languages other than English and its simple version.</summary>
    public static IEnumerable<Language> Translations => Map.Edition.Languages.Where(language => !language.IsBase && !language.IsSimple);

    public static IEnumerable<string> AllIn(Language language) => Of(language).Select(page => page.Address);

    /// <summary>One page of each kind that the language has.</summary>
    public IReadOnlyList<HtmlPage> KindsIn(Language language) =>
    [
        .. Of(language).GroupBy(Kind, StringComparer.Ordinal)
            .Select(kind => new HtmlPage(kind.Key, kind.MaxBy(page => new FileInfo(Path.Combine(site.Output, page.OutputPath)).Length)!.Address))
            .OrderBy(page => page.Kind, StringComparer.Ordinal),
    ];

    private static IEnumerable<SitePage> Of(Language language) => Map.Pages.Where(page => page.Language == language);

    private static string Kind(SitePage page)
    {
        var view = page.View.Name.Replace("View", string.Empty, StringComparison.Ordinal);
        var document = page.Document is { } id ? Map.Edition.Nearest(id, page.Language)?.GetType().Name : null;
        return document is null || document == view ? view : $"{view} of {document}";
    }

    private static SiteMap ReadMap()
    {
        var library = ContentReader.Read(ContentFiles.FromFolder(Path.Combine(SiteFixture.Repository, "content"))).Library!;
        return new(new Edition(library, SiteFixture.At));
    }
}

using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Site.Campaigns;
using Portal.Site.Contact;
using Portal.Site.FindHelp;
using Portal.Site.Guides;
using Portal.Site.Home;
using Portal.Site.Lines;
using Portal.Site.Professionals;
using Portal.Site.Questions;
using Portal.Site.Search;
using Portal.Site.Service;

namespace Portal.Site.Map;

/// <summary>
/// What pages exist: the only list of them. Every section adds its own; links, language menus, feeds and the search
/// index ask here, so nothing can lead to a page that is not built.
/// </summary>
public sealed class SiteMap
{
    private readonly Dictionary<(string Neutral, string Language), SitePage> byAddress = [];
    private readonly Dictionary<string, SitePage> firstOf = [];

    public SiteMap(Edition edition)
    {
        Edition = edition;
        Pages = [.. edition.Languages.SelectMany(language => In(edition, language)), NotFound.Page(edition)];
        foreach (var page in Pages)
        {
            byAddress.TryAdd((page.Neutral, page.Language.Code), page);
            firstOf.TryAdd(page.Language.Code, page);
        }
    }

    public Edition Edition { get; }

    /// <summary>Every page: English first, then the languages in their order, each by address.</summary>
    public IReadOnlyList<SitePage> Pages { get; }

    /// <summary>The page at a neutral address in exactly that language, or null.</summary>
    public SitePage? Find(string neutral, Language language) => byAddress.GetValueOrDefault((neutral, language.Code));

    /// <summary>The page in that language, else in English, else null.</summary>
    public SitePage? Nearest(string neutral, Language language) => Find(neutral, language) ?? Find(neutral, Language.Base);

    /// <summary>
    /// The page a language menu leads to: the same page, else the page of the nearest folder above it, else the start
    /// page. Null where the language has no page at all.
    /// </summary>
    public (SitePage Page, bool IsSame)? Counterpart(SitePage page, Language language)
    {
        if (Find(page.Neutral, language) is { } same) return (same, true);
        for (var folder = page.Neutral.TrimEnd('/'); folder.LastIndexOf('/') is var at and > 0;)
        {
            folder = folder[..at];
            if (Find(folder + "/", language) is { } above) return (above, false);
        }

        return Landing(language) is { } landing ? (landing, false) : null;
    }

    /// <summary>Where a language begins: its start page, else the first of its pages. Null where it has none.</summary>
    public SitePage? Landing(Language language) => Find("/", language) ?? firstOf.GetValueOrDefault(language.Code);

    /// <summary>Every page at a neutral address, in the order of the languages.</summary>
    public IEnumerable<SitePage> Alternates(string neutral) =>
        Edition.Languages.Select(language => Find(neutral, language)).OfType<SitePage>();

    private static IEnumerable<SitePage> In(Edition edition, Language language)
    {
        // Made from tables and words alone: they wait for no translator, but for reviewed words in the live stage.
        var made = language.IsSimple || !edition.WordsArePublic(language) ? [] : DistrictPages.In(edition, language).Concat(SearchPages.In(edition, language)).Concat(ContactPages.In(edition, language));
        return edition.PagesIn(language).SelectMany(document => Of(edition, document))
            .Select(page => page.Language == language ? page : page with { Language = language })
            .Concat(made)
            .OrderBy(page => page.Address, StringComparer.Ordinal);
    }

    private static IEnumerable<SitePage> Of(Edition edition, Document document) => document switch
    {
        Page { View: PageView.Home } page => [HomePages.Of(page)],
        Page { View: PageView.Triage } page => QuestionPages.Of(page),
        Page { View: PageView.FindHelp } page => [DistrictPages.List(page)],
        Page { View: PageView.HelpNow or PageView.Lines or PageView.ContactSheet } page => [LinePages.Of(page)],
        Page { View: PageView.Contact } page => [ContactPages.Of(page)],
        Page { View: PageView.Search or PageView.AToZ } page => [SearchPages.Of(page)],
        Page { View: PageView.Campaigns } page => [CampaignPages.List(page)],
        Page { View: PageView.Professionals } page => [ProfessionalPages.List(page)],
        Page { View: PageView.Updates or PageView.Status or PageView.Providers } page => [ServicePages.Of(page)],
        Page page => [GuidePages.Of(page)],
        Guidance or Policy => [GuidePages.Of(document)],
        Content.Documents.Service or Organisation or Notice or Update => [ServicePages.Of(document)],
        Helpline line => [LinePages.Of(line)],
        AccessPoint point => [DistrictPages.Of(edition, point)],
        Pathway pathway => [ProfessionalPages.Of(pathway)],
        Campaign campaign => CampaignPages.Of(campaign),
        _ => throw new InvalidOperationException($"No section shows documents of the kind {document.GetType().Name}."),
    };
}

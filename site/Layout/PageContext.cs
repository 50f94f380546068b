using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Site.Building;
using Portal.Site.Map;
using Portal.Theme.Components;

namespace Portal.Site.Layout;

/// <summary>
/// What a view may ask while it draws one page. Whatever document, kind or address a page depends on is
/// asked for here and noted, so that an incremental build can tell which pages a change concerns.
/// </summary>
public sealed class PageContext
{
    private readonly SiteMap map;
    private readonly SiteAssets assets;
    private readonly ISet<Dependency>? noted;

    /// <param name="noted">Takes what this page is made of; null where nobody asks.</param>
    public PageContext(SiteMap map, SitePage page, SiteAssets assets, ISet<Dependency>? noted = null)
    {
        (this.map, Page, this.assets, this.noted) = (map, page, assets, noted);
        if (page.Document is { } shown) Depend(DependencyKind.Document, shown.ToString());
    }

    public SitePage Page { get; }

    public Edition Edition => map.Edition;

    public SiteSettings Settings => Edition.Library.Settings;

    public Language Language => Page.Language;

    /// <summary>Words checked first: numbers, 999, the leave label. Always in the page's language.</summary>
    public InterfaceStrings Core => Edition.Library.WordsOf(Language);

    /// <summary>The words of the furniture: in English while, in the live stage, nobody has reviewed the language's own.</summary>
    public InterfaceStrings Words => Edition.Library.WordsOf(WordsLanguage);

    public Language WordsLanguage => Edition.WordsArePublic(Language) ? Language : Language.Base;

    /// <summary>Value for <c>lang</c> where the furniture is not in the page's language; else null.</summary>
    public string? WordsTag => WordsLanguage == Language ? null : WordsLanguage.Tag;

    /// <summary>Direction that goes with <see cref="WordsTag"/>.</summary>
    public string? WordsDirection => WordsTag is null ? null : WordsLanguage.Direction;

    public string this[string key] => Words[key];

    /// <summary>The document in the page's language, else in English, else null.</summary>
    public T? Find<T>(DocumentId id) where T : Document
    {
        Depend(DependencyKind.Document, id.ToString());
        return Edition.Nearest(id, Language) as T;
    }

    public Helpline? Line(string id)
    {
        Depend(DependencyKind.Document, "lines/" + id);
        return Edition.Line(id, Language);
    }

    /// <summary>Every public document of a kind, each in the page's language or in English.</summary>
    public IReadOnlyList<T> All<T>() where T : Document
    {
        Depend(DependencyKind.Kind, typeof(T).Name);
        return [.. Edition.All<T>().Select(document => (T)Edition.Nearest(document.Id, Language)!)];
    }

    /// <summary>Address of a file by its name among <see cref="SiteAssets.Files"/>.</summary>
    public string File(string name)
    {
        Depend(DependencyKind.File, name);
        return assets.Files[name];
    }

    /// <summary>A picture by its path below <c>media/</c>.</summary>
    public EncodedPicture Picture(string media, PictureShape shape = PictureShape.Whole)
    {
        Depend(DependencyKind.File, "media/" + media);
        return assets.Pictures[(media, shape)];
    }

    /// <summary>The address in the reader's language of a neutral address, or the English one.</summary>
    public string Href(string neutral)
    {
        var (path, fragment) = neutral.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? (neutral[..at], neutral[at..]) : (neutral, string.Empty);
        return (Nearest(path)?.Address ?? path) + fragment;
    }

    public string Href(Document document) => Href(Addresses.Of(document.Id));

    /// <summary>Language tag where a neutral address leads to another language; else null.</summary>
    public Language? LeadsTo(string neutral) =>
        Nearest(neutral.Split('#')[0]) is { } found && found.Language.Tag != Language.Tag ? found.Language : null;

    /// <summary>True where a page stands at the neutral address, in any language this reader can be led to.</summary>
    public bool Has(string neutral) => Nearest(neutral) is not null;

    /// <summary>This page in every language that has it, in the order of the languages.</summary>
    public IEnumerable<SitePage> Alternates
    {
        get
        {
            Depend(DependencyKind.Address, Page.Neutral);
            return map.Alternates(Page.Neutral);
        }
    }

    /// <summary>The page a language menu leads to; see <see cref="SiteMap.Counterpart"/>.</summary>
    public (SitePage Page, bool IsSame)? Counterpart(Language language)
    {
        for (var above = Page.Neutral; above.Length > 0; above = above[..(above.TrimEnd('/').LastIndexOf('/') + 1)]) Depend(DependencyKind.Address, above);
        return map.Counterpart(Page, language);
    }

    /// <summary>Language tag of a document's words where they are not in the language of the furniture around them; else null.</summary>
    public string? TagOf(Document document) => document.Language.Tag == WordsLanguage.Tag ? null : document.Language.Tag;

    /// <summary>Direction that goes with <see cref="TagOf"/>.</summary>
    public string? DirectionOf(Document document) => TagOf(document) is null ? null : document.Language.Direction;

    /// <summary>A link to a document, marked with its language where that is not the page's.</summary>
    public LinkItem LinkTo(Document document, string? icon = null, bool withSummary = false) =>
        new(Href(document), document.Title, icon, withSummary ? document.Summary : null) { Language = TagOf(document), Direction = DirectionOf(document), Target = LeadsTo(Addresses.Of(document.Id))?.Tag };

    /// <summary>HTML of a text with its links led.</summary>
    public string Html(RichText text) => text.Html(Markup);

    private LinkMarkup Markup(Link link)
    {
        if (link.HelplineId is { } id) return PhoneMarkup(link, id);
        if (link.IsExternal) return new($"<a class=\"p-external\" rel=\"noreferrer noopener nofollow\" href=\"{Encode(link.Target)}\">", "</a>");
        if (!link.IsInternal) return new($"<a href=\"{Encode(link.Target)}\">", "</a>");
        var language = LeadsTo(link.Target) is { } other ? $" hreflang=\"{other.Tag}\"" : string.Empty;
        return new($"<a href=\"{Encode(Href(link.Target))}\"{language}>", "</a>");
    }

    private LinkMarkup PhoneMarkup(Link link, string id)
    {
        var line = Line(id);
        if (line is not { CanBeRung: true, Number: { } number })
            return line is null ? AboveMarkup(link, $"/lines/{id}/") : new($"<a href=\"{Encode(Href(line))}\">", "</a>");
        var open = $"<a class=\"p-phone\" href=\"{Telephone.Uri(number)}\">";
        return link.HasText ? new(open, "</a>") : new($"{open}<bdi dir=\"ltr\">{Encode(number)}</bdi>", "</a>");
    }

    /// <summary>Where a line was taken off, the page above it stands for it, by its title where the link has no words; else the words alone.</summary>
    private LinkMarkup AboveMarkup(Link link, string neutral)
    {
        if (!Edition.IsTakenOff(neutral) || Nearest(neutral) is not { } above) return new(string.Empty, string.Empty);
        var language = LeadsTo(neutral) is { } other ? $" hreflang=\"{other.Tag}\"{(link.HasText ? string.Empty : $" lang=\"{other.Tag}\"")}" : string.Empty;
        return new($"<a href=\"{Encode(above.Address)}\"{language}>{(link.HasText ? string.Empty : Encode(above.TabTitle))}", "</a>");
    }

    private SitePage? Nearest(string neutral)
    {
        var current = Edition.Current(neutral);
        Depend(DependencyKind.Address, current);
        return map.Nearest(current, Language);
    }

    private void Depend(DependencyKind kind, string name) => noted?.Add(new(kind, name));

    private static string Encode(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}

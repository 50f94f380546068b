using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Redirects;

/// <summary>
/// Where the address of a withdrawn page leads: to the nearest page above it that is public, or to its own new address
/// where it came back under another. Other texts may still link to it, and somebody may have kept its address; neither may
/// keep a text on the site that one person took off.
/// </summary>
internal static class WithdrawnPages
{
    /// <param name="settings">The public settings.</param>
    /// <param name="withdrawn">Documents that were public and are not.</param>
    /// <param name="moved">Documents that were withdrawn and are public again under another path.</param>
    /// <param name="texts">Paths of every public text.</param>
    /// <param name="read">A public text by its path; null where there is none.</param>
    public static string Apply(string settings, IReadOnlyCollection<string> withdrawn, IReadOnlyCollection<(string From, string To)> moved, IReadOnlySet<string> texts, Func<string, string?> read)
    {
        if (ContentReader.Settings(ContentFiles.Of([KeyValuePair.Create(DataTable.Settings.Path, settings)])) is not { } set) return settings;
        var pages = new StandingPages(set, texts, read);
        var known = set.Redirects.Select(redirect => redirect.From).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var away = withdrawn.Order(StringComparer.Ordinal).Select(document => (From: Addresses.Of(DocumentId.Parse(document)), To: Above(document, pages), ForNow: true));
        var back = moved.OrderBy(each => each.From, StringComparer.Ordinal).SelectMany(each => pages.LanguagesOf(each.To).Order(StringComparer.Ordinal).Select(code => (From: In(code, each.From), To: In(code, each.To), ForNow: false)));
        var redirects = away.Concat(back).Where(each => each.From != each.To && !known.Contains(each.From))
            .Aggregate(set.Redirects, (all, each) => RedirectTable.With(all, each.From, each.To, each.ForNow))
            .Select(redirect => Standing(redirect.To, withdrawn, pages) is { } to && to != redirect.To ? redirect with { To = to, ForNow = true } : redirect)
            .Where(redirect => redirect.From != redirect.To).ToList();
        return redirects.SequenceEqual(set.Redirects) ? settings : RedirectTable.Write(settings, redirects);
    }

    /// <summary>
    /// Where an address leads that a moved page once had: its languages and its pages below it have redirects of their own.
    /// Null where it is no document's, or its page stands.
    /// </summary>
    private static string? Standing(string address, IReadOnlyCollection<string> withdrawn, StandingPages pages)
    {
        var path = address.Split('#')[0].Trim('/');
        if (pages.IsMade(path)) return null;
        if (Nearest(path, withdrawn, pages) is { } own) return pages.Documents.Contains(own) ? null : Above(own, pages);
        if (path.Split('/', 2) is not [var prefix, var rest] || Nearest(rest, withdrawn, pages) is not { } document) return null;
        if (!pages.Documents.Contains(document)) return Above(document, pages);
        return pages.Has(document, prefix == Language.Simple.Prefix ? Language.Simple.Code : prefix) ? null : Addresses.Of(DocumentId.Parse(document));
    }

    /// <summary>The document whose page, or page below it, stands or stood at a path.</summary>
    private static string? Nearest(string path, IReadOnlyCollection<string> withdrawn, StandingPages pages)
    {
        for (var at = path; at.Length > 0; at = at.LastIndexOf('/') is var slash and > 0 ? at[..slash] : string.Empty)
            if (pages.Documents.Contains(at) || withdrawn.Contains(at)) return at;
        return null;
    }

    private static string Above(string document, StandingPages pages)
    {
        for (var at = document.LastIndexOf('/'); at > 0; at = document[..at].LastIndexOf('/'))
            if (pages.Documents.Contains(document[..at])) return Addresses.Of(DocumentId.Parse(document[..at]));
        return Addresses.Of(DocumentId.Home);
    }

    /// <summary>The address of a document in a language.</summary>
    private static string In(string code, string document)
    {
        var prefix = code == Language.Base.Code ? string.Empty : code == Language.Simple.Code ? "/" + Language.Simple.Prefix : "/" + code;
        return prefix + Addresses.Of(DocumentId.Parse(document));
    }
}

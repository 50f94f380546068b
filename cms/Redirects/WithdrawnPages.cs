using Portal.Cms.Documents;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Redirects;

/// <summary>
/// Where the address of a withdrawn page leads: to the nearest page above it that is public. Other texts may still link
/// to it, and somebody may have kept its address; neither may keep a text on the site that one person took off.
/// </summary>
internal static class WithdrawnPages
{
    /// <param name="settings">The public settings.</param>
    /// <param name="withdrawn">Documents that were public and are not.</param>
    /// <param name="texts">Paths of every public text.</param>
    public static string Apply(string settings, IReadOnlyCollection<string> withdrawn, IReadOnlySet<string> texts)
    {
        if (ContentReader.Settings(ContentFiles.Of([KeyValuePair.Create(DataTable.Settings.Path, settings)])) is not { } read) return settings;
        var live = texts.Where(path => EntryText.LanguageOf(path) == Language.Base.Code).Select(EntryText.DocumentOf).OfType<string>().ToHashSet();
        var known = read.Redirects.Select(redirect => redirect.From).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var redirects = withdrawn.Order(StringComparer.Ordinal).Select(document => (From: Addresses.Of(DocumentId.Parse(document)), To: Above(document, live))).Where(each => each.From != each.To && !known.Contains(each.From))
            .Aggregate(read.Redirects, (all, each) => RedirectTable.With(all, each.From, each.To, forNow: true))
            .Select(redirect => Standing(redirect.To, withdrawn, live, texts) is { } to && to != redirect.To ? redirect with { To = to, ForNow = true } : redirect)
            .Where(redirect => redirect.From != redirect.To).ToList();
        return redirects.SequenceEqual(read.Redirects) ? settings : RedirectTable.Write(settings, redirects);
    }

    /// <summary>
    /// Where an address leads that a moved page once had: its languages and its pages below it have redirects of their own.
    /// Null where it is no document's, or its page stands.
    /// </summary>
    private static string? Standing(string address, IReadOnlyCollection<string> withdrawn, HashSet<string> live, IReadOnlySet<string> texts)
    {
        var path = address.Split('#')[0].Trim('/');
        if (Nearest(path, withdrawn, live) is { } own) return live.Contains(own) ? null : Above(own, live);
        if (path.Split('/', 2) is not [var prefix, var rest] || Nearest(rest, withdrawn, live) is not { } document) return null;
        if (!live.Contains(document)) return Above(document, live);
        var code = prefix == Language.Simple.Prefix ? Language.Simple.Code : prefix;
        return texts.Contains($"pages/{document}/{code}.md") ? null : Addresses.Of(DocumentId.Parse(document));
    }

    /// <summary>The document whose page, or page below it, stands or stood at a path.</summary>
    private static string? Nearest(string path, IReadOnlyCollection<string> withdrawn, HashSet<string> live)
    {
        for (var at = path; at.Length > 0; at = at.LastIndexOf('/') is var slash and > 0 ? at[..slash] : string.Empty)
            if (live.Contains(at) || withdrawn.Contains(at)) return at;
        return null;
    }

    private static string Above(string document, HashSet<string> live)
    {
        for (var at = document.LastIndexOf('/'); at > 0; at = document[..at].LastIndexOf('/'))
            if (live.Contains(document[..at])) return Addresses.Of(DocumentId.Parse(document[..at]));
        return Addresses.Of(DocumentId.Home);
    }
}

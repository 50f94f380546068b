using Portal.Content.Documents;
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
    /// <param name="live">Documents that are public.</param>
    public static string Apply(string settings, IReadOnlyCollection<string> withdrawn, IReadOnlySet<string> live)
    {
        if (withdrawn.Count == 0 || ContentReader.Settings(ContentFiles.Of([KeyValuePair.Create(DataTable.Settings.Path, settings)])) is not { } read) return settings;
        var known = read.Redirects.Select(redirect => redirect.From).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var redirects = withdrawn.Order(StringComparer.Ordinal).Select(document => (From: Addresses.Of(DocumentId.Parse(document)), To: Above(document, live))).Where(each => each.From != each.To && !known.Contains(each.From))
            .Aggregate(read.Redirects, (all, each) => RedirectTable.With(all, each.From, each.To, forNow: true));
        return redirects.Count == read.Redirects.Count ? settings : RedirectTable.Write(settings, redirects);
    }

    private static string Above(string document, IReadOnlySet<string> live)
    {
        for (var at = document.LastIndexOf('/'); at > 0; at = document[..at].LastIndexOf('/'))
            if (live.Contains(document[..at])) return Addresses.Of(DocumentId.Parse(document[..at]));
        return Addresses.Of(DocumentId.Home);
    }
}

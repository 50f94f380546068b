using Portal.Cms.Staff;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Documents;

/// <summary>Who may change which text, and where its editor stands. Texts that are no documents have rules of their own.</summary>
internal static class EntryAccess
{
    private const string Settings = "settings";
    private const string Data = "data";
    private const string Strings = "strings";

    /// <summary>Those of the texts that they may read.</summary>
    public static IQueryable<Entry> Readable(this StaffUser user, IQueryable<Entry> entries) => user.Languages is { } own
        ? entries.Where(entry => entry.Language == Language.Base.Code || own.Contains(entry.Language))
        : entries;

    /// <summary>True where they may change any part of the text.</summary>
    public static bool MayWrite(this StaffUser user, Entry entry) => entry.Kind switch
    {
        Settings => user.Can(Permissions.Own),
        Data => user.Can(Permissions.Own) || user.Can(Permissions.Lead),
        Strings when entry.Language == Language.Base.Code => user.Can(Permissions.Lead),
        _ => user.CanWrite(entry.Language),
    };

    /// <summary>True where they may ask a second person to look at it: the settings hold the redirects too, which are the Lead's.</summary>
    public static bool MaySubmit(this StaffUser user, Entry entry) => user.MayWrite(entry) || (entry.Kind == Settings && user.Can(Permissions.Lead));

    /// <summary>Address of the page that edits the text; its history where it has none.</summary>
    public static string EditorOf(Entry entry) => entry switch
    {
        { Document: not null } => "/documents/edit/" + entry.Path,
        { Kind: Settings } => "/settings",
        { Kind: Data } => "/" + entry.Path,
        _ => "/translations/strings/" + entry.Language,
    };

    /// <summary>The same by the path alone, of a text that may not be there yet.</summary>
    public static string EditorOf(string path) => path switch
    {
        _ when EntryText.DocumentOf(path) is not null => "/documents/edit/" + path,
        _ when path == DataTable.Settings.Path => "/settings",
        _ when path.StartsWith("strings/", StringComparison.Ordinal) => "/translations/strings/" + EntryText.LanguageOf(path),
        _ => "/" + path,
    };

    /// <summary>Why a text cannot be taken off the site; null where it can.</summary>
    /// <param name="entry">The text.</param>
    /// <param name="settings">The public settings.</param>
    public static string? NeededFor(Entry entry, SiteSettings? settings)
    {
        if (entry.Document is null) return "The site cannot be without this. Change it instead.";
        if (entry.Language != Language.Base.Code) return null;
        if (entry.Document == "home") return "The site cannot be without its start page. Change it instead.";
        if (settings is { Stage: Content.Reading.Stage.Live } && (entry.Document == "privacy" || settings.Redirects.Any(redirect => redirect.From == "/privacy/" && redirect.To == $"/{entry.Document}/")))
            return "People rely on the site, and it cannot be without its privacy notice. Change it instead.";
        return settings is not null && entry.Document is var document && (document == "lines/" + settings.MainLine || document == "lines/" + settings.EmergencyLine)
            ? "Every page shows this line. Name another in the settings first."
            : null;
    }
}

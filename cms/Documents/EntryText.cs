using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Text;

namespace Portal.Cms.Documents;

/// <summary>What the columns of an entry say, read from its path and its text.</summary>
internal static class EntryText
{
    /// <summary>Name of the kind whose records tell where somebody can go.</summary>
    public static string PlaceKind { get; } = DocumentKind.All.First(kind => kind.Type == typeof(AccessPoint)).Name;

    private const string Pages = "pages/";

    /// <summary>True for a path that holds text the CMS keeps; media is kept apart.</summary>
    public static bool IsText(string path) =>
        path.EndsWith(".md", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".csv", StringComparison.Ordinal);

    /// <summary>Path of a document's text in a language.</summary>
    public static string PathOf(DocumentId id, string language) => $"{Pages}{id}/{language}.md";

    public static string? DocumentOf(string path) => path.StartsWith(Pages, StringComparison.Ordinal) && path.LastIndexOf('/') is var end && end > Pages.Length ? path[Pages.Length..end] : null;

    public static string LanguageOf(string path) =>
        DocumentOf(path) is not null || path.StartsWith("strings/", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(path) : Language.Base.Code;

    /// <summary>Name of the kind a text says it has; for a text that is no document the folder it lies in.</summary>
    /// <param name="basis">The base language's text of the same document, which alone names the kind; null where this is it.</param>
    public static string KindOf(string path, string text, string? basis)
    {
        if (DocumentOf(path) is null) return path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : "settings";
        return ValueOf(DocumentText.Parse(basis ?? text), "kind");
    }

    /// <summary>The first text of a new document.</summary>
    public static string New(DocumentKind kind, string title) =>
        FieldValues.Apply(DocumentText.Parse($"---\nkind: {kind.Name}\n---\n"), kind.Type, new Dictionary<string, FieldValue> { ["title"] = new FieldValue.Words(title) }).ToString();

    /// <summary>Fills the columns that lists need from the text.</summary>
    public static void Describe(Entry entry, string text)
    {
        if (entry.Document is null)
        {
            if (entry.Kind is "settings" or "data") entry.Title = EditorWords.LabelOf(Path.GetFileNameWithoutExtension(entry.Path));
            return;
        }

        var read = DocumentText.Parse(text);
        var values = FieldValues.Read(read, DocumentKind.Find(entry.Kind)?.Type ?? typeof(Page));
        entry.Title = Words(values, "title") is { Length: > 0 } title ? title : entry.Path;
        entry.Owner = Words(values, "owner");
        entry.ReviewBy = Words(values, "reviewBy") is { Length: > 0 } day ? day : null;
        (entry.Progress, entry.ReviewedBy, entry.ReviewedOn) = entry.Language == Language.Base.Code || entry.Language == Language.Simple.Code
            ? (null, null, null)
            : (ValueOf(read, "state"), Filled(ValueOf(read, "reviewedBy")), Filled(ValueOf(read, "reviewedOn")));
        entry.Topics = values.TryGetValue("topics", out var topics) && topics is FieldValue.Items items
            ? " " + string.Join(' ', items.Values.OfType<FieldValue.Words>().Select(item => item.Text)) + " "
            : string.Empty;
        if (entry.Kind != PlaceKind) return;
        entry.District = Words(values, "district") is { Length: > 0 } district ? district : entry.District;
        entry.VerifiedOn = Words(values, "verifiedOn") is { Length: > 0 } verified ? verified : null;
        entry.HoldsPlace = SecretPlace.PlaceIn(read) is not null;
        if (entry.Language != Language.Base.Code) return;
        (entry.IsRefuge, entry.Confidential) = (SecretPlace.IsRefuge(read), SecretPlace.IsConfidential(read));
        entry.NeedsConfirming = Words(values, "type") != "remote" && Words(values, "publish") != "no" && Words(values, "standing") == "current" && !entry.Confidential;
    }

    private static string Words(IReadOnlyDictionary<string, FieldValue> values, string key) => values.TryGetValue(key, out var value) && value is FieldValue.Words words ? words.Text : string.Empty;

    private static string? Filled(string value) => value.Length > 0 ? value.Trim('"') : null;

    private static string ValueOf(DocumentText text, string key) =>
        text.Fields.FirstOrDefault(field => field.Key == key)?.Source is { } source ? source[(source.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() : string.Empty;
}

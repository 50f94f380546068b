using Portal.Cms.Documents;
using Portal.Content.Documents;
using Portal.Content.Languages;

namespace Portal.Cms.Translations;

/// <summary>Where the screens of translations stand.</summary>
internal static class TranslationPaths
{
    /// <summary>The screen that belongs to a text: side by side for a translation, the row of the matrix for an English one.</summary>
    public static string Of(Entry entry) => entry.Language == Language.Base.Code || entry.Language == Language.Simple.Code
        ? $"/translations?q={Uri.EscapeDataString(entry.Document ?? string.Empty)}"
        : Edit(entry.Language, entry.Document!);

    public static string Edit(string language, string document) => $"/translations/edit/{language}/{document}";

    /// <summary>The editor of a translation's whole text, for what has no place beside the English one.</summary>
    public static string Whole(string path) => $"/documents/edit/{path}?whole=yes";

    public static string TextOf(string language, string document) => EntryText.PathOf(DocumentId.Parse(document), language);
}

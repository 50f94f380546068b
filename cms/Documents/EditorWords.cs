using System.Text;

using NodaTime;

using Portal.Content.Documents;
using Portal.Content.Text;

namespace Portal.Cms.Documents;

/// <summary>What staff read beside a field: its key as words, and what it takes.</summary>
internal static class EditorWords
{
    /// <summary>A key or a choice as words: <c>tabTitle</c> is "Tab title", <c>drop-in</c> is "Drop in".</summary>
    public static string LabelOf(string key)
    {
        if (Said(key) is { } said) return said;
        var words = new StringBuilder(key.Length + 4);
        foreach (var letter in key)
        {
            if (letter == '-') words.Append(' ');
            else if (char.IsAsciiDigit(letter) && words.Length > 0 && char.IsLetter(words[^1])) words.Append(' ').Append(letter);
            else if (char.IsUpper(letter)) words.Append(' ').Append(char.ToLowerInvariant(letter));
            else words.Append(words.Length == 0 ? char.ToUpperInvariant(letter) : letter);
        }

        return words.ToString();
    }

    /// <summary>Keys whose own letters are no word.</summary>
    private static string? Said(string key) => key switch
    {
        "bsl" => "British Sign Language",
        "url" => "Web address",
        "baseUrl" => "Web address of the site",
        "href" => "Leads to",
        _ => null,
    };

    public static string? HintOf(Field field, Type type) => field.Key switch
    {
        "title" => "The heading people read on the page.",
        "tabTitle" => "Stands in the tab, the history and bookmarks: neutral words that give nothing away. 3 to 40 letters.",
        "summary" => "One sentence for lists and search, at most 160 letters.",
        "keywords" => "Words people search for that do not stand on the page.",
        "warning" => "Shown before the text where it may be hard to read.",
        "owner" => "The team or role that answers for this text. Guides, pathways and services need one.",
        "reviewed" => "Day somebody last read it against its sources, such as 22/11/2026. Guides, pathways and services need one.",
        "verifiedOn" or "verifiedBy" => "Filled in by the button \"I rang\".",
        "downloads" => "Paths of files in the media library, one on a line, such as kit/words.txt.",
        "confidential" => "Yes keeps the whole record off the site and out of every answer of the CMS to the public.",
        _ when type == typeof(LocalDate) => "Day, month and year, such as 22/11/2026.",
        _ when type == typeof(LocalTime) => "Hours:minutes of a 24-hour clock, such as 09:30.",
        _ when type == typeof(double) => "A number such as 51.2745.",
        _ when type == typeof(DocumentId) => "Path of a document, such as guides/leaving-home.",
        _ when FieldValues.ElementOf(type) == typeof(DocumentId) => "Paths of documents, one on a line, such as guides/leaving-home.",
        _ when FieldValues.ElementOf(type) is { } => "One on a line.",
        _ when field.IsMarkdown => "Paragraphs, lists, bold and links.",
        _ => null,
    };
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;

namespace Portal.Site.Search;

/// <summary>
/// One prebuilt index for each language: address, heading, inner headings, summary, keywords of every page. The browser
/// fetches it whole when the field is touched, so the host never learns what anybody looked for.
/// </summary>
internal static class SearchIndex
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Name of a language's index among the site's assets.</summary>
    public static string Name(Language language) => "search." + language.Code;

    /// <summary>The rows of a language: its own pages, and English ones where it has none; the search itself is no find.</summary>
    public static byte[] Write(Edition edition, Language language) => JsonSerializer.SerializeToUtf8Bytes(
        edition.Documents.Where(document => document is not (Notice or Update or Page { View: PageView.Search }))
            .Select(document => edition.Nearest(document.Id, language)!)
            .OrderBy(document => document.Language == language ? 0 : 1).ThenBy(document => document.Id)
            .Select(document => new[]
            {
                Addresses.In(document.Language, Addresses.Of(document.Id)),
                document.Title,
                string.Join(" · ", document.Body.Headings.Select(heading => heading.Text)),
                document.Summary,
                document.Keywords ?? string.Empty,
            }), Compact);
}

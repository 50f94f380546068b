using Portal.Content.Documents;
using Portal.Content.Languages;

namespace Portal.Content.Reading;

/// <summary>Addresses of documents: neutral ones, without host and without language, and those of a language.</summary>
public static class Addresses
{
    /// <summary>The address of a document: <c>/</c> for the start page, else <c>/path/</c>.</summary>
    public static string Of(DocumentId id) => id == DocumentId.Home ? "/" : $"/{id}/";

    /// <summary>Every neutral address a document has: its own, and one for each later question or a poster.</summary>
    public static IEnumerable<string> Of(Document document)
    {
        yield return Of(document.Id);
        if (document is Page page)
            foreach (var question in page.Questions.Skip(1))
                yield return $"/{document.Id}/{question.Id}/";
        if (document is Campaign { Poster: not null }) yield return $"/{document.Id}/poster/";
    }

    /// <summary>A neutral address in a language: <c>/pl/guides/…/</c>.</summary>
    public static string In(Language language, string neutral) => language.IsBase ? neutral : $"/{language.Prefix}{neutral}";

    /// <summary>The id a neutral address leads to where it is a document's own; anything behind '#' is passed over.</summary>
    public static bool TryDocument(string neutral, out DocumentId id)
    {
        var path = neutral.Split('#')[0];
        if (path == "/")
        {
            id = DocumentId.Home;
            return true;
        }

        id = default;
        return path.Length > 2 && path.StartsWith('/') && path.EndsWith('/') && DocumentId.TryParse(path[1..^1], out id);
    }
}

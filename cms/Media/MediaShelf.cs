using Portal.Content.Languages;

namespace Portal.Cms.Media;

/// <summary>The files an editor may name, read once for all fields of a form.</summary>
/// <param name="Language">Of the text that is edited: its descriptions are offered.</param>
public sealed record MediaShelf(IReadOnlyList<MediaFile> Files, Language Language)
{
    public MediaFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    /// <summary>What the library says a picture shows, in the language of the text; null where it says nothing.</summary>
    public string? WordsFor(MediaFile file) => file.IsPicture ? file.ReadNotes().Alt.GetValueOrDefault(Language.Code) : null;
}

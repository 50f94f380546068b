using System.Text.RegularExpressions;

using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;

namespace Portal.Content.Rules;

/// <summary>Every media file that a document names is there, is of the kind its use asks for, and has a name that every host takes.</summary>
public static partial class MediaUse
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>True for a path that shows a picture, by its ending.</summary>
    public static bool IsPicture(string path) => Pictures.Any(ending => path.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>True for a path below <c>media/</c> that every host takes.</summary>
    public static bool IsName(string path) => Shape().IsMatch(path);

    /// <summary>Every file that a public text names, and the shapes in which its pictures are shown: nothing else of the media goes out.</summary>
    public static IReadOnlySet<(string Media, PictureShape Shape)> Named(Edition edition) =>
        Links.Variants(edition).SelectMany(Of).Where(use => edition.Library.Media.Contains(use.Path)).Select(use => (use.Path, use.Shape)).ToHashSet();

    internal static IEnumerable<Problem> Check(Edition edition)
    {
        var media = edition.Library.Media;
        foreach (var path in media.Where(path => !Shape().IsMatch(path)).Order(StringComparer.Ordinal))
            yield return new("media/" + path, 0, "The file name has other than lower-case letters, digits and hyphens, or not one ending.", "Rename it, such as media/kit/words.txt.");

        foreach (var problem in CheckNotes(edition.Library)) yield return problem;
        foreach (var document in Links.Variants(edition))
        {
            foreach (var use in Of(document))
            {
                if (!media.Contains(use.Path))
                    yield return new(document.File, use.Line, $"The file media/{use.Path} does not exist.", "Put it there, or name another.");
                else if (use.IsPicture != IsPicture(use.Path))
                    yield return new(document.File, use.Line, $"The file media/{use.Path} is {(use.IsPicture ? "no picture" : "a picture")}.",
                        use.IsPicture ? "Name a PNG, JPEG or WebP file." : "Show pictures in an image block; name a document, a video or captions here.");
            }
        }
    }

    private static IEnumerable<Problem> CheckNotes(ContentLibrary library)
    {
        var languages = library.Languages.Select(language => language.Code).ToHashSet();
        foreach (var (path, notes) in library.Notes.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            var file = $"media/{path}{MediaNotes.Ending}";
            if (!library.Media.Contains(path)) yield return new(file, 0, $"The text describes media/{path}, which does not exist.", "Put the file there, or take its text away.");
            foreach (var code in notes.Alt.Keys.Where(code => !languages.Contains(code)))
                yield return new(file, 0, $"'{code}' is no language of the site.", "Use the codes of data/languages.yaml.");
        }
    }

    private static IEnumerable<Use> Of(Document document) => document.Body.Blocks.SelectMany(Of)
        .Concat(((document as Campaign)?.Downloads ?? []).Select(path => new Use(path, IsPicture: false, 0)))
        .Concat(document.Bsl is { } bsl ? [new Use(bsl.Video, IsPicture: false, 0), new Use(bsl.Captions, IsPicture: false, 0)] : []);

    private static IEnumerable<Use> Of(Block block) => block switch
    {
        Block.Image image => [new(image.Media, IsPicture: true, block.Line) { Shape = image.Shape }],
        Block.Download download => [new(download.Media, IsPicture: false, block.Line)],
        Block.Video video => [new(video.Media, IsPicture: false, block.Line), new(video.Captions, IsPicture: false, block.Line),
            .. video.Poster is { } poster ? new[] { new Use(poster, IsPicture: true, block.Line) } : []],
        _ => [],
    };

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*\.[a-z0-9]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Shape();

    /// <summary>One place where a document names a file.</summary>
    private sealed record Use(string Path, bool IsPicture, int Line)
    {
        public PictureShape Shape { get; init; }
    }
}

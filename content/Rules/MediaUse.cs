using System.Text.RegularExpressions;

using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>Every media file that a document names is there, is of the kind its use asks for, and has a name that every host takes.</summary>
internal static partial class MediaUse
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".webp"];

    public static IEnumerable<Problem> Check(Edition edition)
    {
        var media = edition.Library.Media;
        foreach (var path in media.Where(path => !Shape().IsMatch(path)).Order(StringComparer.Ordinal))
            yield return new("media/" + path, 0, "The file name has other than lower-case letters, digits and hyphens, or not one ending.", "Rename it, such as media/kit/words.txt.");

        foreach (var document in Links.Variants(edition))
        {
            var named = document.Body.Blocks.SelectMany(Of)
                .Concat(((document as Campaign)?.Downloads ?? []).Select(path => new Use(path, IsPicture: false, 0)))
                .Concat(document.Bsl is { } bsl ? [new Use(bsl.Video, IsPicture: false, 0), new Use(bsl.Captions, IsPicture: false, 0)] : []);
            foreach (var use in named)
            {
                if (!media.Contains(use.Path))
                    yield return new(document.File, use.Line, $"The file media/{use.Path} does not exist.", "Put it there, or name another.");
                else if (use.IsPicture != Pictures.Any(ending => use.Path.EndsWith(ending, StringComparison.Ordinal)))
                    yield return new(document.File, use.Line, $"The file media/{use.Path} is {(use.IsPicture ? "no picture" : "a picture")}.",
                        use.IsPicture ? "Name a PNG, JPEG or WebP file." : "Show pictures in an image block; name a document, a video or captions here.");
            }
        }
    }

    private static IEnumerable<Use> Of(Block block) => block switch
    {
        Block.Image image => [new(image.Media, IsPicture: true, block.Line)],
        Block.Download download => [new(download.Media, IsPicture: false, block.Line)],
        Block.Video video => [new(video.Media, IsPicture: false, block.Line), new(video.Captions, IsPicture: false, block.Line),
            .. video.Poster is { } poster ? new[] { new Use(poster, IsPicture: true, block.Line) } : []],
        _ => [],
    };

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*\.[a-z0-9]+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();

    /// <summary>One place where a document names a file.</summary>
    private sealed record Use(string Path, bool IsPicture, int Line);
}

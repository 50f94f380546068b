using System.Security.Cryptography;
using System.Text;

namespace Portal.Cms.Publishing;

/// <summary>
/// Which revision of each text a publication was made of, which bytes of each media file, and what the CMS added: kept
/// with its manifest, so that a roll back knows what of it has left the site since.
/// </summary>
/// <param name="Frame">Hash of what a slice adds, such as the form's keys and whether it is open, and of where the leave button leads.</param>
internal sealed record MadeOf(IReadOnlyList<(string Path, Guid Revision)> Texts, IReadOnlyList<(string Path, string Hash)> Media, string Frame)
{
    private const char TextMark = '=';
    private const char MediaMark = '*';
    private const char FrameMark = '#';

    public static MadeOf Of(SiteState state) => new(state.Texts, [.. state.Media.Select(file => (file.Path, file.Hash))], FrameOf(state));

    /// <summary>A hash of what a slice adds and where the leave button leads.</summary>
    public static string FrameOf(SiteState state) => Hash(string.Concat(state.Added.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Path}\n{file.Text}\n"))
        + (state.Leave is { UsesSecond: true } check ? $"leave by {check.Second} instead of {check.First}" : string.Empty));

    /// <summary>The lines of a manifest that say it; no line of a file begins like one.</summary>
    public IEnumerable<string> Lines() => Texts.OrderBy(text => text.Path, StringComparer.Ordinal).Select(text => $"{TextMark}{text.Revision:N} {text.Path}")
        .Concat(Media.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{MediaMark}{file.Hash} {file.Path}"))
        .Append($"{FrameMark}{Frame}");

    /// <summary>True for a line of a manifest that is not a file's.</summary>
    public static bool IsLine(string line) => line.Length > 0 && line[0] is TextMark or MediaMark or FrameMark;

    /// <summary>Reads the lines of a manifest; null where it has none, as those of earlier versions of the program.</summary>
    public static MadeOf? Read(IEnumerable<string> lines)
    {
        var (texts, media, frame) = (new List<(string, Guid)>(), new List<(string, string)>(), (string?)null);
        foreach (var line in lines.Where(IsLine))
        {
            if (line[0] == FrameMark)
            {
                frame = line[1..];
                continue;
            }

            var at = line.IndexOf(' ', StringComparison.Ordinal);
            if (line[0] == TextMark) texts.Add((line[(at + 1)..], Guid.ParseExact(line[1..at], "N")));
            else media.Add((line[(at + 1)..], line[1..at]));
        }

        return frame is null ? null : new(texts, media, frame);
    }

    /// <summary>True where nothing of it is missing or other there.</summary>
    public bool IsSameAs(MadeOf other) => Lines().SequenceEqual(other.Lines());

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

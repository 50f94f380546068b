using System.Text.RegularExpressions;

namespace Portal.Cms.Media;

/// <summary>
/// What of a text may be the path of a media file. Rather too much than too little: a file that is named anywhere, even in
/// a text with a mistake, is not to be deleted.
/// </summary>
internal static partial class MediaMentions
{
    public static IReadOnlySet<string> In(string text) => Path().Matches(text).Select(match => match.Value).ToHashSet();

    /// <summary>The same between blanks, so that one can be looked for in a column.</summary>
    public static string Column(string text) => In(text) is { Count: > 0 } found ? $" {string.Join(' ', found.Order(StringComparer.Ordinal))} " : string.Empty;

    [GeneratedRegex(@"(?<![\w./:@-])[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*\.[a-z][a-z0-9]{1,4}(?![\w/-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Path();
}

using System.Text.RegularExpressions;

using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>
/// How many years of school a text asks for, by the Automated Readability Index (Smith and Senter, 1967): 4.71 times the
/// letters a word plus 0.5 times the words a sentence, less 21.43. It is made for English, and counts what can be counted:
/// a low grade is no proof of a clear text.
/// </summary>
public static partial class ReadingGrade
{
    /// <summary>Fewer words say nothing about a text.</summary>
    private const int FewestWords = 100;

    private const double Public = 9;
    private const double Simple = 6;

    /// <summary>For texts that professionals and readers of the law read at work.</summary>
    private const double AtWork = 13;

    internal static IEnumerable<Problem> Check(Edition edition)
    {
        foreach (var document in Links.Variants(edition).Where(document => document.Language.IsBase || document.Language.IsSimple))
        {
            var most = document.Language.IsSimple ? Simple : document is Pathway or Policy or Update || document.Id.Folder.StartsWith("professionals", StringComparison.Ordinal) ? AtWork : Public;
            if (Of(string.Join('\n', document.Body.Texts.Concat(document.Texts.Values).Select(text => text.Plain))) is { } grade && grade > most)
                yield return new(document.File, 0, $"The text reads at grade {grade:0.0}; {most:0} is the most for this kind.", "Shorten sentences and choose shorter words.", Weight.Warning);
        }
    }

    /// <summary>The grade, from about 1 to 14 and more; null for a text of fewer than 100 words. A line's end ends a sentence.</summary>
    public static double? Of(string text)
    {
        var words = Word().Matches(text);
        if (words.Count < FewestWords) return null;
        var letters = words.Sum(word => word.Value.Count(char.IsLetterOrDigit));
        var sentences = Math.Max(1, Sentence().Count(text));
        return (4.71 * letters / words.Count) + (0.5 * words.Count / sentences) - 21.43;
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(['’.,-][\p{L}\p{N}]+)*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Word();

    [GeneratedRegex(@"[^.!?\n]*[\p{L}\p{N}][^.!?\n]*([.][\p{L}\p{N}][^.!?\n]*)*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Sentence();
}

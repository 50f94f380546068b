using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Content.Text;

/// <summary>
/// Spells one value in YAML so that every reader takes it for the same text: plain where that is safe, a block of lines
/// where it has several, else in double quotes.
/// </summary>
internal static partial class YamlScalar
{
    /// <summary>One word that may also stand in a list between brackets.</summary>
    public static bool IsWord(string text) => Word().IsMatch(text) && !IsOtherType(text);

    /// <summary>The value as it stands behind <c>key: </c>, without a newline at the end.</summary>
    /// <param name="text">The value; newlines at its end are not kept, as in reading.</param>
    /// <param name="indent">Spaces before each line of a block.</param>
    public static string Write(string text, int indent) =>
        IsPlain(text) ? text : IsBlock(text) ? Block(text, indent) : Quoted(text);

    private static bool IsPlain(string text) =>
        text.Length > 0 && !char.IsWhiteSpace(text[^1]) && (char.IsLetterOrDigit(text[0]) || text[0] is '/' or '(')
        && !text.Any(IsUnsafe) && !text.Contains('\n', StringComparison.Ordinal)
        && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal) && text[^1] != ':'
        && !IsOtherType(text);

    /// <summary>Several lines that keep their shape in a block: none blank at either end, none of blanks alone.</summary>
    private static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal) && !text.Any(IsUnsafe) && !char.IsWhiteSpace(text[0]) && text[^1] != '\n'
        && text.Split('\n').All(line => line.Length == 0 || !string.IsNullOrWhiteSpace(line));

    private static string Block(string text, int indent)
    {
        var margin = new string(' ', indent);
        return "|\n" + string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : margin + line));
    }

    /// <summary>The value in double quotes.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var letter in text)
        {
            quoted.Append(letter switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when IsUnsafe(letter) => $"\\u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Control characters, invisible ones and the line ends beside '\n': they would be lost or split a line.</summary>
    private static bool IsUnsafe(char letter) => letter != '\n' && char.GetUnicodeCategory(letter)
        is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned || letter is '\uFEFF';

    private static bool IsOtherType(string text) => Other().IsMatch(text);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_/.-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Word();

    /// <summary>What YAML 1.1 or 1.2 takes for nothing, a truth value, a number, a time or a date; telephone numbers look like one too.</summary>
    [GeneratedRegex(@"^(null|true|false|yes|no|on|off|y|n|[+-]?[\d.][\d._,:]*(e[+-]?\d+)?|0[xob][\da-f_]+|[+-]?\.(inf|nan)|\d{4}-\d\d?-\d\d?([Tt ].*)?|[\d ()]+)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Other();
}

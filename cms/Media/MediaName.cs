using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

using Portal.Content.Rules;

namespace Portal.Cms.Media;

/// <summary>Paths of files as visitors' downloads folders may show them: short, lower case, and saying nothing.</summary>
internal static partial class MediaName
{
    private const int MostLetters = 100;
    private const int MostFolders = 3;

    /// <summary>Letters with marks behind the plain one they stand for: the program carries no tables of the world's letters.</summary>
    private const string Plain = "aàáâãäåāăąbcçćčdďđeèéêëēėęěgğhiìíîïīįıklľłnñńňoòóôõöøőrřsśşšștťțţuùúûüūůűyýÿzźżž";

    /// <summary>A typed name, or the name of a chosen file, as a segment of a path; empty where no letter or digit is in it.</summary>
    public static string Slug(string typed)
    {
        var slug = new StringBuilder();
        foreach (var letter in typed.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter)) slug.Append(letter);
            else if (Plain.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0) slug.Append(Plain[..at].Last(char.IsAsciiLetter));
            else if (letter is not ('\'' or '’') && char.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().Trim('-');
    }

    /// <summary>The last part of what a browser sends as a file's name; some send its folders too.</summary>
    public static string Last(string sent) => sent[(sent.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>What is wrong with a path, in words that say what to do; null where nothing is.</summary>
    /// <param name="sensitive">Stems that must not stand in a name, by language code.</param>
    public static string? Fault(string path, IReadOnlyDictionary<string, IReadOnlyList<string>> sensitive)
    {
        if (!MediaUse.IsName(path)) return $"'{path}' is no path. Use lower-case letters, digits and single hyphens, such as kit/words.";
        if (path.Length > MostLetters) return $"'{path}' is too long. Use at most {MostLetters} letters with its folders.";
        if (path.Count(letter => letter == '/') > MostFolders) return $"'{path}' lies too deep. Use at most {MostFolders} folders.";
        if (LongNumber().IsMatch(path)) return $"'{path}' holds what may be a telephone number. Choose a name without personal details.";
        return NeutralNames.Find(path, sensitive, Content.Languages.Language.Base) is { } word
            ? $"'{path}' holds the word '{word}', and a downloads folder shows it. Choose a neutral name."
            : null;
    }

    [GeneratedRegex(@"\d{9}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex LongNumber();
}

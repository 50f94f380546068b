using System.Text.RegularExpressions;

namespace Portal.Content.Text;

/// <summary>
/// One top-level entry of the front matter as it stands in the file, or the comments and blank lines between two of them:
/// those belong to neither, so that a changed field takes no remark with it.
/// </summary>
/// <param name="Key">The key; empty for comments, blank lines and whatever else has none.</param>
/// <param name="Source">The key's line and every line that belongs to it, endings included.</param>
/// <param name="Line">Line in the file of its first line, which a key stands on, counted from 1.</param>
public sealed partial record FieldText(string Key, string Source, int Line)
{
    /// <summary>
    /// Lines of the file before the first line of the value: a text begins beside its key, a block of lines below it.
    /// </summary>
    public int LinesBeforeValue
    {
        get
        {
            var lines = Lines.Of(Source);
            var beside = lines[0][(lines[0].IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (BlockMark().IsMatch(beside)) return Line;
            var below = Nothing().IsMatch(beside) ? lines.FindIndex(1, line => !Nothing().IsMatch(line)) : 0;
            return Line - 1 + Math.Max(0, below);
        }
    }

    /// <param name="lines">The fields' lines.</param>
    /// <param name="before">Lines of the file before them: one for a fence.</param>
    internal static IReadOnlyList<FieldText> Split(List<string> lines, int before = 1)
    {
        var fields = new List<FieldText>();
        var start = 0;
        for (var at = 0; at < lines.Count;)
        {
            // Blank lines and comments are the field's where more of it follows, else they stand between two fields.
            var rest = lines.FindIndex(at, line => !IsBetween(line));
            if (rest < 0 || (rest > at && (fields.Count == 0 || KeyOf(lines[rest]).Length > 0)))
            {
                at = rest < 0 ? lines.Count : rest;
                Add(string.Empty, at);
                continue;
            }

            var key = KeyOf(lines[rest]);
            at = rest + 1;
            if (key.Length == 0 && fields.Count > 0) fields[^1] = fields[^1] with { Source = fields[^1].Source + string.Concat(lines.GetRange(start, at - start)) };
            else Add(key, at);
            start = at;
        }

        return fields;

        void Add(string key, int end)
        {
            fields.Add(new(key, string.Concat(lines.GetRange(start, end - start)), start + 1 + before));
            start = end;
        }
    }

    private static bool IsBetween(string line) => line.StartsWith('#') || string.IsNullOrWhiteSpace(line);

    private static string KeyOf(string line)
    {
        if (line.Length == 0 || !char.IsAsciiLetter(line[0])) return string.Empty;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? string.Empty : line[..colon].TrimEnd();
    }

    /// <summary>The mark that a block of lines follows, with how it is to be read.</summary>
    [GeneratedRegex(@"^\s*[|>][-+1-9]{0,2}\s*(#.*)?\z", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex BlockMark();

    [GeneratedRegex(@"^\s*(#.*)?\z", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Nothing();
}

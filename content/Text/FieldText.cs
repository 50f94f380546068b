namespace Portal.Content.Text;

/// <summary>
/// One top-level entry of the front matter as it stands in the file, or the comments and blank lines between two of them:
/// those belong to neither, so that a changed field takes no remark with it.
/// </summary>
/// <param name="Key">The key; empty for comments, blank lines and whatever else has none.</param>
/// <param name="Source">The key's line and every line that belongs to it, endings included.</param>
/// <param name="Line">Line in the file of its first line, which a key stands on, counted from 1.</param>
public sealed record FieldText(string Key, string Source, int Line)
{
    internal static IReadOnlyList<FieldText> Split(List<string> lines)
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
            fields.Add(new(key, string.Concat(lines.GetRange(start, end - start)), start + 2));
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
}

namespace Portal.Content.Text;

/// <summary>One top-level entry of the front matter as it stands in the file.</summary>
/// <param name="Key">The key; empty for comments and blank lines before the first key.</param>
/// <param name="Source">The key's line and every line that belongs to it, endings included.</param>
/// <param name="Line">Line of the key in the file, counted from 1.</param>
public sealed record FieldText(string Key, string Source, int Line)
{
    internal static IReadOnlyList<FieldText> Split(List<string> lines)
    {
        var fields = new List<FieldText>();
        for (var at = 0; at < lines.Count; at++)
        {
            var key = KeyOf(lines[at]);
            if (key.Length == 0 && fields.Count > 0)
                fields[^1] = fields[^1] with { Source = fields[^1].Source + lines[at] };
            else
                fields.Add(new(key, lines[at], at + 2));
        }

        return fields;
    }

    private static string KeyOf(string line)
    {
        if (line.Length == 0 || !char.IsAsciiLetter(line[0])) return string.Empty;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? string.Empty : line[..colon];
    }
}

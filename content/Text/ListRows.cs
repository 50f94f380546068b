using System.Text;

namespace Portal.Content.Text;

/// <summary>
/// A list of records as text, each row a slice: rows that did not change keep their bytes, and remarks between two rows
/// stay where they are.
/// </summary>
internal static class ListRows
{
    private const string Dash = "- ";

    /// <summary>The list with other rows; null where the text has no row on a line of its own.</summary>
    /// <param name="source">The key's line and the list below it.</param>
    /// <param name="before">What its rows say.</param>
    /// <param name="after">What they shall say.</param>
    /// <param name="same">Whether two rows say the same.</param>
    /// <param name="write">A row's lines with the given indentation, without that of the first line, ending in a newline.</param>
    public static string? Replace(string source, IReadOnlyList<FieldValue> before, IReadOnlyList<FieldValue> after, Func<FieldValue, FieldValue, bool> same, Func<FieldValue, int, string> write)
    {
        if (Split(source) is not var (parts, indent) || parts.Count(part => part.IsRow) != before.Count) return null;

        var margin = new string(' ', indent) + Dash;
        var rows = Align(before, after, same);
        var text = new StringBuilder();
        var (at, pair) = (0, 0);
        foreach (var part in parts)
        {
            if (part.IsRow)
            {
                Add(at);
                for (; pair < rows.Count && rows[pair].Old == at; pair++)
                    if (rows[pair].New is { } kept) Put(rows[pair].Keeps ? part.Text : margin + write(after[kept], indent + Dash.Length));
                at++;
            }
            else
            {
                if (at == before.Count) Add(int.MaxValue);
                text.Append(part.Text);
            }
        }

        Add(int.MaxValue);
        return text.ToString();

        // Rows that stand before an old one and are new.
        void Add(int old)
        {
            for (; pair < rows.Count && rows[pair].Old is null && rows[pair].Before <= old; pair++) Put(margin + write(after[rows[pair].New!.Value], indent + Dash.Length));
        }

        void Put(string row)
        {
            if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
            text.Append(row);
        }
    }

    /// <summary>The rows and what stands between them, and the column of the dashes; null where there is none or a line fits neither.</summary>
    private static (List<(bool IsRow, string Text)> Parts, int Indent)? Split(string source)
    {
        var lines = Lines.Of(source);
        var first = lines.FindIndex(1, IsDash);
        if (first < 0) return null;

        var indent = Indent(lines[first]);
        var parts = new List<(bool IsRow, string Text)> { (false, string.Concat(lines.Take(first))) };
        var between = string.Empty;
        foreach (var line in lines.Skip(first))
        {
            if (Indent(line) == indent && IsDash(line))
            {
                if (between.Length > 0) parts.Add((false, between));
                between = string.Empty;
                parts.Add((true, line));
            }
            else if (string.IsNullOrWhiteSpace(line) || (Indent(line) <= indent && line.TrimStart().StartsWith('#')))
            {
                between += line;
            }
            else if (Indent(line) > indent)
            {
                parts[^1] = (true, parts[^1].Text + between + line);
                between = string.Empty;
            }
            else
            {
                return null;
            }
        }

        if (between.Length > 0) parts.Add((false, between));
        return (parts, indent);
    }

    /// <summary>
    /// Which new row stands for which old one: those that say the same first (a longest common sequence), then, between
    /// two of these, in their order. A row has an old index, a new one or both; <c>Before</c> is the old row it stands before.
    /// </summary>
    private static List<(int? Old, int? New, bool Keeps, int Before)> Align(IReadOnlyList<FieldValue> before, IReadOnlyList<FieldValue> after, Func<FieldValue, FieldValue, bool> same)
    {
        var rows = new List<(int? Old, int? New, bool Keeps, int Before)>();
        var (old, now, oldFrom, nowFrom) = (0, 0, 0, 0);
        while (old < before.Count && now < after.Count && same(before[old], after[now])) Keep();

        // Mostly one row of a long list changed: only the rows between equal ends are compared with each other.
        var tail = 0;
        while (tail < Math.Min(before.Count, after.Count) - old && same(before[before.Count - 1 - tail], after[after.Count - 1 - tail])) tail++;
        var (head, oldRows, newRows) = (old, before.Count - tail - old, after.Count - tail - now);
        var length = Enumerable.Range(0, oldRows + 1).Select(_ => new int[newRows + 1]).ToArray();
        for (var i = oldRows - 1; i >= 0; i--)
            for (var j = newRows - 1; j >= 0; j--)
                length[i][j] = same(before[head + i], after[head + j]) ? length[i + 1][j + 1] + 1 : Math.Max(length[i + 1][j], length[i][j + 1]);

        while (old < head + oldRows && now < head + newRows)
        {
            if (same(before[old], after[now])) Keep();
            else if (length[old - head + 1][now - head] >= length[old - head][now - head + 1]) old++;
            else now++;
        }

        (old, now) = (head + oldRows, head + newRows);
        while (old < before.Count) Keep();

        Between(before.Count, after.Count);
        return rows;

        void Keep()
        {
            Between(old, now);
            rows.Add((old, now, true, old));
            (oldFrom, nowFrom) = (++old, ++now);
        }

        void Between(int oldEnd, int nowEnd)
        {
            for (; oldFrom < oldEnd && nowFrom < nowEnd; oldFrom++, nowFrom++) rows.Add((oldFrom, nowFrom, false, oldFrom));
            for (; nowFrom < nowEnd; nowFrom++) rows.Add((null, nowFrom, false, oldEnd));
            for (; oldFrom < oldEnd; oldFrom++) rows.Add((oldFrom, null, false, oldFrom));
        }
    }

    private static bool IsDash(string line) => line.TrimStart() is ['-', ..] row && (row.Length == 1 || char.IsWhiteSpace(row[1]));

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;
}

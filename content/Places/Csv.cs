using System.Text;

namespace Portal.Content.Places;

/// <summary>Comma-separated lines (RFC 4180, but a cell stays on its line). Empty lines and those that begin with # are left out.</summary>
internal static class Csv
{
    /// <summary>Lines counted from 1, cells trimmed.</summary>
    public static IReadOnlyList<(int Line, IReadOnlyList<string> Cells)> Read(string text)
    {
        var rows = new List<(int, IReadOnlyList<string>)>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').AsSpan().EnumerateLines())
        {
            number++;
            if (!line.IsWhiteSpace() && line[0] != '#') rows.Add((number, Cells(line)));
        }

        return rows;
    }

    private static List<string> Cells(ReadOnlySpan<char> line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                // Twice inside quotation marks stands for one.
                if (isQuoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[++i]);
                else isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString().Trim());
        return cells;
    }
}

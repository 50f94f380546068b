using System.Text;

namespace Portal.Content.Places;

/// <summary>Comma-separated values (RFC 4180). Empty lines and those that begin with # are left out.</summary>
public static class Csv
{
    /// <summary>Rows with the line each begins on, counted from 1; cells trimmed. A cell in quotation marks may hold commas, marks (twice) and line ends.</summary>
    public static IReadOnlyList<(int Line, IReadOnlyList<string> Cells)> Read(string text)
    {
        var rows = new List<(int, IReadOnlyList<string>)>();
        var (line, at) = (1, text.StartsWith('\uFEFF') ? 1 : 0);
        while (at < text.Length)
        {
            var first = line;
            var cells = Row(text, ref at, ref line);
            if ((cells.Count > 1 || cells[0].Length > 0) && !cells[0].StartsWith('#')) rows.Add((first, cells));
        }

        return rows;
    }

    /// <summary>One row with its line end; what needs quotation marks gets them.</summary>
    public static string Write(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\r\n";

    private static List<string> Row(string text, ref int at, ref int line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '\n') line++;
            if (letter == '"')
            {
                // Twice inside quotation marks stands for one.
                if (isQuoted && at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[++at]);
                else isQuoted = !isQuoted;
            }
            else if (isQuoted || letter is not (',' or '\n'))
            {
                cell.Append(letter);
            }
            else
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
                if (letter == ',') continue;
                at++;
                return cells;
            }
        }

        cells.Add(cell.ToString().Trim());
        return cells;
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") || cell.StartsWith('#') ? "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : cell;
}

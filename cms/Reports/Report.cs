using System.Text;

namespace Portal.Cms.Reports;

/// <summary>A table of facts about the content.</summary>
/// <param name="Name">Segment of its address.</param>
/// <param name="Columns">Headings; the first column heads its row.</param>
internal sealed record Report(string Name, string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private static readonly char[] Quoted = ['"', ',', '\r', '\n'];

    /// <summary>The table as a spreadsheet opens it: UTF-8 with its mark, CRLF, RFC 4180.</summary>
    public byte[] Csv()
    {
        var text = new StringBuilder("\uFEFF");
        foreach (var row in Rows.Prepend(Columns)) text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A cell that a spreadsheet would take for a formula is told to be words: titles are typed by people.</summary>
    private static string Cell(string value)
    {
        var words = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + value : value;
        return words.IndexOfAny(Quoted) < 0 ? words : "\"" + words.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}

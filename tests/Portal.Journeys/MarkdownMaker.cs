namespace Portal.Journeys;

/// <summary>Makes up texts in the Markdown of the site, the same ones each time: words that look like markup, in every structure there is.</summary>
internal sealed class MarkdownMaker(uint seed)
{
    private static readonly string[] Words =
    [
        "help", "call 999", "a*b", "snake_case_name", "[24/7]", "1. not a list", "+ plus", "# hash", "> gt", "x < y & z", "&amp;", "https://e.org/a_(b)?c=1&d=2",
        "me_you@e.org", "“smart”", "مدد کے لیے", "Pomoc (PL)", "- dash", "a\\b", "`tick`", "~tilde~", "end!", "=== eq", "2024. year", "| pipe |", "<b>no</b>", ":::x", "number #",
        "**", "_", "1) one", "ਮਦਦ।", "...",
    ];

    private uint state = seed;

    public string[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Text())];

    private string Text()
    {
        var blocks = new List<string>();
        for (var number = Next(4) + 1; number > 0; number--)
        {
            var block = Block(blocks.Count == 0 ? 0 : 5);
            if (blocks.Count > 0 && IsList(blocks[^1]) && IsList(block)) blocks.Add("Between.");
            blocks.Add(block);
        }

        return string.Join("\n\n", blocks);
    }

    private static bool IsList(string block) => block[0] == '-' || char.IsAsciiDigit(block[0]);

    private string Block(int turn) => ((Next(7) + turn) % 7) switch
    {
        0 => Line(),
        1 => Line() + "\\\n" + Line(),
        2 => "## " + Line(),
        3 => List(numbered: false),
        4 => List(numbered: true),
        5 => "> " + Line(),
        _ => Line() + "\n" + Line(),
    };

    private string List(bool numbered)
    {
        var between = Next(3) == 0 ? "\n\n" : "\n";
        return string.Join(between, Enumerable.Range(1, Next(3) + 1).Select(number =>
        {
            var mark = numbered ? $"{number}. " : "- ";
            var inner = new string(' ', mark.Length);
            return mark + Line() + (Next(4) == 0 ? $"{between}{inner}- {Line()}" : string.Empty) + (Next(6) == 0 ? $"\n\n{inner}{Line()}" : string.Empty);
        }));
    }

    private string Line() => string.Join(' ', Enumerable.Range(0, Next(4) + 1).Select(_ => Piece()));

    private string Piece()
    {
        var words = Escaped(Words[Next(Words.Length)]);
        return Next(9) switch
        {
            0 => $"**{words}**",
            1 => $"*{words}*",
            2 => $"[{words}](/p/{Next(9)}/)",
            3 => $"[**{words}**](https://e.org/{Next(9)})",
            4 => "[](line:vs-24h)",
            _ => words,
        };
    }

    /// <summary>As an author would write it who wants the letters themselves.</summary>
    private static string Escaped(string words) => string.Concat(words.Select(letter => "\\`*_[]<>#+-!|~&=:.)".Contains(letter, StringComparison.Ordinal) ? "\\" + letter : letter.ToString()));

    // The constants of Numerical Recipes; the upper bits, since the lower ones repeat soon.
    private int Next(int below)
    {
        state = unchecked((state * 1664525) + 1013904223);
        return (int)((state >> 16) % (uint)below);
    }
}

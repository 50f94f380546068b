using System.Text;

namespace Portal.Site.Layout;

/// <summary>
/// The items of a checklist out of the HTML of our own Markdown. A box to tick stands beside a few words, so the items of
/// a list inside an item become items of their own, after it, and paragraphs inside an item stand one after another.
/// </summary>
internal static class ChecklistItems
{
    private static readonly string[] Structure = ["ul", "ol", "li", "p"];

    /// <summary>HTML of each item, in reading order, without block elements.</summary>
    public static IReadOnlyList<string> Of(string html)
    {
        var items = new List<StringBuilder>();
        var open = new Stack<StringBuilder>();
        for (var at = 0; at < html.Length;)
        {
            var end = html.IndexOf(html[at] == '<' ? '>' : '<', at + 1) is var found and >= 0 ? found + (html[at] == '<' ? 1 : 0) : html.Length;
            var piece = html[at..end];
            at = end;

            var name = Structure.FirstOrDefault(name => Opens(piece, name) || piece == $"</{name}>");
            if (piece == "</li>") open.Pop();
            else if (name == "li") items.Add(Begin(open));
            else if (open.TryPeek(out var item)) item.Append(name is null ? piece : " ");
        }

        return [.. items.Select(item => string.Join(' ', item.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(words => words.Length > 0)];
    }

    private static StringBuilder Begin(Stack<StringBuilder> open)
    {
        open.Push(new StringBuilder());
        return open.Peek();
    }

    /// <summary>A list that does not begin with one says so in an attribute.</summary>
    private static bool Opens(string piece, string name) => piece == $"<{name}>" || piece.StartsWith($"<{name} ", StringComparison.Ordinal);
}

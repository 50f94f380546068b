using System.Text;

using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

using Portal.Content.Problems;

namespace Portal.Content.Blocks;

/// <summary>
/// Reads the cut-down Markdown of a document: headings of level 2 to 4, paragraphs, lists, quotations, bold, italic,
/// links, and in a table block a table. Everything else is refused with its line, raw HTML above all.
/// </summary>
internal sealed class MarkdownReader(string file, ICollection<Problem> problems)
{
    // Without precise locations Markdig gives what stands inside a paragraph no line.
    private static readonly MarkdownPipeline Plain = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();
    private static readonly MarkdownPipeline Tables = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UsePipeTables().Build();

    // A writer is dear to make and cheap to use again; documents are read on several threads.
    [ThreadStatic]
    private static MarkdownHtml? html;

    private readonly StringBuilder words = new();
    private readonly List<Heading> headings = [];
    private bool withHeadings = true;
    private int offset;
    private int lastLevel = 1;

    /// <summary>Reads one piece.</summary>
    /// <param name="source">The Markdown.</param>
    /// <param name="linesBefore">Lines of the file before its first line.</param>
    /// <param name="withTable">True inside a table block.</param>
    /// <param name="withHeadings">False in a field, whose heading the page gives.</param>
    /// <param name="onlyList">True inside a checklist, where each entry of a list is a box to tick.</param>
    public RichText Read(string source, int linesBefore, bool withTable = false, bool withHeadings = true, bool onlyList = false)
    {
        (offset, this.withHeadings) = (linesBefore, withHeadings);
        if (source.AsSpan().IndexOfAnyInRange('\uE000', '\uF8FF') is var at and >= 0)
        {
            RefusePrivate(source.AsSpan(0, at).Count('\n'));
            source = new string([.. source.Where(letter => letter is < '\uE000' or > '\uF8FF')]);
        }

        var document = Markdown.Parse(source, withTable ? Tables : Plain);
        if (onlyList)
            foreach (var stray in document.Where(block => block is not ListBlock)) Refuse(stray.Line, "A checklist holds a list only.", "Begin each entry with '- '; other words stand before or after the block.");
        var links = new List<Link>();
        var first = headings.Count;
        foreach (var node in document.Descendants()) Check(node, links, withTable);
        return new(source, (html ??= new()).Write(document, links, headings.Skip(first)), links, [.. headings.Skip(first)], PlainText(document));
    }

    private void Check(MarkdownObject node, List<Link> links, bool withTable)
    {
        switch (node)
        {
            case HtmlBlock or HtmlInline:
                Refuse(node.Line, "Raw HTML is not allowed.", "Write Markdown or use a block; to show a '<', write '\\<'.");
                break;
            case CodeBlock or CodeInline:
                Refuse(node.Line, "Code is not allowed.", "Do not indent by four spaces and do not use backticks.");
                break;
            case ThematicBreakBlock:
                Refuse(node.Line, "A rule is not allowed.", "Use a heading.");
                break;
            case LinkReferenceDefinition:
                Refuse(node.Line, "Link definitions are not allowed.", "Write [words](/address/) where the link stands.");
                break;
            case AutolinkInline:
                Refuse(node.Line, "A bare address is not allowed.", "Write [words](https://…).");
                break;
            case HtmlEntityInline entity when entity.Transcoded.AsSpan().IndexOfAnyInRange('\uE000', '\uF8FF') >= 0:
                RefusePrivate(node.Line);
                entity.Transcoded = new("\uFFFD");
                break;
            case HeadingBlock heading:
                if (!withHeadings) Refuse(node.Line, "A heading stands in a field.", "Write it in bold; the page has its own headings.");
                Take(heading);
                break;
            case LinkInline { IsImage: true }:
                Refuse(node.Line, "An image stands in the text.", "Use an image block, which asks for its description.");
                break;
            case LinkInline link:
                Take(link, links);
                break;
            case ParagraphBlock { Parent: MarkdownDocument } when withTable:
                Refuse(node.Line, "A table block holds a table only.", "Begin and end each row with '|'.");
                break;
            case Table when !withTable:
                Refuse(node.Line, "A table stands outside a table block.", "Wrap it in '::: table caption=\"…\"'.");
                break;
            case TableRow { IsHeader: true } row when row.Skip(1).Any(IsBlank):
                Refuse(row.Line, "A column of the table has no heading.", "Say in the first row what stands below; only the first column may do without.");
                break;
        }
    }

    private void Take(HeadingBlock heading)
    {
        var text = InlineText(heading.Inline);
        if (heading.IsSetext) Refuse(heading.Line, "An underlined heading stands here.", "Write '## ' before the heading.");
        else if (heading.Level is < 2 or > 4) Refuse(heading.Line, $"A heading of level {heading.Level} stands here.", "Begin at '##'; the title is the first level.");
        else if (heading.Level > lastLevel + 1) Refuse(heading.Line, $"The heading '{text}' skips a level.", $"Write '{new string('#', lastLevel + 1)} '.");
        lastLevel = heading.Level;
        headings.Add(new(heading.Level, $"s{headings.Count + 1}", text, offset + heading.Line + 1));
    }

    private void Take(LinkInline link, List<Link> links)
    {
        var target = link.Url ?? string.Empty;
        var hasText = link.FirstChild is not null;
        var read = new Link(target, hasText, offset + link.Line + 1) { Words = InlineText(link).Trim() };
        if (read.Mistake(elsewhere: read.HelplineId is not null || target.StartsWith("mailto:", StringComparison.Ordinal)) is { } mistake)
            Refuse(link.Line, mistake.What, mistake.Remedy);
        else if (!hasText && read.HelplineId is null)
            Refuse(link.Line, "A link has no words.", "Say where it leads.");
        link.SetData(typeof(Link), links.Count);
        links.Add(read);
    }

    private void RefusePrivate(int line) => Refuse(line, "A private-use character stands here.", "Delete it; it shows as an empty box.");

    private void Refuse(int line, string what, string remedy) => problems.Add(new(file, offset + line + 1, what, remedy));

    private static bool IsBlank(MarkdownObject cell) => cell is not TableCell words || string.IsNullOrWhiteSpace(string.Concat(words.OfType<LeafBlock>().Select(part => InlineText(part.Inline))));

    private string PlainText(MarkdownDocument document)
    {
        words.Clear();
        AddLines(document);
        return words.Length == 0 ? string.Empty : words.ToString(0, words.Length - 1);
    }

    private void AddLines(ContainerBlock container)
    {
        foreach (var block in container)
        {
            if (block is ContainerBlock inner) AddLines(inner);
            if (block is not LeafBlock { Inline: { } inline }) continue;
            AddText(inline, words);
            words.Append('\n');
        }
    }

    private static string InlineText(ContainerInline? inline)
    {
        if (inline is null) return string.Empty;
        var text = new StringBuilder();
        AddText(inline, text);
        return text.ToString();
    }

    private static void AddText(ContainerInline container, StringBuilder text)
    {
        for (var inline = container.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            switch (inline)
            {
                case ContainerInline inner:
                    AddText(inner, text);
                    break;
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
            }
        }
    }
}

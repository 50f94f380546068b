using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Portal.Content.Blocks;

/// <summary>
/// Writes read Markdown as HTML: links left open, headings with neutral ids, tables without inline styles. One writer
/// serves the pieces of one document after another; it is not thread-safe.
/// </summary>
internal sealed class MarkdownHtml
{
    private readonly Renderer renderer = new();
    private IReadOnlyList<Link> links = [];
    private IEnumerator<Heading> headings = Enumerable.Empty<Heading>().GetEnumerator();

    public MarkdownHtml()
    {
        renderer.ObjectRenderers.Replace<Markdig.Renderers.Html.Inlines.LinkInlineRenderer>(new Links(this));
        renderer.ObjectRenderers.Replace<HeadingRenderer>(new Headings(this));
        renderer.ObjectRenderers.Add(new Tables());
    }

    public string Write(MarkdownDocument document, IReadOnlyList<Link> links, IEnumerable<Heading> headings)
    {
        (this.links, this.headings) = (links, headings.GetEnumerator());
        renderer.Begin();
        renderer.Render(document);
        return renderer.Writer.ToString()!;
    }

#pragma warning disable CA2000 // A StringWriter holds memory alone.
    private sealed class Renderer() : HtmlRenderer(new StringWriter())
#pragma warning restore CA2000
    {
        /// <summary>Forgets the piece before: its words, and whether it ended with a line, which decides how the next one begins.</summary>
        public void Begin() => Reset();
    }

    private sealed class Links(MarkdownHtml html) : HtmlObjectRenderer<LinkInline>
    {
        protected override void Write(HtmlRenderer renderer, LinkInline link)
        {
            if (link.GetData(typeof(Link)) is not int index)
            {
                renderer.WriteChildren(link);
                return;
            }

            Mark(renderer, RichText.OpenMark, index);
            if (html.links[index].HasText) renderer.WriteChildren(link);
            Mark(renderer, RichText.CloseMark, index);
        }

        private static void Mark(HtmlRenderer renderer, char mark, int index) =>
            renderer.Write(mark.ToString()).Write(index.ToString()).Write(RichText.EndMark.ToString());
    }

    private sealed class Headings(MarkdownHtml html) : HtmlObjectRenderer<HeadingBlock>
    {
        protected override void Write(HtmlRenderer renderer, HeadingBlock block)
        {
            html.headings.MoveNext();
            renderer.Write("<h").Write(block.Level.ToString()).Write(" id=\"").Write(html.headings.Current.Id).Write("\">");
            renderer.WriteLeafInline(block);
            renderer.Write("</h").Write(block.Level.ToString()).WriteLine(">");
        }
    }

    /// <summary>The first column heads its row, so that a screen reader says which row a cell belongs to.</summary>
    private sealed class Tables : HtmlObjectRenderer<Table>
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            var inBody = false;
            renderer.Write("<table>");
            foreach (var row in table.Cast<TableRow>())
            {
                if (row.IsHeader) renderer.Write("<thead>");
                else if (!inBody)
                {
                    renderer.Write("<tbody>");
                    inBody = true;
                }

                WriteRow(renderer, row);
                if (row.IsHeader) renderer.Write("</thead>");
            }

            renderer.Write(inBody ? "</tbody></table>" : "</table>");
        }

        private static void WriteRow(HtmlRenderer renderer, TableRow row)
        {
            renderer.Write("<tr>");
            for (var column = 0; column < row.Count; column++)
            {
                var (open, close) = row.IsHeader ? ("<th scope=\"col\">", "</th>") : column == 0 ? ("<th scope=\"row\">", "</th>") : ("<td>", "</td>");
                renderer.Write(open);
                var implicitParagraph = renderer.ImplicitParagraph;
                renderer.ImplicitParagraph = true;
                renderer.WriteChildren((TableCell)row[column]);
                renderer.ImplicitParagraph = implicitParagraph;
                renderer.Write(close);
            }

            renderer.Write("</tr>");
        }
    }
}

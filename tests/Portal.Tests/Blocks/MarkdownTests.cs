using System.Text.RegularExpressions;

using AngleSharp.Html.Parser;

using CsCheck;

using Portal.Content.Blocks;
using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Blocks;

public sealed partial class MarkdownTests
{
    private const string Path = "pages/guides/extra/en.md";

    [Theory]
    [InlineData("<b>x</b>", 1, "Raw HTML")]
    [InlineData("One.\n\n<div>\nx\n</div>", 3, "Raw HTML")]
    [InlineData("One\ntwo\nthree <b>x</b>", 3, "Raw HTML")]
    [InlineData("- One\n- two\n- `x`", 3, "Code is not allowed")]
    [InlineData("One\n[a](javascript:x)", 2, "is not a link this site may have")]
    [InlineData("<script>alert(1)</script>", 1, "Raw HTML")]
    [InlineData("<!-- a remark -->", 1, "Raw HTML")]
    [InlineData("a `b` c", 1, "Code is not allowed")]
    [InlineData("One.\n\n    code", 3, "Code is not allowed")]
    [InlineData("```\ncode\n```", 1, "Code is not allowed")]
    [InlineData("One.\n\n***\n\nTwo.", 3, "A rule is not allowed")]
    [InlineData("![a lamp](/lamp.png)", 1, "An image stands in the text")]
    [InlineData("<https://example.org>", 1, "A bare address")]
    [InlineData("[a](javascript:alert(1))", 1, "is not a link this site may have")]
    [InlineData("[a](JavaScript:alert(1))", 1, "is not a link this site may have")]
    [InlineData("[a](data:text/html,x)", 1, "is not a link this site may have")]
    [InlineData("[a](vbscript:x)", 1, "is not a link this site may have")]
    [InlineData("[a](http://example.org)", 1, "is not a link this site may have")]
    [InlineData("[a](//example.org)", 1, "is not a link this site may have")]
    [InlineData("[a](tel:999)", 1, "is not a link this site may have")]
    [InlineData("[a](guides/)", 1, "is not a link this site may have")]
    [InlineData("[](/help-now/)", 1, "A link has no words")]
    [InlineData("[a](/find-help/?postcode=ME14)", 1, "A link carries a query")]
    [InlineData("[a]: /help-now/\n\n[a]", 1, "Link definitions")]
    [InlineData("# One", 1, "A heading of level 1")]
    [InlineData("##### One", 1, "A heading of level 5")]
    [InlineData("### One", 1, "skips a level")]
    [InlineData("## One\n\n#### Two", 3, "skips a level")]
    [InlineData("One\n===", 2, "An underlined heading")]
    [InlineData("One\n\na \uE000 b", 3, "A private-use character")]
    public void What_the_format_does_not_have_is_refused_with_its_line(string markdown, int line, string what)
    {
        var problems = ContentReader.Read(A.Site((Path, A.Guide("Extra", markdown + "\n")))).Problems;

        Assert.Contains(problems, problem => problem.File == Path && problem.Line == 8 + line && problem.What.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public void A_mistake_in_a_field_of_markdown_is_told_near_its_line()
    {
        var problem = Assert.Single(ContentReader.Read(A.Site("pages/professionals/schools/en.md", "how: Ring [](line:main).", "how: |\n  Ring.\n\n  <div>now</div>")).Problems);

        Assert.Contains("Raw HTML", problem.What, StringComparison.Ordinal);
        Assert.Equal(16, problem.Line);
    }

    [Theory]
    [InlineData("how: Ring. <b>now</b>", 13)]
    [InlineData("how: \"Ring. <b>now</b>\"", 13)]
    [InlineData("how:\n  Ring. <b>now</b>", 14)]
    [InlineData("how: |\n  <b>now</b>", 14)]
    public void A_mistake_in_a_field_of_markdown_is_told_with_its_line(string field, int line) =>
        Assert.Equal([line], ContentReader.Read(A.Site("pages/professionals/schools/en.md", "how: Ring [](line:main).", field)).Problems.Select(problem => problem.Line).Distinct());

    [Theory]
    [InlineData("A **b** *c*.", "<p>A <strong>b</strong> <em>c</em>.</p>\n")]
    [InlineData("## One", "<h2 id=\"s1\">One</h2>\n")]
    [InlineData("1 \\< 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>\n")]
    [InlineData("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n")]
    [InlineData("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n")]
    public void Markdown_becomes_plain_html(string markdown, string html) => Assert.Equal(html, Html(markdown));

    [Fact]
    public void A_table_heads_its_columns_and_rows() =>
        Assert.Equal(
            "<table><thead><tr><th scope=\"col\">A</th><th scope=\"col\">B</th></tr></thead><tbody><tr><th scope=\"row\">1</th><td><strong>2</strong></td></tr></tbody></table>",
            A.Document(A.Guide("Extra", "::: table caption=C\n| A | B |\n| --- | :-: |\n| 1 | **2** |\n:::\n")).Body.Texts.Single().Template);

    [Fact]
    public void Links_are_led_when_the_page_is_drawn()
    {
        var text = A.Document(A.Guide("Extra", "[a **b**](/guides/#s2) [](line:main) [c](https://example.org/?q=1&r=2) [d](mailto:a@example.org)\n")).Body.Texts.Single();

        Assert.Equal([true, false, true, true], text.Links.Select(link => link.HasText));
        Assert.Equal(["/guides/#s2", "line:main", "https://example.org/?q=1&r=2", "mailto:a@example.org"], text.Links.Select(link => link.Target));
        Assert.Equal("<p><0>a <strong>b</strong></0> <1></1> <2>c</2> <3>d</3></p>\n", text.Html(link => Mark(text, link)));
    }

    [Fact]
    public void No_input_brings_an_element_or_attribute_of_its_own() => Input.Sample(markdown =>
    {
        var reading = ContentReader.Read(A.BareSite((Path, A.Guide("Extra", markdown + "\n"))));

        // Where it was refused nothing is published; what passes is made of our own elements alone.
        if (reading.Problems.Count > 0) return;
        foreach (var text in reading.Library!.Find(Content.Documents.DocumentId.Parse("guides/extra"))!.Base.Body.Texts)
        {
            var html = text.Html(link => new($"<a href=\"{link.Target.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)}\">", "</a>"));
            Assert.DoesNotMatch(Unknown(), html);
            var body = new HtmlParser().ParseDocument(html).Body!;
            Assert.All(body.QuerySelectorAll("*").SelectMany(element => element.Attributes), attribute => Assert.Contains(attribute.Name, new[] { "href", "id", "start", "title" }));
            Assert.DoesNotContain(body.QuerySelectorAll("[href]"), link => link.GetAttribute("href")!.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
        }
    }, iter: 1_500);

    private static readonly Gen<string> Input = Gen.OneOf(
        "<", ">", "&", "&lt;", "&#60;", "\"", "'", "script", "<script>", "</p>", "<a href=x onclick=y>", "onload=", "[a](", ")", "](", "[", "]", "(/x/ \"title\")", "javascript:alert(1)", "/help-now/", "line:main",
        "https://example.org/\"onclick=", "\\", "\n", "\n\n", "- ", "1. ", "> ", "## ", "**", "*", "`", "    ", " ", "words", "![", "<!--", "-->", "&#x6A;avascript:", "\0", "\t", "|", "آپ", "﷽", "\u200F", "data:")
        .Array[1, 12].Select(string.Concat);

    private static string Html(string markdown) => A.Document(A.Guide("Extra", markdown + "\n")).Body.Texts.Single().Html(_ => new("<a>", "</a>"));

    private static LinkMarkup Mark(RichText text, Link link)
    {
        var at = text.Links.ToList().IndexOf(link);
        return new($"<{at}>", $"</{at}>");
    }

    /// <summary>A tag that is not one of those the writer makes.</summary>
    [GeneratedRegex("<(?!/?(p|h[234]|ul|ol|li|blockquote|strong|em|a|br)[ />])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Unknown();

    [Fact]
    public void A_piece_is_written_alike_whatever_stands_before_it()
    {
        const string Quote = "> Words\n";
        var alone = A.Document(A.Guide("Extra", Quote)).Body.Texts.Single().Template;

        Assert.Equal(alone, A.Document(A.Guide("Extra", $"::: table caption=C\n| A | B |\n| --- | --- |\n| 1 | 2 |\n:::\n\n{Quote}")).Body.Texts.Last().Template);
    }
}

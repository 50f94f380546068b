using Portal.Content.Blocks;
using Portal.Content.Problems;
using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Blocks;

public sealed class BlockTests
{
    /// <summary>Lines of the front matter of <see cref="A.Guide"/>.</summary>
    private const int Before = 8;

    public static TheoryData<string, Type, string> Kinds => new()
    {
        { "Words.\n", typeof(Block.Prose), "Words = RichText { Source = Words." },
        { "::: callout tone=danger title=\"Now\"\nWords.\n:::\n", typeof(Block.Callout), "Tone = Danger, Title = Now" },
        { "::: callout\nWords.\n:::\n", typeof(Block.Callout), "Tone = Calm, Title = ," },
        { "::: steps\n1. One\n:::\n", typeof(Block.Steps), "Steps {" },
        { "::: details title=iPhone\nWords.\n:::\n", typeof(Block.Details), "Title = iPhone" },
        { "::: contact line=main\n:::\n", typeof(Block.Contact), "HelplineId = main" },
        { "::: places district=maidstone type=drop-in\n:::\n", typeof(Block.Places), "District = maidstone, Type = drop-in" },
        { "::: places\n:::\n", typeof(Block.Places), "District = , Type =  }" },
        { "::: quote from=\"A woman\"\nWords.\n:::\n", typeof(Block.Quote), "From = A woman" },
        { "::: image media=a/b.png alt=\"A lamp\" caption=C\n:::\n", typeof(Block.Image), "Media = a/b.png, Description = A lamp, Caption = C" },
        { "::: image media=a.png decorative=yes\n:::\n", typeof(Block.Image), "Description = , Caption = , Shape = Whole }" },
        { "::: image media=a.png alt=A shape=wide\n:::\n", typeof(Block.Image), "Shape = Wide }" },
        { "::: video media=a.mp4 captions=a.vtt poster=a.png title=T\nTranscript.\n:::\n", typeof(Block.Video), "Captions = a.vtt, Poster = a.png, Title = T" },
        { "::: download media=kit/words.txt label=\"Words to share\"\n:::\n", typeof(Block.Download), "Label = Words to share" },
        { "::: table caption=C\n| A |\n| --- |\n| 1 |\n:::\n", typeof(Block.Table), "Caption = C" },
        { "::: action href=/help-now/ label=Go\n:::\n", typeof(Block.Action), "Href = /help-now/, Label = Go" },
        { "::: checklist title=T\n- One\n:::\n", typeof(Block.Checklist), "Title = T" },
        { "::: write label=L hint=H rows=3\n:::\n", typeof(Block.Write), "Label = L, Hint = H, Rows = 3" },
        { "::: write label=\"say \\\"hi\\\" \\\\\"\n:::\n", typeof(Block.Write), "Label = say \"hi\" \\, Hint = , Rows = 2" },
        { "::: picture icon=phone\nWords.\n:::\n", typeof(Block.Picture), "Icon = phone" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_block_is_read_with_its_attributes(string body, Type kind, string holds)
    {
        var block = Assert.Single(A.Document(A.Guide("Extra", body)).Body.Blocks);

        Assert.IsType(kind, block, exactMatch: true);
        Assert.Contains(holds, block.ToString(), StringComparison.Ordinal);
        Assert.Equal(Before + 1, block.Line);
    }

    [Fact]
    public void Every_kind_of_block_is_read_in_a_test() =>
        Assert.Equal(
            typeof(Block).GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal),
            Kinds.Select(row => row.Data.Item2.Name).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("::: story\nWords.\n:::\n", 1, "'story' is not a block")]
    [InlineData("::: steps\n1. One\n", 1, "is not closed")]
    [InlineData("One.\n\n::: steps\n1. One\n", 3, "is not closed")]
    [InlineData("::: steps\n::: details title=T\nWords.\n:::\n:::\n", 1, "A block stands inside")]
    [InlineData("::: steps size=3\n1. One\n:::\n", 1, "has no attribute 'size'")]
    [InlineData("::: steps big\n1. One\n:::\n", 1, "is not an attribute")]
    [InlineData("::: details title=A title=B\nWords.\n:::\n", 1, "'title' stands twice")]
    [InlineData("::: details title=\"A\nWords.\n:::\n", 1, "A quotation mark is not closed")]
    [InlineData("::: details\nWords.\n:::\n", 1, "has no 'title'")]
    [InlineData("::: details title=\"\"\nWords.\n:::\n", 1, "has no 'title'")]
    [InlineData("::: contact\n:::\n", 1, "has no 'line'")]
    [InlineData("::: contact line=main\nWords.\n:::\n", 1, "holds no text")]
    [InlineData("::: callout tone=red\nWords.\n:::\n", 1, "'red' is no tone")]
    [InlineData("::: callout\n\n:::\n", 1, "is empty")]
    [InlineData("::: image media=a.png\n:::\n", 1, "needs a description or must be marked decorative")]
    [InlineData("::: image media=a.png alt=A decorative=yes\n:::\n", 1, "needs a description or must be marked decorative")]
    [InlineData("::: image alt=A\n:::\n", 1, "has no 'media'")]
    [InlineData("::: video media=a.mp4 title=T\nWords.\n:::\n", 1, "has no 'captions'")]
    [InlineData("::: video media=a.mp4 captions=a.vtt title=T\n:::\n", 1, "is empty")]
    [InlineData("::: write label=L rows=13\n:::\n", 1, "not a number from 1 to 12")]
    [InlineData("::: write label=L rows=many\n:::\n", 1, "not a number from 1 to 12")]
    [InlineData("::: table caption=C\nWords.\n:::\n", 2, "A table block holds a table only")]
    [InlineData("::: checklist title=T\n- One\n\nTwo\n:::\n", 4, "A checklist holds a list only")]
    [InlineData("::: steps\n1. One\n\n<div>x</div>\n:::\n", 4, "Raw HTML")]
    public void A_mistake_in_a_block_is_told_with_its_line(string body, int line, string what)
    {
        var problems = ContentReader.Read(A.Site(("pages/guides/extra/en.md", A.Guide("Extra", body)))).Problems;

        var problem = Assert.Single(problems, problem => problem.What.Contains(what, StringComparison.Ordinal));
        Assert.Equal(("pages/guides/extra/en.md", Before + line, Weight.Error), (problem.File, problem.Line, problem.Weight));
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void Headings_are_numbered_through_all_blocks_of_a_body()
    {
        var body = A.Document(A.Guide("Extra", "## One\n\n::: callout\n### Two\n:::\n\n## Three\n")).Body;

        Assert.Equal([(2, "s1", "One"), (3, "s2", "Two"), (2, "s3", "Three")], body.Headings.Select(heading => (heading.Level, heading.Id, heading.Text)));
    }

    [Fact]
    public void Links_of_a_body_include_those_of_actions()
    {
        var document = A.Document(A.Guide("Extra", "[One](/help-now/)\n\n::: action href=/guides/ label=Go\n:::\n"));

        Assert.Equal([("/help-now/", Before + 1), ("/guides/", Before + 3)], document.Links.Select(link => (link.Target, link.Line)));
    }

    [Fact]
    public void The_words_of_a_text_are_known_without_their_marks() =>
        Assert.Equal("One & two\nThree four", A.Document(A.Guide("Extra", "**One** &amp; [two](/help-now/)\n\n- Three\n  four\n")).Body.Texts.Single().Plain);
}

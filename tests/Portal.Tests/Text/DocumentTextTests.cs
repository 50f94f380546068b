using CsCheck;

using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Text;

public sealed class DocumentTextTests
{
    /// <summary>Lines that look like something: fences of both kinds, keys, headings, blanks, other scripts.</summary>
    private static readonly Gen<string> Lines = Gen.OneOf(
        "---", "--- ", "---x", " ---", ":::", ":::  ", "::: callout tone=calm", ":::steps", " ::: steps", "title: One", "key: \"a: b\"", "  nested: 1", "- item", "# comment", "no colon",
        "## Heading", "### Inner", "##Not", "Words.", "   ", "", "\t", "آپ فیصلہ کرتے ہیں۔", "1. First", "\uFEFF---", "a:");

    private static readonly Gen<string> Texts =
        from first in Gen.OneOf("---", "\uFEFF---", "Words", "", "--- ")
        from lines in Gen.Select(Lines, Gen.OneOf("\n", "\n", "\r\n", "\n\n")).Array[0, 14]
        from last in Gen.OneOf("", "\n", "\r\n", "end", "\r")
        select first + "\n" + string.Concat(lines.Select(line => line.Item1 + line.Item2)) + last;

    [Fact]
    public void Reading_and_writing_gives_the_same_bytes() => Texts.Sample(text => Assert.Equal(text, DocumentText.Parse(text).ToString()), iter: 20_000);

    [Fact]
    public void Fields_and_blocks_are_slices_that_follow_one_another() => Texts.Sample(text =>
    {
        var read = DocumentText.Parse(text);
        Assert.EndsWith(read.Body, text, StringComparison.Ordinal);
        Assert.Contains(read.FrontMatter, text, StringComparison.Ordinal);
        var lines = text.Split('\n');
        Assert.All(read.Fields.Where(field => field.Key.Length > 0), field => Assert.StartsWith(field.Key + ":", lines[field.Line - 1], StringComparison.Ordinal));
        Assert.All(read.Blocks, block => Assert.StartsWith(lines[block.Line - 1].TrimEnd('\r'), block.Source, StringComparison.Ordinal));
    }, iter: 10_000);

    [Fact]
    public void A_changed_block_leaves_every_other_byte() => Gen.Select(Texts, Gen.Int[0, 20]).Sample((text, which) =>
    {
        var read = DocumentText.Parse(text);
        if (read.Blocks.Count == 0) return;
        var at = which % read.Blocks.Count;
        var before = text[..^read.Body.Length] + string.Concat(read.Blocks.Take(at).Select(block => block.Source));
        var after = string.Concat(read.Blocks.Skip(at + 1).Select(block => block.Source));
        Assert.Equal(before + "New.\n" + after, read.WithBlock(at, "New.\n").ToString());
    }, iter: 5_000);

    [Fact]
    public void A_changed_field_leaves_every_other_byte() => Texts.Sample(text =>
    {
        var read = DocumentText.Parse(text);
        if (!read.HasFrontMatter || read.Fields.FirstOrDefault(field => field.Key == "title") is not { } title) return;
        var at = text.IndexOf(title.Source, StringComparison.Ordinal);
        if (read.Fields.Count(field => field.Key == "title") != 1) return;
        Assert.Equal(text[..at] + "title: Two\n" + text[(at + title.Source.Length)..], read.WithField("title", "title: Two\n").ToString());
    }, iter: 5_000);

    [Fact]
    public void A_field_is_added_at_the_end_of_the_front_matter_and_taken_out_again()
    {
        const string text = "---\r\ntitle: One\r\n---\r\nWords";
        var read = DocumentText.Parse(text);

        Assert.Equal("---\r\ntitle: One\r\nsource: abc\n---\r\nWords", read.WithField("source", "source: abc\n").ToString());
        Assert.Equal(text, read.WithField("source", "source: abc\n").WithoutField("source").ToString());
        Assert.Equal("---\nsource: abc\n---\nWords", DocumentText.Parse("Words").WithField("source", "source: abc\n").ToString());
    }

    [Fact]
    public void Blocks_begin_at_second_level_headings_at_containers_and_after_them()
    {
        var read = DocumentText.Parse("---\nkind: guidance\n---\nOne.\n\n## Two\n\n### Not three\n::: steps\n## inside\n:::\n\nFour.\n## Five\n");

        Assert.Equal(["One.\n\n", "## Two\n\n### Not three\n", "::: steps\n## inside\n:::\n\n", "Four.\n", "## Five\n"], read.Blocks.Select(block => block.Source));
        Assert.Equal([4, 6, 9, 13, 14], read.Blocks.Select(block => block.Line));
        Assert.Equal([false, false, true, false, false], read.Blocks.Select(block => block.IsContainer));
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over_when_content_is_read()
    {
        var files = A.Site().With([("pages/about/en.md", [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(A.Guide("About", "Words.\n"))])]);

        Assert.Equal("About", A.Library(files).Find(Content.Documents.DocumentId.Parse("about"))?.Base.Title);
    }
}

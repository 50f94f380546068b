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
        from end in Gen.OneOf("\n", "\r\n")
        select first + end + string.Concat(lines.Select(line => line.Item1 + line.Item2)) + last;

    [Fact]
    public void Reading_and_writing_gives_the_same_bytes() => Texts.Sample(text => Assert.Equal(text, DocumentText.Parse(text).ToString()), iter: 20_000);

    [Fact]
    public void Fields_and_blocks_are_slices_that_follow_one_another() => Texts.Sample(text =>
    {
        var read = DocumentText.Parse(text);
        Assert.EndsWith(read.Body, text, StringComparison.Ordinal);
        Assert.Contains(read.FrontMatter, text, StringComparison.Ordinal);
        var lines = text.Split('\n');
        Assert.All(read.Fields.Where(field => field.Key.Length > 0), field => Assert.StartsWith(field.Key, lines[field.Line - 1], StringComparison.Ordinal));
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
        Assert.Equal(before + "New." + EndOf(text) + after, read.WithBlock(at, "New.\n").ToString());
    }, iter: 5_000);

    [Fact]
    public void A_changed_field_leaves_every_other_byte() => Texts.Sample(text =>
    {
        var read = DocumentText.Parse(text);
        if (!read.HasFrontMatter || read.Fields.FirstOrDefault(field => field.Key == "title") is not { } title) return;
        var at = text.IndexOf(title.Source, StringComparison.Ordinal);
        if (read.Fields.Count(field => field.Key == "title") != 1) return;
        Assert.Equal(text[..at] + "title: Two" + EndOf(text) + text[(at + title.Source.Length)..], read.WithField("title", "title: Two\n").ToString());
    }, iter: 5_000);

    [Fact]
    public void A_field_is_added_at_the_end_of_the_front_matter_and_taken_out_again()
    {
        const string text = "---\r\ntitle: One\r\n---\r\nWords";
        var read = DocumentText.Parse(text);

        Assert.Equal("---\r\ntitle: One\r\nsource: abc\r\n---\r\nWords", read.WithField("source", "source: abc\n").ToString());
        Assert.Equal(text, read.WithField("source", "source: abc\n").WithoutField("source").ToString());
        Assert.Equal("---\nsource: abc\n---\nWords", DocumentText.Parse("Words").WithField("source", "source: abc\n").ToString());
        Assert.Equal("---\r\nsource: abc\r\n---\r\nWords\r\n", DocumentText.Parse("Words\r\n").WithField("source", "source: abc\n").ToString());
    }

    [Theory]
    [InlineData("\n", "source: |\r\n  a\r\n  b\r\n")]
    [InlineData("\r\n", "source: |\n  a\n  b\n")]
    public void What_is_written_into_a_document_has_its_line_ends(string end, string yaml)
    {
        var read = DocumentText.Parse(string.Join(end, "---", "title: One", "source: none", "---", "Words.", string.Empty));

        Assert.Equal(string.Join(end, "---", "title: One", "source: |", "  a", "  b", "---", "Words.", string.Empty), read.WithField("source", yaml).ToString());
        Assert.Equal(string.Join(end, "---", "title: One", "source: none", "---", "One.", "Two.", string.Empty), read.WithBlock(0, end == "\n" ? "One.\r\nTwo.\r\n" : "One.\nTwo.\n").ToString());
    }

    [Theory]
    [InlineData("title")]
    [InlineData("how")]
    [InlineData("topics")]
    [InlineData("source")]
    public void A_comment_and_a_blank_line_between_two_fields_belong_to_neither(string key)
    {
        const string before = "---\n# Above all.\ntitle: One\n\n# About how.\nhow: |\n  # A heading in bold\n\n  Words.\n\n# About topics.\ntopics:\n- family\n# One more:\n- money\n# About source.\nsource: none\n# The end.\n---\nWords.\n";
        var read = DocumentText.Parse(before);
        var old = read.Fields.Single(field => field.Key == key).Source;

        Assert.Equal(before, read.ToString());
        Assert.Equal(before.Replace(old, key + ": new\n", StringComparison.Ordinal), read.WithField(key, key + ": new\n").ToString());
        Assert.Equal(before.Replace(old, string.Empty, StringComparison.Ordinal), read.WithoutField(key).ToString());
        Assert.Equal(
            ["title: One\n", "how: |\n  # A heading in bold\n\n  Words.\n", "topics:\n- family\n# One more:\n- money\n", "source: none\n"],
            read.Fields.Where(field => field.Key.Length > 0).Select(field => field.Source));
    }

    [Theory]
    [InlineData("how: Ring.\n", 2)]
    [InlineData("how: \"Ring.\"\r\n", 2)]
    [InlineData("how: Ring\n  again.\n", 2)]
    [InlineData("how: |\n  Ring.\n", 3)]
    [InlineData("how: >-\r\n  Ring.\r\n", 3)]
    [InlineData("how: |2+ # in lines\n  Ring.\n", 3)]
    [InlineData("how: |\n\n  Ring.\n", 3)]
    [InlineData("how: a | b\n", 2)]
    [InlineData("how:\n  Ring.\n", 3)]
    [InlineData("how: # below\n\n  # still\n  Ring.\n", 5)]
    [InlineData("how:\n", 2)]
    public void A_value_begins_beside_its_key_or_below_it(string field, int before) =>
        Assert.Equal(before, DocumentText.Parse($"---\ntitle: One\n{field}closing: Two.\n---\n").Fields.Single(each => each.Key == "how").LinesBeforeValue);

    [Fact]
    public void A_blank_before_the_colon_is_not_part_of_the_key() =>
        Assert.Equal("---\ntitle: Two\n---\n", DocumentText.Parse("---\ntitle : One\n---\n").WithField("title", "title: Two\n").ToString());

    [Fact]
    public void A_stamp_does_not_depend_on_the_line_ends()
    {
        var text = A.Guide("Extra", "One\ntwo.\n\n## Three\n\nFour.\n", "warning: |\n  One\n  two.\n");
        static string Of(string source) => Content.Reading.Stamp.Of(DocumentText.Parse(source), typeof(Content.Documents.Guidance));

        Assert.Equal(Of(text), Of(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    /// <summary>The document's own line end, which is that of its first line.</summary>
    private static string EndOf(string text) => text.IndexOf('\n', StringComparison.Ordinal) is var at and > 0 && text[at - 1] == '\r' ? "\r\n" : "\n";

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

using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Text;

public sealed class EditorValuesTests
{
    private static IEnumerable<(string Path, Type Kind, DocumentText Text)> Starter =>
        from set in StarterSite.Library.Documents
        from document in set.Variants.Values.Prepend(set.Base)
        select (document.File, document.GetType(), DocumentText.Parse(StarterSite.Files.Text(document.File)));

    [Fact]
    public void Values_that_nobody_changed_leave_every_byte() => Assert.All(Starter, each =>
    {
        Assert.Equal(each.Text.ToString(), FieldValues.Apply(each.Text, each.Kind, FieldValues.Read(each.Text, each.Kind)).ToString());
        Assert.Equal(each.Text.ToString(), BlockValue.Apply(each.Text, BlockValue.Read(each.Text)).ToString());
    });

    [Fact]
    public void Every_field_written_anew_reads_as_what_was_written() => Assert.All(Starter, each =>
    {
        var values = FieldValues.Read(each.Text, each.Kind);
        var written = FieldValues.Apply(DocumentText.Parse("---\nkind: x\n---\n"), each.Kind, values);

        Assert.All(values.Where(value => !value.Value.IsEmpty), value => Assert.Equal(value.Value, FieldValues.Read(written, each.Kind)[value.Key]));
    });

    [Fact]
    public void Every_block_written_anew_reads_as_what_was_written() => Assert.All(Starter, each =>
    {
        var blocks = BlockValue.Read(each.Text);

        Assert.Equal(blocks, BlockValue.Read(each.Text.WithBody(string.Join('\n', blocks.Select(block => block.Write())))));
    });

    [Fact]
    public void One_changed_field_leaves_the_others_their_bytes()
    {
        var text = DocumentText.Parse("---\nkind: guidance\n# said so\ntitle:   'Two words' # odd\nsummary: S\nunknown: kept\n---\nBody\n");
        var values = new Dictionary<string, FieldValue>(FieldValues.Read(text, typeof(Guidance))) { ["summary"] = new FieldValue.Words("Other: words") };

        Assert.Equal("---\nkind: guidance\n# said so\ntitle:   'Two words' # odd\nsummary: \"Other: words\"\nunknown: kept\n---\nBody\n", FieldValues.Apply(text, typeof(Guidance), values).ToString());
    }

    [Fact]
    public void An_emptied_field_goes_and_a_filled_one_comes()
    {
        var text = DocumentText.Parse("---\nkind: guidance\ntitle: A\nwarning: W\n---\n");
        var values = new Dictionary<string, FieldValue> { ["warning"] = new FieldValue.Words(" "), ["closing"] = new FieldValue.Words("2026-11-22"), ["reviewed"] = new FieldValue.Words("2026-11-22"), ["topics"] = new FieldValue.Items([new FieldValue.Words("family"), new FieldValue.Words("")]) };

        Assert.Equal("---\nkind: guidance\ntitle: A\nclosing: \"2026-11-22\"\nreviewed: 2026-11-22\ntopics: [family]\n---\n", FieldValues.Apply(text, typeof(Guidance), values).ToString());
    }

    [Fact]
    public void Records_in_lists_are_written_with_their_fields()
    {
        var text = DocumentText.Parse("---\nkind: guidance\n---\n");
        var source = new FieldValue.Fields(new Dictionary<string, FieldValue> { ["confidence"] = new FieldValue.Words("high"), ["name"] = new FieldValue.Words("A page"), ["url"] = new FieldValue.Words("") });

        Assert.Equal("---\nkind: guidance\nsources:\n  - name: A page\n    confidence: high\n---\n",
            FieldValues.Apply(text, typeof(Guidance), new Dictionary<string, FieldValue> { ["sources"] = new FieldValue.Items([source]) }).ToString());
    }

    [Fact]
    public void Only_the_changed_block_is_written_anew()
    {
        var text = DocumentText.Parse("---\nkind: guidance\n---\nOne   *odd*\n\n:::   callout   tone=calm\nTwo\n:::\n\n## Three\n\nFour\n");
        var blocks = BlockValue.Read(text).ToList();
        blocks[2] = blocks[2] with { Words = "## Five" };

        Assert.Equal("---\nkind: guidance\n---\nOne   *odd*\n\n:::   callout   tone=calm\nTwo\n:::\n\n## Five\n", BlockValue.Apply(text, blocks).ToString());
    }

    [Fact]
    public void An_editor_knows_every_block() => Assert.Equal(
        typeof(Block).GetNestedTypes().Select(type => Names.Kebab(type.Name)).Order(StringComparer.Ordinal),
        BlockShape.All.Select(shape => shape.Name).Order(StringComparer.Ordinal));
}

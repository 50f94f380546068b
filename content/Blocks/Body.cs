namespace Portal.Content.Blocks;

/// <summary>The blocks of a document in reading order.</summary>
public sealed record Body(IReadOnlyList<Block> Blocks)
{
    public static Body Empty { get; } = new([]);

    /// <summary>Every piece of Markdown, whichever block it stands in.</summary>
    public IEnumerable<RichText> Texts => Blocks.Select(block => block.Text).OfType<RichText>();

    /// <summary>Headings of the whole body, in reading order.</summary>
    public IEnumerable<Heading> Headings => Texts.SelectMany(text => text.Headings);

    /// <summary>Links of the whole body, those of call-to-action blocks included.</summary>
    public IEnumerable<Link> Links => Blocks.SelectMany(block => block is Block.Action action
        ? [new Link(action.Href, HasText: true, block.Line) { Words = action.Label }]
        : block.Text?.Links ?? []);
}

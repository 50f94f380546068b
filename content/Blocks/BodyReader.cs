using Portal.Content.Problems;
using Portal.Content.Text;

namespace Portal.Content.Blocks;

/// <summary>Makes typed blocks of a body's slices.</summary>
internal sealed class BodyReader(string file, ICollection<Problem> problems)
{
    private readonly MarkdownReader markdown = new(file, problems);

    public Body Read(IReadOnlyList<BlockText> slices)
    {
        var blocks = new List<Block>(slices.Count);
        foreach (var slice in slices)
        {
            if (slice.IsContainer) Add(blocks, Container(slice), slice.IsBase);
            else if (!string.IsNullOrWhiteSpace(slice.Source)) Add(blocks, new Block.Prose(markdown.Read(slice.Source, slice.Line - 1), slice.Line), slice.IsBase);
        }

        return new(blocks);
    }

    private static void Add(List<Block> blocks, Block? block, bool isBase)
    {
        if (block is not null) blocks.Add(isBase ? block with { IsBase = true } : block);
    }

    private Block? Container(BlockText slice)
    {
        var lines = slice.Source.TrimEnd().Split('\n');
        var blank = lines.TakeWhile(string.IsNullOrWhiteSpace).Count();
        var line = slice.Line + blank;
        var header = lines[blank].TrimEnd('\r');
        var closed = lines.Length > blank + 1 && lines[^1].TrimEnd() == BlockText.Fence;
        var inner = string.Join('\n', closed ? lines[(blank + 1)..^1] : lines[(blank + 1)..]);
        var attributes = new BlockAttributes(header, file, line, problems);

        if (!closed) attributes.Report($"The block '{attributes.Name}' is not closed.", "End it with a line ':::'.");
        if (inner.Split('\n').Any(each => each.StartsWith(BlockText.Fence, StringComparison.Ordinal)))
            attributes.Report($"A block stands inside the block '{attributes.Name}'.", "Blocks are not nested: close the first one before.");

        var block = Typed(attributes, inner, line);
        attributes.Close();
        return block;
    }

    private Block? Typed(BlockAttributes block, string inner, int line)
    {
        switch (block.Name)
        {
            case "callout":
                return new Block.Callout(block.Choice("tone", CalloutTone.Calm), block.Optional("title"), Words(), line);
            case "steps":
                return new Block.Steps(Words(), line);
            case "details":
                return new Block.Details(block.Required("title"), Words(), line);
            case "contact":
                Empty();
                return new Block.Contact(block.Required("line"), line);
            case "places":
                Empty();
                return new Block.Places(block.Optional("district"), block.Optional("type"), line);
            case "quote":
                return new Block.Quote(block.Optional("from"), Words(), line);
            case "image":
                Empty();
                return Image(block, line);
            case "video":
                return new Block.Video(block.Required("media"), block.Required("captions"), block.Optional("poster"), block.Required("title"), Words(), line);
            case "download":
                Empty();
                return new Block.Download(block.Required("media"), block.Required("label"), line);
            case "table":
                return new Block.Table(block.Required("caption"), Words(withTable: true), line);
            case "action":
                Empty();
                return new Block.Action(Address(block, line), block.Required("label"), line);
            case "checklist":
                return new Block.Checklist(block.Required("title"), Words(onlyList: true), line);
            case "write":
                Empty();
                return new Block.Write(block.Required("label"), block.Optional("hint"), block.Number("rows", Block.Write.UsualRows, 1, 12), line);
            case "picture":
                return new Block.Picture(Icon(block), Words(), line);
            default:
                block.Report($"'{block.Name}' is not a block.", $"Use one of {string.Join(", ", Names)}.");
                return null;
        }

        RichText Words(bool withTable = false, bool onlyList = false)
        {
            if (string.IsNullOrWhiteSpace(inner)) block.Report($"The block '{block.Name}' is empty.", "Write its text, or take the block out.");
            return markdown.Read(inner, line, withTable, onlyList: onlyList);
        }

        void Empty()
        {
            if (!string.IsNullOrWhiteSpace(inner)) block.Report($"The block '{block.Name}' holds no text.", "Move the text below its closing ':::'.");
        }
    }

    private static string Address(BlockAttributes block, int line)
    {
        var href = block.Required("href");
        if (href.Length > 0 && new Link(href, HasText: true, line).Mistake(elsewhere: false) is { } mistake) block.Report(mistake.What, mistake.Remedy);
        return href;
    }

    private static string Icon(BlockAttributes block)
    {
        var icon = block.Required("icon");
        if (icon.Length > 0 && !PictureIcons.Names.Contains(icon)) block.Report($"There is no icon '{icon}'.", $"Use one of {string.Join(", ", PictureIcons.Names)}.");
        return icon;
    }

    private static Block.Image Image(BlockAttributes block, int line)
    {
        var description = block.Optional("alt");
        var decorative = block.Flag("decorative");
        if (decorative == description is { Length: > 0 })
            block.Report("An image needs a description or must be marked decorative.", "Write alt=\"what it shows\", or decorative=yes, not both.");
        return new(block.Required("media"), decorative ? null : description, block.Optional("caption"), line) { Shape = block.Choice("shape", PictureShape.Whole) };
    }

    /// <summary>Names of all blocks, as written after <c>:::</c>.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        ["callout", "steps", "details", "contact", "places", "quote", "image", "video", "download", "table", "action", "checklist", "write", "picture"];
}

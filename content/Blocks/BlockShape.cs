namespace Portal.Content.Blocks;

/// <summary>What an editor asks for to write a block of one kind: the block's attributes and whether it holds words.</summary>
/// <param name="Name">As written after <c>:::</c>; <see cref="Prose"/> for what stands outside all blocks.</param>
/// <param name="Label">What staff call it.</param>
/// <param name="HoldsWords">True where Markdown stands inside.</param>
public sealed record BlockShape(string Name, string Label, bool HoldsWords, params IReadOnlyList<BlockField> Fields)
{
    /// <summary>Headings, paragraphs and lists outside all blocks.</summary>
    public const string Prose = "prose";

    /// <summary>Every kind of block, in the order an editor offers them. A test holds them against <see cref="BodyReader.Names"/>.</summary>
    public static IReadOnlyList<BlockShape> All { get; } =
    [
        new(Prose, "Text", HoldsWords: true),
        new("callout", "Callout", HoldsWords: true, new BlockField("tone", "Tone") { Choices = ["calm", "important", "danger"] }, new BlockField("title", "Title")),
        new("steps", "Steps", HoldsWords: true),
        new("details", "Details that open", HoldsWords: true, new BlockField("title", "Title") { Required = true }),
        new("contact", "Contact card", HoldsWords: false, new BlockField("line", "Phone line") { Required = true, Names = "helpline" }),
        new("places", "Places", HoldsWords: false, new BlockField("district", "District"), new BlockField("type", "Type of place")),
        new("quote", "Quotation", HoldsWords: true, new BlockField("from", "Whose words")),
        new("image", "Image", HoldsWords: false, new BlockField("media", "Picture") { Required = true, Names = "media" }, new BlockField("alt", "Description"),
            new BlockField("decorative", "Decorative: says nothing the words do not") { Choices = ["", "yes"] }, new BlockField("caption", "Caption"),
            new BlockField("shape", "Cut around its focal point") { Choices = ["", "wide", "square"] }),
        new("video", "Video", HoldsWords: true, new BlockField("media", "Video file") { Required = true, Names = "media" }, new BlockField("captions", "Captions file") { Required = true, Names = "media" },
            new BlockField("poster", "Still picture") { Names = "media" }, new BlockField("title", "Title") { Required = true }),
        new("download", "Download", HoldsWords: false, new BlockField("media", "File") { Required = true, Names = "media" }, new BlockField("label", "Label") { Required = true }),
        new("table", "Table", HoldsWords: true, new BlockField("caption", "Caption") { Required = true }),
        new("action", "Call to action", HoldsWords: false, new BlockField("href", "Leads to") { Required = true }, new BlockField("label", "Label") { Required = true }),
        new("checklist", "Checklist", HoldsWords: true, new BlockField("title", "Title") { Required = true }),
        new("write", "Box to write in", HoldsWords: false, new BlockField("label", "Label") { Required = true }, new BlockField("hint", "Hint"), new BlockField("rows", "Lines, 1 to 12")),
        new("picture", "Picture line (simple version)", HoldsWords: true, new BlockField("icon", "Icon") { Required = true, Choices = [.. PictureIcons.Names.Order(StringComparer.Ordinal)] }),
    ];

    public static BlockShape? Find(string name) => All.FirstOrDefault(shape => shape.Name == name);
}

/// <summary>One attribute of a block.</summary>
/// <param name="Key">As written in the file.</param>
public sealed record BlockField(string Key, string Label)
{
    public bool Required { get; init; }

    /// <summary>True where the value is words that a translation gives anew; else it is a fact.</summary>
    public bool IsWords => Key is "title" or "from" or "alt" or "caption" or "label" or "hint";

    /// <summary>The values there are; empty where any words may stand.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary><c>helpline</c> or <c>media</c> where the value is the id of one; else null.</summary>
    public string? Names { get; init; }
}

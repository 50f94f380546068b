using System.Text;

namespace Portal.Content.Text;

/// <summary>
/// A document as its text, kept to the byte: front-matter entries and body blocks are slices of the source, so an
/// edit of one leaves every other untouched. (Markdig's own round trip drops <c>:::</c> fences; hence our slices.)
/// </summary>
public sealed class DocumentText
{
    private const string Fence = "---";

    private readonly string opening;
    private readonly string closing;

    private readonly bool isBare;

    private DocumentText(string opening, IReadOnlyList<FieldText> fields, string closing, IReadOnlyList<BlockText> blocks, bool isBare = false)
    {
        this.isBare = isBare;
        this.opening = opening;
        Fields = fields;
        this.closing = closing;
        Blocks = blocks;
    }

    /// <summary>The top-level entries of the front matter, in file order, and what stands between them.</summary>
    public IReadOnlyList<FieldText> Fields { get; }

    /// <summary>The blocks of the body, in file order; together they are the whole body.</summary>
    public IReadOnlyList<BlockText> Blocks { get; }

    /// <summary>The blocks that are not blank.</summary>
    public IReadOnlyList<BlockText> WordBlocks => [.. Blocks.Where(block => !string.IsNullOrWhiteSpace(block.Source))];

    /// <summary>The whole front matter without its fences.</summary>
    public string FrontMatter => string.Concat(Fields.Select(entry => entry.Source));

    /// <summary>The whole body, as it stands in the file.</summary>
    public string Body => string.Concat(Blocks.Select(block => block.Source));

    /// <summary>Reads a document. Never fails: what is not front matter is body.</summary>
    public static DocumentText Parse(string text)
    {
        var lines = Lines.Of(text);
        if (lines.Count == 0 || lines[0].TrimEnd() != Fence)
            return new(string.Empty, [], string.Empty, BlockText.Split(lines, 0));

        var end = lines.FindIndex(1, line => line.TrimEnd() == Fence);
        if (end < 0)
            return new(lines[0], FieldText.Split(lines.GetRange(1, lines.Count - 1)), string.Empty, []);

        return new(lines[0], FieldText.Split(lines.GetRange(1, end - 1)), lines[end], BlockText.Split(lines, end + 1));
    }

    /// <summary>Reads a file that is fields from its first line to its last: the settings, a table. Never fails.</summary>
    public static DocumentText ParseFields(string text) => new(string.Empty, FieldText.Split(Lines.Of(text), before: 0), string.Empty, [], isBare: true);

    /// <summary>True where the file begins with a front-matter fence and has the closing one.</summary>
    public bool HasFrontMatter => closing.Length > 0;

    /// <summary>
    /// The same text with one field's YAML replaced, or added at the end of the front matter. Comments above it stay, and
    /// it takes the line ends of the file.
    /// </summary>
    /// <param name="key">The field's key.</param>
    /// <param name="yaml">The whole entry, key included, ending in a newline.</param>
    public DocumentText WithField(string key, string yaml)
    {
        var written = WithLineEnds(yaml);
        var found = Fields.Any(field => field.Key == key);
        var fields = found
            ? [.. Fields.Select(field => field.Key == key ? field with { Source = written } : field)]
            : (IReadOnlyList<FieldText>)[.. Ended(Fields), new FieldText(key, written, 0)];
        if (isBare) return new(opening, fields, closing, Blocks, isBare);
        return HasFrontMatter ? new(opening, fields, closing, Blocks) : new(Fence + LineEnd, fields, Fence + LineEnd, Blocks);
    }

    /// <summary>
    /// The same text without one field; a comment above it stays. In a file of fields its key stays too, with nothing
    /// behind it: the file is its own list of what may be set.
    /// </summary>
    public DocumentText WithoutField(string key) => isBare
        ? new(opening, [.. Fields.Select(field => field.Key == key ? field with { Source = key + ":" + LineEnd } : field)], closing, Blocks, isBare)
        : new(opening, [.. Fields.Where(field => field.Key != key)], closing, Blocks);

    /// <summary>
    /// The same text with one block's source replaced, which takes the line ends of the file; every other block keeps its
    /// bytes.
    /// </summary>
    public DocumentText WithBlock(int index, string source) =>
        new(opening, Fields, closing, [.. Blocks.Select((block, at) => at == index ? block with { Source = WithLineEnds(source) } : block)]);

    /// <summary>The same front matter with another body.</summary>
    public DocumentText WithBody(string body) => new(opening, Fields, closing, BlockText.Split(Lines.Of(body), 0));

    public override string ToString()
    {
        var text = new StringBuilder(opening);
        foreach (var field in Fields) text.Append(field.Source);
        text.Append(closing);
        foreach (var block in Blocks) text.Append(block.Source);
        return text.ToString();
    }

    /// <summary>The end of the file's first line: an editor that writes CRLF writes it everywhere.</summary>
    private string LineEnd
    {
        get
        {
            var first = isBare ? FrontMatter : opening.Length > 0 || Blocks.Count == 0 ? opening : Blocks[0].Source;
            return first.IndexOf('\n', StringComparison.Ordinal) is var at and > 0 && first[at - 1] == '\r' ? "\r\n" : "\n";
        }
    }

    /// <summary>The same fields, the last of which ends its line: a file may do without.</summary>
    private IEnumerable<FieldText> Ended(IReadOnlyList<FieldText> fields) =>
        fields.Select((field, at) => at == fields.Count - 1 && !field.Source.EndsWith('\n') ? field with { Source = field.Source + LineEnd } : field);

    private string WithLineEnds(string written) => Lines.WithLineFeeds(written).Replace("\n", LineEnd, StringComparison.Ordinal);
}

using System.Text;

using Portal.Content.Text;

namespace Portal.Content.Blocks;

/// <summary>A block as an editor shows it. It need not be right: an unfinished draft holds what was typed.</summary>
/// <param name="Kind">Name of its <see cref="BlockShape"/>; a name that is none is kept as it is.</param>
/// <param name="Attributes">Those that are set.</param>
/// <param name="Words">The Markdown, without blank lines around it.</param>
public sealed record BlockValue(string Kind, IReadOnlyDictionary<string, string> Attributes, string Words)
{
    public bool Equals(BlockValue? other) => other is not null && Kind == other.Kind && Words == other.Words
        && Filled(Attributes).SequenceEqual(Filled(other.Attributes));

    public override int GetHashCode() => HashCode.Combine(Kind, Words);

    /// <summary>The blocks of a text; what is blank between them belongs to none.</summary>
    public static IReadOnlyList<BlockValue> Read(DocumentText text) => [.. text.Blocks.Where(block => !string.IsNullOrWhiteSpace(block.Source)).Select(Read)];

    /// <summary>The text with these blocks. One that equals a block of the text keeps that block's bytes.</summary>
    public static DocumentText Apply(DocumentText text, IReadOnlyList<BlockValue> blocks)
    {
        var before = text.Blocks.Where(block => !string.IsNullOrWhiteSpace(block.Source)).Select(block => (Value: Read(block), block.Source)).ToList();
        if (before.Select(block => block.Value).SequenceEqual(blocks)) return text;

        var body = new StringBuilder();
        foreach (var block in blocks)
        {
            var kept = before.FindIndex(each => each.Value.Equals(block));
            var source = kept < 0 ? block.Write() : before[kept].Source;
            if (kept >= 0) before.RemoveAt(kept);
            if (body.Length > 0) body.Append('\n');
            body.Append(source.Trim('\r', '\n')).Append('\n');
        }

        return text.WithBody(body.ToString());
    }

    /// <summary>The block in canonical form, ending in a newline.</summary>
    public string Write()
    {
        var words = Words.ReplaceLineEndings("\n").Trim('\n');
        if (Kind == BlockShape.Prose) return words + "\n";
        var text = new StringBuilder(BlockText.Fence).Append(' ').Append(Kind);
        var order = BlockShape.Find(Kind)?.Fields.Select(field => field.Key).ToList() ?? [];
        foreach (var (key, value) in Attributes.Where(each => each.Value.Length > 0).OrderBy(each => order.IndexOf(each.Key) is var at and >= 0 ? at : order.Count))
            text.Append(' ').Append(BlockAttributes.Write(key, value.ReplaceLineEndings(" ")));
        text.Append('\n');
        if (words.Length > 0) text.Append(words).Append('\n');
        return text.Append(BlockText.Fence).Append('\n').ToString();
    }

    private static BlockValue Read(BlockText block)
    {
        var source = block.Source.ReplaceLineEndings("\n").Trim('\n').TrimEnd();
        if (!block.IsContainer) return new(BlockShape.Prose, new Dictionary<string, string>(), source);
        var lines = source.Split('\n');
        var header = new BlockAttributes(lines[0], string.Empty, block.Line, []);
        var closed = lines.Length > 1 && lines[^1].TrimEnd() == BlockText.Fence;
        return new(header.Name, header.Values, string.Join('\n', lines[1..(closed ? ^1 : ^0)]).Trim('\n'));
    }

    private static IEnumerable<KeyValuePair<string, string>> Filled(IReadOnlyDictionary<string, string> attributes) =>
        attributes.Where(each => each.Value.Length > 0).OrderBy(each => each.Key, StringComparer.Ordinal);
}

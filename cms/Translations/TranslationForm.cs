using Microsoft.Extensions.Primitives;

using Portal.Content.Blocks;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Cms.Translations;

/// <summary>One text of the front matter, English beside translated.</summary>
/// <param name="Own">The translation's words; empty where there are none.</param>
public sealed record LeafSide(WordLeaf English, string Own);

/// <summary>One field of the front matter with its texts.</summary>
/// <param name="Hash">Stamp of the English field; empty where English no longer has it.</param>
/// <param name="OwnHash">Stamp the translation carries; empty where it carries none.</param>
public sealed record FieldSide(Field Field, IReadOnlyList<LeafSide> Leaves, string Hash, string OwnHash)
{
    public bool IsFresh => Hash.Length > 0 && Hash == OwnHash;

    public bool IsEmpty => Leaves.All(leaf => leaf.Own.Length == 0);

    /// <summary>Stamp of the English field that the words translate; empty where there are none.</summary>
    public string Was => IsFresh ? Hash : OwnHash.Length > 0 || IsEmpty ? OwnHash : TranslationStamps.Unknown;
}

/// <summary>One block, English beside translated.</summary>
/// <param name="Own">The translation's block; null where it has none.</param>
public sealed record BlockSide(BlockPair Pair, BlockValue English, BlockValue? Own)
{
    public BlockShape? Shape => BlockShape.Find(English.Kind);

    /// <summary>Attributes a translator gives anew: those the English block has.</summary>
    public IEnumerable<BlockField> Words => (Shape?.Fields ?? []).Where(attribute => attribute.IsWords && English.Attributes.GetValueOrDefault(attribute.Key, string.Empty).Length > 0);

    public bool HasText => English.Words.Length > 0;

    /// <summary>Stamp of the English block that the words translate; empty where there are none.</summary>
    public string Was => Own is null ? string.Empty : Pair.IsFresh ? Pair.Hash : Pair.OwnHash.Length > 0 ? Pair.OwnHash : TranslationStamps.Unknown;

    /// <summary>True for a block without a word: a phone card, a decorative image. It follows the English text by itself.</summary>
    public bool IsFact => Pair.English.HoldsFacts || (!HasText && !Words.Any());
}

/// <summary>A translation as its screen shows it: each part beside the English one it belongs to.</summary>
internal sealed class TranslationForm
{
    private TranslationForm(IReadOnlyList<FieldSide> fields, IReadOnlyList<BlockSide> blocks) => (Fields, Blocks) = (fields, blocks);

    public IReadOnlyList<FieldSide> Fields { get; }

    public IReadOnlyList<BlockSide> Blocks { get; }

    public static TranslationForm Of(DocumentText english, Type kind, DocumentText translation)
    {
        var match = TranslationMatch.Of(english, kind, translation);
        var (from, own, known) = (FieldValues.Read(english, kind), FieldValues.Read(translation, kind), TranslationMatch.FieldHashesOf(translation));
        var hashes = HashesOf(english, kind);
        var fields = new List<FieldSide>();
        foreach (var field in FieldMap.Of(kind).Fields.Where(field => field.HoldsWords && (from.ContainsKey(field.Key) || own.ContainsKey(field.Key))))
        {
            var hash = hashes.GetValueOrDefault(field.Key, string.Empty);
            var given = WordLeaf.Of(field, own.GetValueOrDefault(field.Key)).ToDictionary(leaf => leaf.Path, leaf => leaf.Text);
            var leaves = WordLeaf.Of(field, from.GetValueOrDefault(field.Key) ?? own[field.Key]);
            if (hash.Length == 0) leaves = [.. leaves.Select(leaf => leaf with { Text = string.Empty })];
            fields.Add(new(field, [.. leaves.Where(leaf => leaf.Text.Length > 0 || given.GetValueOrDefault(leaf.Path, string.Empty).Length > 0).Select(leaf => new LeafSide(leaf, given.GetValueOrDefault(leaf.Path, string.Empty)))],
                hash, match.IsByPart ? known.GetValueOrDefault(field.Key, string.Empty) : match.IsStale ? string.Empty : hash));
        }

        return new(fields, [.. match.Blocks.Select(pair => new BlockSide(pair, ValueOf(pair.English), OwnOf(pair)))]);
    }

    /// <summary>The form as it would be sent with nothing changed.</summary>
    public Dictionary<string, StringValues> Posted()
    {
        var inputs = new Dictionary<string, StringValues>();
        foreach (var side in Fields)
        {
            (inputs[$"h.{side.Field.Key}"], inputs[$"was.{side.Field.Key}"]) = (side.Hash, side.Was);
            foreach (var leaf in side.Leaves) inputs["f." + leaf.English.Path] = leaf.Own;
        }

        for (var at = 0; at < Blocks.Count; at++)
        {
            (inputs[$"b.{at}.hash"], inputs[$"b.{at}.was"]) = (Blocks[at].Pair.Hash, Blocks[at].Was);
            foreach (var field in Blocks[at].Words) inputs[$"b.{at}.a.{field.Key}"] = Blocks[at].Own?.Attributes.GetValueOrDefault(field.Key) ?? string.Empty;
            inputs[$"b.{at}.words"] = Blocks[at].Own?.Words ?? string.Empty;
        }

        return inputs;
    }

    /// <summary>Stamps of the English fields that hold words, by key.</summary>
    public static Dictionary<string, string> HashesOf(DocumentText english, Type kind) =>
        Stamp.OfFields(english, kind).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=')).ToDictionary(field => field[0], field => field[1]);

    /// <summary>The block as an editor shows it.</summary>
    public static BlockValue ValueOf(BlockText block) => BlockValue.Read(DocumentText.Parse("---\n---\n" + block.Source))[0];

    /// <summary>An English block that only keeps two others apart is no translation.</summary>
    private static BlockValue? OwnOf(BlockPair pair) => pair.Own is not { } own || (pair.OwnHash == TranslationStamps.Unknown && Stamp.OfBlock(own.Source) == pair.Hash) ? null : ValueOf(own);
}

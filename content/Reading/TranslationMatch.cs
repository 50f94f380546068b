using Portal.Content.Text;

namespace Portal.Content.Reading;

/// <summary>An English block and what of a translation belongs to it.</summary>
/// <param name="English">The block as it stands in the English text.</param>
/// <param name="Hash">Its stamp.</param>
/// <param name="Own">The translation's block; where it is not fresh, the one that stood for an older English block; null where there is none.</param>
/// <param name="OwnHash">Stamp of the English block that <paramref name="Own"/> translates; empty where nobody said.</param>
/// <param name="IsFresh">True where the two belong together as they stand, or the block holds facts alone.</param>
public sealed record BlockPair(BlockText English, string Hash, BlockText? Own, string OwnHash, bool IsFresh);

/// <summary>
/// How a translation stands against an English text, part by part. Each English block takes the translation's block that
/// carries its stamp, in order where several do: a block that moved keeps its translation, one that changed has none. A
/// translation without stamps of its parts is fresh or stale as a whole.
/// </summary>
public sealed class TranslationMatch
{
    /// <summary>Front-matter key of the stamps of the blocks.</summary>
    public const string BlocksKey = "blocks";

    /// <summary>Front-matter key of the stamps of the fields.</summary>
    public const string FieldsKey = "fields";

    private TranslationMatch(IReadOnlyList<BlockPair> blocks, IReadOnlyList<string> staleFields, bool isByPart, bool isStaleAsWhole) =>
        (Blocks, StaleFields, IsByPart, IsStaleAsWhole) = (blocks, staleFields, isByPart, isStaleAsWhole);

    /// <summary>Every English block in its order.</summary>
    public IReadOnlyList<BlockPair> Blocks { get; }

    /// <summary>Keys of the fields whose English words changed, came or went since.</summary>
    public IReadOnlyList<string> StaleFields { get; }

    /// <summary>True where the translation says which blocks and fields it translates.</summary>
    public bool IsByPart { get; }

    private bool IsStaleAsWhole { get; }

    public bool IsStale => IsStaleAsWhole || StaleFields.Count > 0 || Blocks.Any(pair => !pair.IsFresh);

    /// <summary>Blocks and fields to translate or look at again.</summary>
    public int Stale => StaleFields.Count + Blocks.Count(pair => !pair.IsFresh);

    public static TranslationMatch Of(DocumentText english, Type kind, DocumentText translation)
    {
        var isByPart = HasStamps(translation);
        var fresh = Value(translation, "source") == Stamp.Of(english, kind);
        if (!isByPart)
        {
            // Nobody said which block is which: as long as the whole is fresh they stand in the same order.
            var texts = translation.WordBlocks;
            var pairs = english.WordBlocks.Select((block, at) => new BlockPair(block, Stamp.OfBlock(block.Source), at < texts.Count ? texts[at] : null, string.Empty, fresh)).ToList();
            return new(pairs, fresh ? [] : [.. Stamp.WordFields(english, kind).Select(field => field.Key)], isByPart, !fresh);
        }

        return new(Pairs(english, translation), StaleFieldsOf(english, kind, translation), isByPart, isStaleAsWhole: false);
    }

    /// <summary>True where a translation has stamps of its parts.</summary>
    public static bool HasStamps(DocumentText translation) => translation.Fields.Any(field => field.Key is BlocksKey or FieldsKey);

    /// <summary>The stamps in a translation's <c>blocks</c>, one for each block of its body.</summary>
    public static IReadOnlyList<string> HashesOf(DocumentText translation) => Value(translation, BlocksKey).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The stamps in a translation's <c>fields</c> by key.</summary>
    public static IReadOnlyDictionary<string, string> FieldHashesOf(DocumentText translation)
    {
        var hashes = new Dictionary<string, string>();
        foreach (var part in Value(translation, FieldsKey).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (part.Split('=') is [var key, var hash]) hashes[key] = hash;
        return hashes;
    }

    /// <summary>The body a reader sees: the translation's blocks in the English order, English ones where it has none that is fresh.</summary>
    /// <param name="linesBefore">Lines of the translation's file: an English block is counted as if it stood below.</param>
    internal IReadOnlyList<BlockText> Body(int linesBefore) =>
        [.. Blocks.Select(pair => pair switch
        {
            { IsFresh: true, Own: { } own } => own,
            { IsFresh: true } => pair.English with { Line = pair.English.Line + linesBefore },
            _ => pair.English with { Line = pair.English.Line + linesBefore, IsBase = true },
        })];

    private static List<BlockPair> Pairs(DocumentText english, DocumentText translation)
    {
        var hashes = HashesOf(translation);
        var own = translation.WordBlocks.Select((block, at) => (Block: block, Hash: at < hashes.Count ? hashes[at] : string.Empty)).ToList();
        var wanted = english.WordBlocks;
        var stamps = wanted.Select(block => Stamp.OfBlock(block.Source)).ToList();
        var taken = new int[wanted.Count];
        var used = new HashSet<int>();
        for (var at = 0; at < wanted.Count; at++)
        {
            taken[at] = own.FindIndex(each => each.Hash == stamps[at] && !used.Contains(own.IndexOf(each)));
            if (taken[at] >= 0) used.Add(taken[at]);
        }

        var pairs = new List<BlockPair>();
        for (var at = 0; at < wanted.Count; at++)
        {
            var fresh = taken[at] >= 0;
            // A phone card and a list of places hold no words: the English one is right in every language.
            var place = fresh ? taken[at] : wanted[at].HoldsFacts ? -1 : Former(at);
            if (place >= 0) used.Add(place);
            pairs.Add(new(wanted[at], stamps[at], place < 0 ? null : own[place].Block, place < 0 ? string.Empty : own[place].Hash, fresh || wanted[at].HoldsFacts));
        }

        return pairs;

        // The block that most likely stood for what the English one was before: left over, of the same kind, behind the one before it.
        int Former(int at)
        {
            var after = -1;
            for (var before = at - 1; before >= 0 && after < 0; before--) after = taken[before];
            return own.FindIndex(after + 1, each => !used.Contains(own.IndexOf(each)) && each.Block.Kind == wanted[at].Kind);
        }
    }

    private static List<string> StaleFieldsOf(DocumentText english, Type kind, DocumentText translation)
    {
        var known = FieldHashesOf(translation);
        var wanted = Stamp.WordFields(english, kind).ToDictionary(field => field.Key, Stamp.OfField);
        return [.. wanted.Where(field => known.GetValueOrDefault(field.Key) != field.Value).Select(field => field.Key), .. known.Keys.Where(key => !wanted.ContainsKey(key))];
    }

    private static string Value(DocumentText text, string key) =>
        text.Fields.FirstOrDefault(field => field.Key == key)?.Source is { } source ? source[(source.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim().Trim('"', '\'') : string.Empty;
}

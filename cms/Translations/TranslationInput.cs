using System.Globalization;

using Microsoft.Extensions.Primitives;

using Portal.Cms.Layout;
using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Cms.Translations;

/// <summary>
/// Makes a translation of what was typed side by side. Names of inputs: <c>f.poster.headline</c>; <c>b.2.words</c> and
/// <c>b.2.a.title</c>, with <c>b.2.hash</c> the stamp of the English block it was typed beside and <c>b.2.right</c> the
/// tick "still right"; <c>h.title</c> and <c>right.title</c> the same of a field. Kind and facts of a block come from the
/// English one, whatever is sent.
/// </summary>
internal sealed class TranslationInput(DocumentText english, Type kind, DocumentText head, IReadOnlyDictionary<string, string> older)
{
    private const int Most = 200;

    private readonly List<Problem> problems = [];

    /// <summary>What keeps the text from being saved, by input.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>The text with what was typed.</summary>
    /// <param name="confirm">True for a save: what was changed is now right for the English it stands beside. False for a draft.</param>
    public DocumentText Read(IReadOnlyDictionary<string, StringValues> posted, bool confirm)
    {
        if (IsUntouched(posted)) return head;
        var blocks = Blocks(posted, confirm);
        var (text, fields) = Fields(posted, confirm);
        text = BlockValue.Apply(text, [.. blocks.Select(block => block.Value)]);
        if (text.WordBlocks.Count != blocks.Count) problems.Add(new("blocks", "The blocks do not come apart as in English. Begin each text block that has a '## ' heading in English with one, and write no other '## ' heading."));
        text = Sourced(TranslationStamps.Write(text, string.Join(' ', blocks.Select(block => block.Hash)), fields));
        var state = Names.Kebab(TranslationState.MachineDraft) == Of(posted, "state") ? TranslationState.MachineDraft : TranslationState.NeedsReview;
        return Of(posted, "state") == Names.Kebab(TranslationState.Reviewed) && text.ToString() == head.ToString() ? text : TranslationStamps.WithState(text, state);
    }

    /// <summary>True where nothing was typed or ticked: not even stamps are written then.</summary>
    private bool IsUntouched(IReadOnlyDictionary<string, StringValues> posted) =>
        Of(posted, "state") == TranslationWords.StateIn(head)
        && !posted.Any(each => each.Key.StartsWith("right.", StringComparison.Ordinal) || each.Key.EndsWith(".right", StringComparison.Ordinal))
        && TranslationForm.Of(english, kind, head).Posted() is var untouched
        && untouched.All(each => Of(posted, each.Key).ReplaceLineEndings("\n") == each.Value.ToString())
        && posted.Count(each => IsPart(each.Key)) == untouched.Count(each => IsPart(each.Key));

    private static bool IsPart(string name) => name.StartsWith("h.", StringComparison.Ordinal) || name.EndsWith(".hash", StringComparison.Ordinal);

    private DocumentText Sourced(DocumentText text)
    {
        var whole = TranslationMatch.Of(english, kind, text).IsStale ? null : Stamp.Of(english, kind);
        if (whole is null && text.Fields.Any(field => field.Key == "source")) return text;
        return text.WithField("source", $"source: {whole ?? "unstamped"}\n");
    }

    private List<(BlockValue Value, string Hash)> Blocks(IReadOnlyDictionary<string, StringValues> posted, bool confirm)
    {
        var now = english.WordBlocks.Select(block => (Hash: Stamp.OfBlock(block.Source), Value: TranslationForm.ValueOf(block))).ToList();
        var saved = Saved();
        var made = new List<(BlockValue Value, string Hash)>();
        BlockValue? skipped = null;
        for (var at = 0; at < Most && posted.ContainsKey($"b.{at}.hash"); at++)
        {
            var hash = Of(posted, $"b.{at}.hash");
            var basis = now.Find(block => block.Hash == hash).Value ?? (older.TryGetValue(hash, out var former) ? TranslationForm.ValueOf(new(former, 1)) : null);
            if (basis is null) continue; // A stamp of no English block there ever was.
            if (Typed(posted, at, basis, saved, hash, confirm) is not { } block)
            {
                skipped = basis;
                continue;
            }

            // Two runs of text would grow together where the block between them is not translated yet.
            if (skipped is not null && block.Value.Kind == BlockShape.Prose && !block.Value.Words.StartsWith("## ", StringComparison.Ordinal) && (made.Count == 0 || made[^1].Value.Kind == BlockShape.Prose) && made.Count > 0)
                made.Add((skipped, TranslationStamps.Unknown));
            skipped = null;
            made.Add(block);
            if (TranslationForm.ValueOf(new(block.Value.Write(), 1)) != block.Value || DocumentText.Parse("---\n---\n" + block.Value.Write()).WordBlocks.Count != 1)
                problems.Add(new($"b.{at}.words", $"Block {(at + 1).ToString(CultureInfo.InvariantCulture)} comes apart: it has a second '## ' heading or a line that begins with ':::'. Write what the English block has."));
        }

        return made;
    }

    /// <summary>The block with its stamp; null where nothing was translated.</summary>
    private static (BlockValue Value, string Hash)? Typed(IReadOnlyDictionary<string, StringValues> posted, int at, BlockValue english, List<(string Hash, BlockValue Value)> saved, string hash, bool confirm)
    {
        var fresh = saved.Find(block => block.Hash == hash).Value;
        var words = (BlockShape.Find(english.Kind)?.Fields ?? []).Where(field => field.IsWords && english.Attributes.ContainsKey(field.Key)).Select(field => field.Key).ToList();
        if (english.Kind is "contact" or "places" || (english.Words.Length == 0 && words.Count == 0)) return (fresh ?? english, hash);

        var attributes = (fresh ?? english).Attributes.Where(attribute => !words.Contains(attribute.Key)).ToDictionary();
        foreach (var key in words) attributes[key] = Of(posted, $"b.{at}.a.{key}").Trim();
        var value = new BlockValue(english.Kind, attributes, Of(posted, $"b.{at}.words").ReplaceLineEndings("\n").Trim('\n').TrimEnd());
        if (value.Words.Length == 0 && words.All(key => attributes[key].Length == 0)) return null;

        var was = Of(posted, $"b.{at}.was");
        if (was.Length == 0 || was == hash || Of(posted, $"b.{at}.right").Length > 0) return (value, hash);
        var former = saved.Find(block => block.Hash == was && block.Value.Words == value.Words && words.All(key => block.Value.Attributes.GetValueOrDefault(key, string.Empty) == attributes[key]));
        if (former.Value is not null) return (former.Value, was);
        return (value, confirm ? hash : was);
    }

    private List<(string Hash, BlockValue Value)> Saved()
    {
        var match = TranslationMatch.Of(english, kind, head);
        return match.IsByPart
            ? [.. head.WordBlocks.Select((block, at) => (TranslationMatch.HashesOf(head).ElementAtOrDefault(at) ?? TranslationStamps.Unknown, TranslationForm.ValueOf(block)))]
            : [.. match.Blocks.Where(pair => pair.Own is not null).Select(pair => (pair.IsFresh ? pair.Hash : TranslationStamps.Unknown, TranslationForm.ValueOf(pair.Own!)))];
    }

    private (DocumentText Text, string Stamps) Fields(IReadOnlyDictionary<string, StringValues> posted, bool confirm)
    {
        var from = FieldValues.Read(english, kind);
        var before = FieldValues.Read(head, kind);
        var values = new Dictionary<string, FieldValue>();
        var stamps = new List<string>();
        foreach (var field in FieldMap.Of(kind).Fields.Where(field => field.HoldsWords))
        {
            if (!posted.ContainsKey($"h.{field.Key}")) continue;
            var (hash, was) = (Of(posted, $"h.{field.Key}"), Of(posted, $"was.{field.Key}"));
            if (!from.TryGetValue(field.Key, out var basis) || hash.Length == 0)
            {
                values[field.Key] = new FieldValue.Words(string.Empty); // English no longer has it.
                continue;
            }

            var words = WordLeaf.Of(field, basis).ToDictionary(leaf => leaf.Path, leaf => Of(posted, "f." + leaf.Path).ReplaceLineEndings("\n").Trim());
            var empty = words.Values.All(word => word.Length == 0);
            values[field.Key] = empty ? new FieldValue.Words(string.Empty) : WordLeaf.With(field, basis, words);
            var ticked = Of(posted, $"right.{field.Key}").Length > 0;
            var edited = !empty && WordLeaf.Of(field, before.GetValueOrDefault(field.Key)).Where(leaf => words.ContainsKey(leaf.Path)).Select(leaf => (leaf.Path, leaf.Text)).ToHashSet() is var old
                && !words.All(word => old.Contains((word.Key, word.Value)) || (word.Value.Length == 0 && old.All(leaf => leaf.Path != word.Key)));
            var stamp = was == hash || ticked || (edited && (confirm || was.Length == 0)) ? hash : was;
            if (stamp.Length > 0 && (!empty || ticked || was == hash)) stamps.Add($"{field.Key}={stamp}");
        }

        return (FieldValues.Apply(head, kind, values), string.Join(' ', stamps));
    }

    private static string Of(IReadOnlyDictionary<string, StringValues> posted, string name) => posted.TryGetValue(name, out var value) ? value.ToString() : string.Empty;
}

using NodaTime;

using Portal.Content.Documents;
using Portal.Content.Text;

namespace Portal.Content.Reading;

/// <summary>Writes into a translation which English words it translates. Every other byte of it stays.</summary>
public static class TranslationStamps
{
    /// <summary>What stands in place of a stamp where nobody said which English block a block translates.</summary>
    public const string Unknown = "00000000";

    /// <summary>
    /// The translation, said to match an English text as it stands. Where its blocks do not line up with the English ones,
    /// one of the same kind for each, only the stamp of the whole is written.
    /// </summary>
    public static DocumentText Write(DocumentText translation, DocumentText english, Type kind)
    {
        var stamped = translation.WithField("source", $"source: {Stamp.Of(english, kind)}\n");
        return translation.WordBlocks.Select(block => block.Kind).SequenceEqual(english.WordBlocks.Select(block => block.Kind))
            ? Write(stamped, Stamp.OfBlocks(english), Stamp.OfFields(english, kind))
            : stamped.WithoutField(TranslationMatch.BlocksKey).WithoutField(TranslationMatch.FieldsKey);
    }

    /// <summary>The translation with these stamps of its parts.</summary>
    /// <param name="blocks">One for each block of its body, with spaces between.</param>
    /// <param name="fields"><c>title=1a2b3c4d</c>, with spaces between.</param>
    public static DocumentText Write(DocumentText translation, string blocks, string fields) =>
        Set(Set(translation, TranslationMatch.BlocksKey, blocks), TranslationMatch.FieldsKey, fields);

    /// <summary>
    /// A translation that was changed without looking at the English: its blocks keep the stamps they had, wherever they
    /// went; one that was rewritten in its place keeps the stamp of its place. It is no longer the one that somebody reviewed.
    /// </summary>
    public static DocumentText Follow(DocumentText before, DocumentText after)
    {
        var text = Stamped(before, after);
        return IsReviewed(before) && before.ToString() != after.ToString() ? WithState(text, TranslationState.NeedsReview) : text;
    }

    /// <summary>The translation in another state; only a reviewed one names who reviewed it and when.</summary>
    public static DocumentText WithState(DocumentText translation, TranslationState state, string? reviewer = null, LocalDate? day = null)
    {
        var text = translation.WithField("state", $"state: {Names.Kebab(state)}\n");
        return reviewer is null || day is not { } on
            ? text.WithoutField("reviewedBy").WithoutField("reviewedOn")
            : text.WithField("reviewedBy", $"reviewedBy: {Quoted(reviewer)}\n").WithField("reviewedOn", $"reviewedOn: {on.ToString("uuuu-MM-dd", null)}\n");
    }

    private static bool IsReviewed(DocumentText translation) =>
        translation.Fields.FirstOrDefault(field => field.Key == "state")?.Source["state:".Length..].Trim() == Names.Kebab(TranslationState.Reviewed);

    private static DocumentText Stamped(DocumentText before, DocumentText after)
    {
        if (!TranslationMatch.HasStamps(before)) return after;
        var (old, now) = (before.WordBlocks, after.WordBlocks);
        var hashes = Enumerable.Range(0, old.Count).Select(at => TranslationMatch.HashesOf(before).ElementAtOrDefault(at) ?? Unknown).ToList();
        var left = Enumerable.Range(0, old.Count).ToList();
        var found = now.Select(block =>
        {
            var same = left.FindIndex(at => Text(old[at]) == Text(block));
            if (same < 0) return -1;
            var at = left[same];
            left.RemoveAt(same);
            return at;
        }).ToList();

        // As many rewritten as are gone: each stands for the one that is gone in its order. Else nobody can tell.
        var rewritten = found.Count(at => at < 0);
        var next = 0;
        var stamps = found.Select(at => at >= 0 ? hashes[at] : rewritten == left.Count ? hashes[left[next++]] : Unknown);
        return Set(after, TranslationMatch.BlocksKey, string.Join(' ', stamps));
    }

    private static string Text(BlockText block) => block.Source.ReplaceLineEndings("\n").Trim('\n').TrimEnd();

    private static DocumentText Set(DocumentText text, string key, string value) =>
        value.Length == 0 ? text.WithoutField(key) : text.WithField(key, $"{key}: {Quoted(value)}\n");

    /// <summary>Eight digits alone would be a number, and <c>1e300000</c> an infinite one.</summary>
    private static string Quoted(string value) => YamlScalar.Write(value, 0);
}

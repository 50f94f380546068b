using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Cms.Translations;

/// <summary>
/// An English text is put right in a way that leaves its translations right: what was changed is said to be translated as
/// it was before. Each translation gets a revision that differs in its stamps alone; those that are public go live with the
/// English text, in the same act, and those that wait for a second person or for their instant go on waiting.
/// </summary>
internal sealed class SmallCorrection(CmsDatabase database, DocumentStore documents, AuditLog audit)
{
    private const string Note = "Small correction in English: ";

    /// <summary>Why a change is no small correction; null where it may be one.</summary>
    /// <param name="reason">What the person wrote.</param>
    public static string? Refusal(DocumentText before, DocumentText after, string reason) =>
        string.IsNullOrWhiteSpace(reason) ? "Say what you corrected: it is noted in the log."
        : !before.WordBlocks.Select(block => block.Kind).Order().SequenceEqual(after.WordBlocks.Select(block => block.Kind).Order()) ? "A block was added, taken out or made another kind. That is no small correction: take the tick away."
        : null;

    /// <summary>Saves the English text and says in every translation that it still fits, all or nothing.</summary>
    /// <param name="reason">Goes to the log and into the note of each revision.</param>
    public async Task<Saving> SaveAsync(Entry english, string before, string after, long version, Actor actor, string reason, CancellationToken cancel = default)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        var saving = await documents.SaveAsync(english.Path, after, version, actor, reason, cancel: cancel);
        if (saving.Conflict is not null || before == after || DocumentKind.Find(english.Kind)?.Type is not { } kind) return saving;
        var translations = await database.Entries.AsNoTracking()
            .Where(entry => entry.Document == english.Document && entry.Language != Language.Base.Code && entry.Language != Language.Simple.Code)
            .OrderBy(entry => entry.Path).ToListAsync(cancel);
        foreach (var translation in translations)
        {
            var text = (await documents.HeadAsync(translation, cancel)).Text;
            var stamped = Stamped(DocumentText.Parse(before), DocumentText.Parse(after), kind, DocumentText.Parse(text)).ToString();
            if (stamped == text) continue;
            if ((await documents.SaveAsync(translation.Path, stamped, translation.Version, actor, Note + reason, keepDraft: true, cancel)).Conflict is { } conflict)
                throw new DbUpdateConcurrencyException($"{conflict.Path} was saved meanwhile.");
        }

        audit.Add(database, actor, "document.small-correction", english.Path, reason);
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return saving;
    }

    /// <summary>Lets the translations that differ from their public text in stamps alone go live with the English text.</summary>
    public static async Task FollowAsync(CmsDatabase database, Entry english, Instant now, CancellationToken cancel = default)
    {
        if (english.Document is null || english.Language != Language.Base.Code) return;
        var waiting = await database.Entries.Where(entry => entry.Document == english.Document && entry.Path != english.Path && entry.Live != null && entry.Live != entry.Head && entry.State == EntryState.Draft).ToListAsync(cancel);
        foreach (var entry in waiting)
        {
            var texts = await database.Revisions.AsNoTracking().Where(revision => revision.Id == entry.Head || revision.Id == entry.Live).Select(revision => revision.Text).ToListAsync(cancel);
            var live = await database.Revisions.Where(revision => revision.Id == entry.Live).Select(revision => revision.Number).FirstAsync(cancel);
            var byHand = await database.Revisions.AnyAsync(revision => revision.Path == entry.Path && revision.Number > live && !revision.Note.StartsWith(Note), cancel);
            if (!byHand && texts.Select(WithoutStamps).Distinct().Count() == 1) (entry.Live, entry.LiveSince, entry.State, entry.Version) = (entry.Head, now, EntryState.Published, entry.Version + 1);
        }
    }

    /// <summary>The translation with the stamps of what changed exchanged; stamps of anything else stay, stale ones too.</summary>
    internal static DocumentText Stamped(DocumentText before, DocumentText after, Type kind, DocumentText translation)
    {
        var wasWhole = TranslationMatch.Of(before, kind, translation).IsStale ? null : Stamp.Of(after, kind);
        if (wasWhole is not null) translation = translation.WithField("source", $"source: {wasWhole}\n");
        if (!TranslationMatch.HasStamps(translation)) return translation;

        var exchanged = new Dictionary<string, string>();
        foreach (var kindOf in before.WordBlocks.Select(block => block.Kind).Distinct())
        {
            var (old, now) = (Hashes(before, kindOf), Hashes(after, kindOf));
            foreach (var (was, becomes) in Without(old, now).Zip(Without(now, old))) exchanged.TryAdd(was, becomes);
        }

        var (fieldsBefore, fieldsAfter) = (FieldsOf(before, kind), FieldsOf(after, kind));
        var blocks = TranslationMatch.HashesOf(translation).Select(hash => exchanged.GetValueOrDefault(hash, hash));
        var fields = TranslationMatch.FieldHashesOf(translation).Select(field =>
            fieldsBefore.GetValueOrDefault(field.Key) == field.Value && fieldsAfter.TryGetValue(field.Key, out var hash) ? $"{field.Key}={hash}" : $"{field.Key}={field.Value}");
        return TranslationStamps.Write(translation, string.Join(' ', blocks), string.Join(' ', fields));
    }

    /// <summary>A translation's text without what it says of the English text it translates.</summary>
    internal static string WithoutStamps(string text) =>
        DocumentText.Parse(text).WithoutField("source").WithoutField(TranslationMatch.BlocksKey).WithoutField(TranslationMatch.FieldsKey).ToString();

    private static List<string> Hashes(DocumentText text, string kind) => [.. text.WordBlocks.Where(block => block.Kind == kind).Select(block => Stamp.OfBlock(block.Source))];

    private static Dictionary<string, string> FieldsOf(DocumentText text, Type kind) =>
        Stamp.OfFields(text, kind).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=')).ToDictionary(field => field[0], field => field[1]);

    private static List<string> Without(List<string> these, List<string> those)
    {
        var left = new List<string>(those);
        return [.. these.Where(hash => !left.Remove(hash))];
    }
}

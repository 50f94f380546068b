using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;


using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Staff;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Cms.Translations;

/// <summary>A document and one of its translations, as they are saved now.</summary>
/// <param name="Entry">The translation; null while there is none.</param>
/// <param name="Head">Its saved text; one without words while there is none.</param>
/// <param name="Number">Its newest revision.</param>
internal sealed record TranslationWork(Language Language, Entry English, DocumentText EnglishText, Type Kind, Entry? Entry, DocumentText Head, Guid? HeadAuthor, int Number)
{
    public string Path => TranslationPaths.TextOf(Language.Code, English.Document!);

    public TranslationMatch Match => TranslationMatch.Of(EnglishText, Kind, Head);

    /// <summary>What stands behind a key of the English front matter.</summary>
    public string SourceOf(string key) => EnglishText.Fields.FirstOrDefault(field => field.Key == key)?.Source[(key.Length + 1)..].Trim() ?? string.Empty;
}

/// <summary>What is done to translations: opened beside their English, saved, marked as reviewed.</summary>
internal sealed class TranslationDesk(CmsDatabase database, DocumentStore documents, ContentLanguages languages, AuditLog audit)
{
    /// <summary>Null where the site has no such language or document; English and the simple version are no translations.</summary>
    public async Task<TranslationWork?> OpenAsync(string code, string document, CancellationToken cancel = default)
    {
        if (!DocumentId.TryParse(document, out var id) || (await languages.AllAsync(cancel)).FirstOrDefault(each => each.Code == code) is not { IsBase: false, IsSimple: false } language) return null;
        if (await documents.FindAsync(EntryText.PathOf(id, Language.Base.Code), cancel) is not { } english || DocumentKind.Find(english.Kind)?.Type is not { } kind) return null;
        var entry = await documents.FindAsync(EntryText.PathOf(id, code), cancel);
        var head = entry is null ? null : await documents.HeadAsync(entry, cancel);
        return new(language, english, DocumentText.Parse((await documents.HeadAsync(english, cancel)).Text), kind, entry, DocumentText.Parse(head?.Text ?? "---\n---\n"), head?.AuthorId, head?.Number ?? 0);
    }

    /// <summary>Takes what is typed, with the older English blocks it may stand beside: the text can change while somebody translates.</summary>
    public async Task<TranslationInput> InputAsync(TranslationWork work, IReadOnlyDictionary<string, StringValues> posted, CancellationToken cancel = default)
    {
        var now = work.EnglishText.WordBlocks.Select(block => Stamp.OfBlock(block.Source)).ToHashSet();
        var gone = posted.Where(each => each.Key.EndsWith(".hash", StringComparison.Ordinal) && !now.Contains(each.Value.ToString())).Select(each => each.Value.ToString());
        return new(work.EnglishText, work.Kind, work.Head, await EnglishHistory.PartsAsync(database, work.English.Path, work.Kind, gone, cancel));
    }

    /// <summary>Saves a translation, or makes it where there is none yet. What somebody else saved meanwhile is returned, and nothing was written.</summary>
    public async Task<Revision?> SaveAsync(TranslationWork work, string text, long version, Actor actor, string note = "", bool keepDraft = false, CancellationToken cancel = default)
    {
        if (work.Entry is not null) return (await documents.SaveAsync(work.Path, text, version, actor, note, keepDraft, cancel)).Conflict;
        var made = await documents.CreateAsync(work.Path, work.English.Kind, text, actor, note, cancel);
        if (made is not null && !keepDraft && actor.Id is { } writer && await database.Drafts.FirstOrDefaultAsync(draft => draft.Path == work.Path && draft.AccountId == writer, cancel) is { } kept) database.Drafts.Remove(kept);
        try
        {
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (made is not null)
        {
            database.ChangeTracker.Clear();
            made = null;
            if (await documents.FindAsync(work.Path, cancel) is null) throw;
        }

        if (made is null) return await documents.HeadAsync((await documents.FindAsync(work.Path, cancel))!, cancel); // Somebody made it between our look and our write.
        await TranslationIndex.RefreshAsync(database, [work.English.Document!], cancel);
        return null;
    }

    /// <summary>Why this person cannot say that the translation is right; null where they can. Four eyes: never who wrote it.</summary>
    public async Task<string?> RefusalAsync(TranslationWork work, StaffUser user, CancellationToken cancel = default)
    {
        if (work.Entry is not { } entry || !(user.CanWrite(work.Language.Code) || (user.Can(Permissions.Review) && user.CanRead(work.Language.Code)))) return "Somebody who translates this language or reviews can mark it as reviewed.";
        if (work.Match.IsStale) return "Parts of it are not translated from the English text of now.";
        var live = await database.Revisions.Where(revision => revision.Id == entry.Live).Select(revision => (int?)revision.Number).FirstOrDefaultAsync(cancel) ?? 0;
        return work.HeadAuthor == user.Id || await database.Revisions.AnyAsync(revision => revision.Path == entry.Path && revision.Number > live && revision.AuthorId == user.Id, cancel)
            ? "You wrote part of this. Somebody else must read it."
            : null;
    }

    /// <summary>Writes who reviewed the translation and when. False where it changed since <paramref name="version"/>.</summary>
    public async Task<bool> ReviewAsync(TranslationWork work, long version, Actor actor, CancellationToken cancel = default)
    {
        var text = TranslationStamps.WithState(work.Head, TranslationState.Reviewed, actor.Name, documents.Now.InZone(LondonTime.Zone).Date).ToString();
        if (work.Entry?.Version != version) return false;
        audit.Add(database, actor, "translation.review", work.Path);
        return (await documents.SaveAsync(work.Path, text, version, actor, "Reviewed", keepDraft: true, cancel)).Conflict is null;
    }
}

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Places;
using Portal.Cms.Review;
using Portal.Cms.Translations;

namespace Portal.Cms.Documents;

/// <summary>What came of a save.</summary>
/// <param name="Entry">The text as it now stands.</param>
/// <param name="Conflict">What somebody else saved meanwhile; null where the save was taken.</param>
public sealed record Saving(Entry Entry, Revision? Conflict);

/// <summary>
/// Keeps texts. Each save is a new revision; none is ever changed or lost. A save names the version it began with, and is
/// refused where somebody saved since: the second one gets both texts instead of overwriting the first.
/// </summary>
public sealed class DocumentStore(CmsDatabase database, SecretRecords secrets, TimeProvider time)
{
    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public Task<Entry?> FindAsync(string path, CancellationToken cancel = default) => database.Entries.FirstOrDefaultAsync(entry => entry.Path == path, cancel);

    public Task<Revision> HeadAsync(Entry entry, CancellationToken cancel = default) => database.Revisions.AsNoTracking().FirstAsync(revision => revision.Id == entry.Head, cancel);

    /// <summary>Text of a revision; null where there is none with that id.</summary>
    public async Task<string?> TextAsync(Guid? revision, CancellationToken cancel = default) =>
        revision is null ? null : await database.Revisions.AsNoTracking().Where(each => each.Id == revision).Select(each => each.Text).FirstOrDefaultAsync(cancel);

    /// <summary>Adds a text that is not there yet. Null where one is.</summary>
    /// <exception cref="SecretPlaceException">The text must not be kept.</exception>
    public async Task<Entry?> CreateAsync(string path, string kind, string text, Actor actor, string note = "", CancellationToken cancel = default)
    {
        if (await database.Entries.AnyAsync(entry => entry.Path == path, cancel)) return null;
        await secrets.RefuseAsync(path, kind, text, cancel);
        var revision = RevisionOf(path, 1, text, actor, note);
        var entry = new Entry
        {
            Path = path,
            Document = EntryText.DocumentOf(path),
            Language = EntryText.LanguageOf(path),
            Kind = kind,
            Title = path,
            Head = revision.Id,
            UpdatedAt = Now,
            UpdatedBy = actor.Name,
            Version = 1,
        };
        EntryText.Describe(entry, text);
        database.Revisions.Add(revision);
        database.Entries.Add(entry);
        await secrets.ShieldAsync(entry, actor, cancel);
        return entry;
    }

    /// <summary>
    /// The version to save over for a form that says which revision it began with: the text's own while that is still the
    /// newest one, whatever was done with it since; one that no text has where somebody saved another.
    /// </summary>
    /// <param name="number">Number of the newest revision.</param>
    /// <param name="began">What the form says.</param>
    public static long VersionFor(Entry? entry, int number, string? began) => entry is not null && int.TryParse(began, out var seen) && seen == number ? entry.Version : 0;

    /// <summary>Saves a new revision over the version that the writer began with, and throws their draft away.</summary>
    /// <param name="version">The version they saw.</param>
    /// <exception cref="SecretPlaceException">The text must not be kept.</exception>
    public Task<Saving> SaveAsync(string path, string text, long version, Actor actor, string note = "", CancellationToken cancel = default) => SaveAsync(path, text, version, actor, note, keepDraft: false, cancel);

    /// <summary>As above.</summary>
    /// <param name="keepDraft">True for an act other than saving what one typed: the draft stays, and tells whoever opens it that the text is another now. Where the act leaves a translation's words as they were, what was asked or approved of them stays too.</param>
    /// <exception cref="SecretPlaceException">The text must not be kept.</exception>
    public async Task<Saving> SaveAsync(string path, string text, long version, Actor actor, string note, bool keepDraft, CancellationToken cancel = default)
    {
        var (waiting, notes) = (database.ChangeTracker.Entries().Where(each => each.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).Select(each => each.Entity).ToHashSet(ReferenceEqualityComparer.Instance), database.Notes.ToList());
        var entry = await database.Entries.FirstAsync(each => each.Path == path, cancel);
        var head = await HeadAsync(entry, cancel);
        if (entry.Version != version) return new(entry, head);
        if (head.Text != text)
        {
            await secrets.RefuseAsync(path, entry.Kind, text, cancel);
            var revision = RevisionOf(path, head.Number + 1, text, actor, note);
            database.Revisions.Add(revision);
            (entry.Head, entry.UpdatedAt, entry.UpdatedBy, entry.Version) = (revision.Id, Now, actor.Name, entry.Version + 1);
            var sameWords = keepDraft && JudgedWords.AreSame(entry, head.Text, text);
            var goesOn = sameWords && entry.State is EntryState.InReview or EntryState.Scheduled;
            if (!goesOn)
            {
                entry.State = EntryState.Draft;
                entry.PublishAt = null;
                if (entry.Live is null) entry.ExpireAt = null; // It was to leave after the day that is no longer set.
            }

            EntryText.Describe(entry, text);
            await secrets.ShieldAsync(entry, actor, cancel);
            if (sameWords) await JudgedWords.CarryAsync(database, path, head.Id, revision.Id, cancel);
            if (!goesOn) await CloseReviewsAsync(path, cancel);
        }

        // Goes with the save or not at all: a draft that is thrown away before a save that fails would be words lost.
        if (!keepDraft && actor.Id is { } writer && await database.Drafts.FirstOrDefaultAsync(draft => draft.Path == path && draft.AccountId == writer, cancel) is { } kept) database.Drafts.Remove(kept);
        try
        {
            await database.SaveChangesAsync(cancel);
            if (head.Text != text && entry.Document is { } document) await TranslationIndex.RefreshAsync(database, [document], cancel);
            return new(entry, null);
        }
        catch (DbUpdateException)
        {
            // Somebody saved between our look and our write, so theirs stands; anything else that fails is no such thing.
            var theirs = await database.Entries.AsNoTracking().FirstAsync(each => each.Path == path, cancel);
            if (theirs.Version == version || theirs.Head != head.Id)
            {
                database.ChangeTracker.Clear();
                if (theirs.Version == version) throw;
                return new(theirs, await HeadAsync(theirs, cancel));
            }

            // It was submitted or decided on, and the words are those the writer saw. What waited to be saved beside it, such as the other rows of a table, goes on waiting.
            foreach (var own in database.ChangeTracker.Entries().Where(each => each.Entity == entry || !waiting.Contains(each.Entity)).ToList()) own.State = EntityState.Detached;
            database.Notes.AddRange(notes);
            return await SaveAsync(path, text, theirs.Version, actor, note, keepDraft, cancel);
        }
    }

    /// <summary>Keeps what somebody is typing; no revision, nobody else sees it.</summary>
    /// <param name="basedOn">The revision it was typed over; null where that is not known or there was none.</param>
    /// <exception cref="SecretPlaceException">The text must not be kept, not even so.</exception>
    public async Task KeepDraftAsync(string path, string text, Guid? basedOn, Guid account, CancellationToken cancel = default)
    {
        // By the document: a translation that somebody is about to begin has no row of its own yet.
        var document = EntryText.DocumentOf(path);
        var kind = document is null ? null : await database.Entries.Where(entry => entry.Document == document).Select(entry => entry.Kind).FirstOrDefaultAsync(cancel);
        await secrets.RefuseAsync(path, kind ?? string.Empty, text, cancel);
        var draft = await database.Drafts.FirstOrDefaultAsync(each => each.Path == path && each.AccountId == account, cancel);
        if (draft is null) database.Drafts.Add(new() { Path = path, AccountId = account, BasedOn = basedOn, Text = text, At = Now });
        else (draft.Text, draft.BasedOn, draft.At) = (text, basedOn, Now);
        await database.SaveChangesAsync(cancel);
    }

    /// <summary>As above, for what was typed in a form that shows the entry's <paramref name="version"/>, see <see cref="VersionFor"/>. One that somebody saved over meanwhile stays based on what it was, so that whoever opens it again is told.</summary>
    /// <param name="entry">Null for a text that is not there yet.</param>
    public async Task KeepDraftAsync(string path, string text, Entry? entry, long version, Guid account, CancellationToken cancel = default)
    {
        var basis = entry is null || entry.Version == version ? entry?.Head : (await DraftAsync(path, account, cancel))?.BasedOn;
        await KeepDraftAsync(path, text, basis, account, cancel);
    }

    public Task<Draft?> DraftAsync(string path, Guid account, CancellationToken cancel = default) =>
        database.Drafts.AsNoTracking().FirstOrDefaultAsync(draft => draft.Path == path && draft.AccountId == account, cancel);

    public Task DropDraftAsync(string path, Guid account, CancellationToken cancel = default) =>
        database.Drafts.Where(draft => draft.Path == path && draft.AccountId == account).ExecuteDeleteAsync(cancel);

    /// <summary>A text that was changed is no longer the one somebody was asked to look at.</summary>
    private async Task CloseReviewsAsync(string path, CancellationToken cancel)
    {
        foreach (var review in await database.Reviews.Where(each => each.Path == path && each.DecidedAt == null).ToListAsync(cancel))
            (review.DecidedAt, review.Approved, review.Comment) = (Now, false, "The text was changed after it was submitted.");
    }

    private Revision RevisionOf(string path, int number, string text, Actor actor, string note) =>
        new() { Id = Guid.CreateVersion7(time.GetUtcNow()), Path = path, Number = number, Text = text, AuthorId = actor.Id, Author = actor.Name, At = Now, Note = note };
}

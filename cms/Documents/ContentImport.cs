using System.Security.Cryptography;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Cms.Translations;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Documents;

/// <summary>What an import did.</summary>
/// <param name="Left">Texts that say the same already: left as they are, public or not.</param>
/// <param name="Media">Files that were added or changed.</param>
public sealed record ImportResult(int Added, int Changed, int Left, int Media)
{
    /// <summary>Paths of texts that were there, were not public, and are now.</summary>
    public IReadOnlyList<string> Shown { get; init; } = [];
}

/// <summary>
/// Takes a content folder in: each text that is new or differs a revision by <c>import</c> and live at once, since the
/// folder is a published site's; each file below <c>media/</c>. A text that says the same already is left as it is: an
/// export holds drafts and withdrawn pages too, and bringing it back must not make them public.
/// </summary>
public sealed class ContentImport(CmsDatabase database, DocumentStore documents, AuditLog audit)
{
    private const string MediaFolder = "media/";

    /// <summary>All or nothing: one transaction. Nothing asks for a publication: for a database that the publisher finds unpublished.</summary>
    /// <exception cref="Places.SecretPlaceException">A text must not be kept; the message names its file.</exception>
    /// <exception cref="StartException">Somebody saved one of the texts meanwhile; the message names it.</exception>
    public async Task<ImportResult> RunAsync(ContentFiles files, CancellationToken cancel = default)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        var result = await TakeAsync(files, cancel);
        await transaction.CommitAsync(cancel);
        return result;
    }

    /// <summary>The same beside a CMS that runs: the note of it and the wish that its publisher finds are of the one transaction.</summary>
    /// <exception cref="Places.SecretPlaceException">A text must not be kept; the message names its file.</exception>
    /// <exception cref="StartException">Somebody saved one of the texts meanwhile; the message names it.</exception>
    public async Task<ImportResult> PublishAsync(ContentFiles files, CancellationToken cancel = default)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        var result = await TakeAsync(files, cancel);
        audit.Add(database, Actor.Import, "content.import", "content", $"{result.Added} added, {result.Changed} changed, {result.Media} media files");
        foreach (var path in result.Shown) audit.Add(database, Actor.Import, "document.publish", path, "import");
        if (await database.Entries.AnyAsync(cancel)) database.Outbox.Add(new() { At = documents.Now, By = Actor.Import.Name, What = "import" });
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return result;
    }

    private async Task<ImportResult> TakeAsync(ContentFiles files, CancellationToken cancel)
    {
        var known = await database.Entries.AsNoTracking().Select(entry => new { entry.Path, entry.Version, entry.Live }).ToDictionaryAsync(entry => entry.Path, cancel);
        var texts = files.Paths.Where(path => !path.StartsWith(MediaFolder, StringComparison.Ordinal) && EntryText.IsText(path)).ToLookup(known.ContainsKey);
        var (changed, shown) = (0, new List<string>());
        foreach (var path in texts[true])
        {
            var text = files.Text(path);
            if (await HeadAsync(path, cancel) == text) continue;
            var saving = await documents.SaveAsync(path, text, known[path].Version, Actor.Import, cancel: cancel);
            if (saving.Conflict is not null) throw Meanwhile(path);
            Show(saving.Entry);
            await database.SaveChangesAsync(cancel); // Before the next text: a text that is refused takes along what waits.
            if (known[path].Live is null && saving.Entry.Live is not null) shown.Add(path);
            changed++;
        }

        var added = texts[false].ToList();
        foreach (var path in added)
        {
            var text = files.Text(path);
            Show(await documents.CreateAsync(path, EntryText.KindOf(path, text, Basis(files, path)), text, Actor.Import, cancel: cancel) ?? throw Meanwhile(path));
        }

        var media = await KeepMediaAsync(files, cancel);
        try
        {
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            database.ChangeTracker.Clear();
            if (await database.Entries.Where(entry => added.Contains(entry.Path)).Select(entry => entry.Path).FirstOrDefaultAsync(cancel) is { } path) throw Meanwhile(path);
            throw;
        }

        await TranslationIndex.RefreshAsync(database, [.. files.Paths.Where(path => EntryText.IsText(path)).Select(EntryText.DocumentOf).OfType<string>().Distinct()], cancel);
        return new(added.Count, changed, texts[true].Count() - changed, media) { Shown = shown };
    }

    private Task<string> HeadAsync(string path, CancellationToken cancel) =>
        database.Entries.Where(entry => entry.Path == path).Join(database.Revisions, entry => entry.Head, revision => revision.Id, (_, revision) => revision.Text).FirstAsync(cancel);

    private void Show(Entry entry)
    {
        if (!entry.Confidential) (entry.Live, entry.LiveSince, entry.State) = (entry.Head, documents.Now, EntryState.Published);
    }

    private static StartException Meanwhile(string path) => new($"Somebody changed {path} while the import ran. Nothing was taken in, and what they did stands. Look at it, then import again.");

    private async Task<int> KeepMediaAsync(ContentFiles files, CancellationToken cancel)
    {
        var media = 0;
        foreach (var path in files.Paths.Where(path => path.StartsWith(MediaFolder, StringComparison.Ordinal) && !(MediaNotes.IsNotes(path) && files.Has(path[..^MediaNotes.Ending.Length]))))
            if (await KeepAsync(path[MediaFolder.Length..], files.Bytes(path), files.Has(path + MediaNotes.Ending) ? files.Text(path + MediaNotes.Ending) : string.Empty, cancel)) media++;
        return media;
    }

    /// <summary>Keeps a file and the text beside it. False where both are there already.</summary>
    private async Task<bool> KeepAsync(string path, byte[] bytes, string notes, CancellationToken cancel)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var file = await database.Media.FindAsync([path], cancel);
        if (file?.Hash == hash && file.Notes == notes) return false;
        if (await database.Files.FindAsync([hash], cancel) is null) database.Files.Add(new StoredFile { Hash = hash, Bytes = bytes });
        if (file is null) database.Media.Add(new() { Path = path, Hash = hash, Length = bytes.Length, AddedAt = documents.Now, AddedBy = Actor.Import.Name, Notes = notes });
        else (file.Hash, file.Length, file.AddedAt, file.AddedBy, file.Notes) = (hash, bytes.Length, documents.Now, Actor.Import.Name, notes);
        return true;
    }

    private static string? Basis(ContentFiles files, string path)
    {
        var basis = EntryText.DocumentOf(path) is { } document ? $"pages/{document}/{Language.Base.Code}.md" : path;
        return basis == path || !files.Has(basis) ? null : files.Text(basis);
    }
}

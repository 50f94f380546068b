using System.Security.Cryptography;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Publishing;
using Portal.Cms.Translations;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Documents;

/// <summary>What an import did.</summary>
public sealed record ImportResult(int Added, int Changed, int Same, int Media);

/// <summary>
/// Takes a content folder in: each text a revision by <c>import</c> and live at once, since the folder is a published
/// site's; each file below <c>media/</c>. Texts that are there already and differ get a new revision.
/// </summary>
public sealed class ContentImport(CmsDatabase database, DocumentStore documents, AuditLog audit)
{
    private const string MediaFolder = "media/";

    /// <summary>All or nothing: one transaction. Nothing asks for a publication: for a database that the publisher finds unpublished.</summary>
    /// <exception cref="Places.SecretPlaceException">A text must not be kept; the message names its file.</exception>
    public async Task<ImportResult> RunAsync(ContentFiles files, CancellationToken cancel = default)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        var result = await TakeAsync(files, cancel);
        await transaction.CommitAsync(cancel);
        return result;
    }

    /// <summary>The same beside a CMS that runs: the note of it and the wish that its publisher finds are of the one transaction.</summary>
    /// <exception cref="Places.SecretPlaceException">A text must not be kept; the message names its file.</exception>
    public async Task<ImportResult> PublishAsync(ContentFiles files, CancellationToken cancel = default)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        var result = await TakeAsync(files, cancel);
        audit.Add(database, Actor.Import, "content.import", "content", $"{result.Added} added, {result.Changed} changed, {result.Media} media files");
        if (await database.Entries.AnyAsync(cancel)) database.Outbox.Add(new() { At = documents.Now, By = Actor.Import.Name, What = "import" });
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return result;
    }

    private async Task<ImportResult> TakeAsync(ContentFiles files, CancellationToken cancel)
    {
        var known = await database.Entries.ToDictionaryAsync(entry => entry.Path, cancel);
        var (added, changed, same) = (0, 0, 0);
        foreach (var path in files.Paths.Where(path => !path.StartsWith(MediaFolder, StringComparison.Ordinal) && EntryText.IsText(path)))
        {
            var text = files.Text(path);
            if (known.TryGetValue(path, out var entry))
            {
                if ((await documents.HeadAsync(entry, cancel)).Text == text) same++;
                else
                {
                    await documents.SaveAsync(path, text, entry.Version, Actor.Import, cancel: cancel);
                    changed++;
                }
            }
            else
            {
                entry = (await documents.CreateAsync(path, EntryText.KindOf(path, text, Basis(files, path)), text, Actor.Import, cancel: cancel))!;
                added++;
            }

            if (!entry.Confidential) (entry.Live, entry.LiveSince, entry.State) = (entry.Head, documents.Now, EntryState.Published);
        }

        var media = 0;
        foreach (var path in files.Paths.Where(path => path.StartsWith(MediaFolder, StringComparison.Ordinal) && !(MediaNotes.IsNotes(path) && files.Has(path[..^MediaNotes.Ending.Length]))))
            if (await KeepAsync(path[MediaFolder.Length..], files.Bytes(path), files.Has(path + MediaNotes.Ending) ? files.Text(path + MediaNotes.Ending) : string.Empty, cancel)) media++;

        await database.SaveChangesAsync(cancel);
        await TranslationIndex.RefreshAsync(database, [.. files.Paths.Where(path => EntryText.IsText(path)).Select(EntryText.DocumentOf).OfType<string>().Distinct()], cancel);
        return new(added, changed, same, media);
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

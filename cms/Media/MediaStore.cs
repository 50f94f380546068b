using System.Security.Cryptography;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Bundles;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Content.Reading;

namespace Portal.Cms.Media;

/// <summary>A text that names a file: now, or in the revision that is public again once a bundle leaves.</summary>
/// <param name="IsSaved">True where its newest saved revision does.</param>
/// <param name="IsLive">True where its public revision does.</param>
/// <param name="IsJudged">True where a second person said yes to it with this file, or was asked to: alone or in a bundle.</param>
public sealed record MediaUseRow(string Path, string Title, string Language, bool IsSaved, bool IsLive, bool IsJudged);

/// <summary>
/// Keeps media files. A file that a saved or a public text names is neither moved nor deleted: the texts are changed
/// first, by their own way through review. Each act is noted with who did it.
/// </summary>
internal sealed class MediaStore(CmsDatabase database, AuditLog audit, Publisher publisher, PublicationStore publications, Thumbnails thumbnails, TimeProvider time)
{
    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public Task<List<MediaFile>> AllAsync(CancellationToken cancel = default) => database.Media.AsNoTracking().OrderBy(file => file.Path).ToListAsync(cancel);

    public Task<MediaFile?> FindAsync(string path, CancellationToken cancel = default) => database.Media.FirstOrDefaultAsync(file => file.Path == path, cancel);

    public Task<byte[]> BytesAsync(MediaFile file, CancellationToken cancel = default) =>
        database.Files.AsNoTracking().Where(stored => stored.Hash == file.Hash).Select(stored => stored.Bytes).FirstAsync(cancel);

    /// <summary>Paths that any saved or public text names.</summary>
    public async Task<IReadOnlySet<string>> NamedAsync(CancellationToken cancel = default)
    {
        var named = await database.Entries.Join(database.Revisions.Where(revision => revision.Media != string.Empty), entry => entry.Head, revision => revision.Id, (_, revision) => revision.Media)
            .Union(database.Entries.Where(entry => entry.Live != null).Join(database.Revisions.Where(revision => revision.Media != string.Empty), entry => entry.Live, revision => revision.Id, (_, revision) => revision.Media))
            .Union(database.Revisions.Where(revision => revision.Media != string.Empty && database.Set<BundleMember>().Any(member => member.Before == revision.Id)).Select(revision => revision.Media))
            .ToListAsync(cancel);
        return named.SelectMany(column => column.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
    }

    /// <summary>The texts that name a file, looked for in the texts themselves.</summary>
    public async Task<IReadOnlyList<MediaUseRow>> UsesAsync(string path, CancellationToken cancel = default)
    {
        var members = database.Set<BundleMember>();
        var waiting = members.Where(member => database.Set<Bundle>().Any(bundle => bundle.Id == member.BundleId && (bundle.State == BundleState.InReview || bundle.State == BundleState.Scheduled)));
        var found = await database.Entries.AsNoTracking()
            .Join(database.Revisions.AsNoTracking().Where(revision => revision.Text.Contains(path)), entry => entry.Path, revision => revision.Path, (entry, revision) => new { entry, revision })
            .Where(pair => pair.entry.Head == pair.revision.Id || pair.entry.Live == pair.revision.Id || members.Any(member => member.Before == pair.revision.Id))
            .Select(pair => new
            {
                pair.entry.Path,
                pair.entry.Title,
                pair.entry.Language,
                pair.entry.State,
                IsSaved = pair.entry.Head == pair.revision.Id,
                IsLive = pair.entry.Live == pair.revision.Id,
                ComesBack = members.Any(member => member.Before == pair.revision.Id),
                WaitsInBundle = waiting.Any(member => member.Path == pair.entry.Path), // Its own state stays what it was.
                pair.revision.Text,
            }).ToListAsync(cancel);
        return [.. found.Where(use => MediaMentions.In(use.Text).Contains(path)).GroupBy(use => use.Path)
            .Select(uses => new MediaUseRow(uses.Key, uses.First().Title, uses.First().Language, uses.Any(use => use.IsSaved), uses.Any(use => use.IsLive),
                uses.Any(use => use.IsLive || use.ComesBack || (use.IsSaved && (use.WaitsInBundle || use.State is (EntryState.InReview or EntryState.Scheduled))))))
            .OrderBy(use => use.Path, StringComparer.Ordinal)];
    }

    /// <summary>Adds a file. False where one stands at the path.</summary>
    public async Task<bool> AddAsync(string path, byte[] bytes, MediaNotes notes, Actor actor, CancellationToken cancel = default)
    {
        if (await database.Media.AnyAsync(file => file.Path == path, cancel)) return false;
        database.Media.Add(new() { Path = path, Hash = await KeepAsync(bytes, cancel), Length = bytes.Length, AddedAt = Now, AddedBy = actor.Name, Notes = notes.ToString() });
        audit.Add(database, actor, "media.add", path, UploadCheck.Size(bytes.Length));
        Wish(path, actor, "add", await UsesAsync(path, cancel));
        return await SavedAsync(cancel);
    }

    /// <summary>Other bytes at the same path. False where a second person has judged a text that shows it, or somebody else changed the file.</summary>
    public async Task<bool> ReplaceAsync(MediaFile file, byte[] bytes, Actor actor, CancellationToken cancel = default)
    {
        if ((await UsesAsync(file.Path, cancel)).Any(use => use.IsJudged)) return false; // Somebody may have said yes while the upload was cleaned.
        var old = file.Hash;
        (file.Hash, file.Length, file.AddedAt, file.AddedBy) = (await KeepAsync(bytes, cancel), bytes.Length, Now, actor.Name);
        audit.Add(database, actor, "media.replace", file.Path, $"{old[..12]} by {file.Hash[..12]}");
        return await SavedAsync(cancel) && await ForgetAsync(old, cancel);
    }

    /// <summary>Gives a file another path. False where a text names it or one stands there.</summary>
    public async Task<bool> MoveAsync(MediaFile file, string path, Actor actor, CancellationToken cancel = default)
    {
        if ((await UsesAsync(file.Path, cancel)).Count > 0 || await database.Media.AnyAsync(other => other.Path == path, cancel)) return false;
        database.Media.Remove(file);
        database.Media.Add(new() { Path = path, Hash = file.Hash, Length = file.Length, AddedAt = file.AddedAt, AddedBy = file.AddedBy, Notes = file.Notes });
        audit.Add(database, actor, "media.move", file.Path, $"to {path}");
        return await SavedAsync(cancel);
    }

    /// <summary>Deletes a file and, unless a kept publication needs them, its bytes. False where a text names it.</summary>
    public async Task<bool> DeleteAsync(MediaFile file, Actor actor, CancellationToken cancel = default)
    {
        if ((await UsesAsync(file.Path, cancel)).Count > 0) return false;
        database.Media.Remove(file);
        audit.Add(database, actor, "media.delete", file.Path);
        return await SavedAsync(cancel) && await ForgetAsync(file.Hash, cancel);
    }

    /// <summary>What is known about a file. A text that says the same already keeps its bytes. False where somebody else changed the file since it was read.</summary>
    public async Task<bool> DescribeAsync(MediaFile file, MediaNotes notes, Actor actor, CancellationToken cancel = default)
    {
        if (file.ReadNotes() is var known && known == notes) return true;
        file.Notes = notes.ToString();
        audit.Add(database, actor, "media.describe", file.Path);
        if (known.Focus != notes.Focus) Wish(file.Path, actor, "describe", await UsesAsync(file.Path, cancel));
        return await SavedAsync(cancel);
    }

    private async Task<string> KeepAsync(byte[] bytes, CancellationToken cancel)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (!await database.Files.AnyAsync(file => file.Hash == hash, cancel) && database.Files.Local.All(file => file.Hash != hash)) database.Files.Add(new() { Hash = hash, Bytes = bytes });
        return hash;
    }

    private void Wish(string path, Actor actor, string act, IReadOnlyList<MediaUseRow> uses)
    {
        if (uses.Any(use => use.IsLive)) database.Outbox.Add(new() { At = Now, By = actor.Name, What = $"{act} media/{path}" });
    }

    /// <summary>Lets go of bytes that no file and no publication that can be rolled back to names.</summary>
    private async Task<bool> ForgetAsync(string hash, CancellationToken cancel)
    {
        if (await database.Media.AnyAsync(file => file.Hash == hash, cancel)) return true;
        thumbnails.Forget(hash);
        if (!await publications.NamesAsync(hash, cancel)) await database.Files.Where(file => file.Hash == hash).ExecuteDeleteAsync(cancel);
        return true;
    }

    /// <summary>False where somebody else wrote the same file between our look and our write: then nothing was written.</summary>
    private async Task<bool> SavedAsync(CancellationToken cancel)
    {
        var wishes = database.ChangeTracker.Entries<OutboxRow>().Any(row => row.State == EntityState.Added);
        try
        {
            await database.SaveChangesAsync(cancel);
            return !wishes || publisher.Wake();
        }
        catch (DbUpdateException)
        {
            database.ChangeTracker.Clear();
            return false;
        }
    }
}

using System.IO.Compression;
using System.Text;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;

namespace Portal.Cms.Publishing;

/// <summary>Keeps the last publications: a manifest each, and every file's bytes once by their hash.</summary>
internal sealed class PublicationStore(CmsDatabase database, IServiceScopeFactory scopes)
{
    /// <summary>Publications whose files are kept for a roll back.</summary>
    public const int Kept = 10;

    private const int AtOnce = 500;
    private const int Quality = 2; // Hashes do not shrink below their bytes, however hard one tries.
    private const int Window = 22;

    /// <summary>The newest publication that was put in place; null before the first.</summary>
    public Task<Publication?> LastAsync(CancellationToken cancel) =>
        database.Publications.AsNoTracking().Where(publication => publication.Failure == null).OrderByDescending(publication => publication.Number).FirstOrDefaultAsync(cancel);

    public async Task<long> NextNumberAsync(CancellationToken cancel) => 1 + (await database.Publications.MaxAsync(publication => (long?)publication.Number, cancel) ?? 0);

    /// <summary>Hash of every file of a publication by its path; null where it is no longer kept.</summary>
    public async Task<IReadOnlyDictionary<string, string>?> HashesAsync(Guid publication, CancellationToken cancel) =>
        await database.Manifests.AsNoTracking().Where(manifest => manifest.PublicationId == publication).Select(manifest => manifest.Lines).FirstOrDefaultAsync(cancel) is { } lines ? Read(lines) : null;

    /// <summary>What a publication was made of; null where it is no longer kept, or an earlier version of the program made it.</summary>
    public async Task<MadeOf?> MadeOfAsync(Guid publication, CancellationToken cancel) =>
        await database.Manifests.AsNoTracking().Where(manifest => manifest.PublicationId == publication).Select(manifest => manifest.Lines).FirstOrDefaultAsync(cancel) is { } lines ? MadeOf.Read(LinesOf(lines)) : null;

    /// <summary>The bytes with a hash. May be called from several threads.</summary>
    /// <exception cref="FileNotFoundException">They are no longer kept.</exception>
    public byte[] Bytes(string hash)
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<CmsDatabase>().Files.AsNoTracking().Where(file => file.Hash == hash).Select(file => file.Bytes).FirstOrDefault()
            ?? throw new FileNotFoundException($"The bytes {hash} are no longer kept.");
    }

    /// <summary>True where a publication that can be rolled back to has a file with this hash.</summary>
    public async Task<bool> NamesAsync(string hash, CancellationToken cancel)
    {
        foreach (var lines in await database.Manifests.AsNoTracking().Select(manifest => manifest.Lines).ToListAsync(cancel))
            if (Read(lines).ContainsValue(hash)) return true;
        return false;
    }

    /// <summary>Notes a publication for the next save, with its manifest and the bytes that are not kept yet.</summary>
    /// <param name="made">What it was made of.</param>
    /// <param name="kept">Hashes that are kept for sure: those of the newest publication; null to ask for all.</param>
    /// <param name="bytes">Gives the bytes of a path.</param>
    public async Task AddAsync(Publication publication, IReadOnlyDictionary<string, string> hashes, MadeOf made, IReadOnlyDictionary<string, string>? kept, Func<string, byte[]> bytes, CancellationToken cancel)
    {
        var fresh = hashes.Where(file => kept?.GetValueOrDefault(file.Key) != file.Value).DistinctBy(file => file.Value).ToDictionary(file => file.Value, file => file.Key);
        foreach (var some in fresh.Keys.Chunk(AtOnce))
        {
            var there = (await database.Files.Where(file => some.Contains(file.Hash)).Select(file => file.Hash).ToListAsync(cancel)).ToHashSet();
            database.Files.AddRange(some.Where(hash => !there.Contains(hash)).Select(hash => new StoredFile { Hash = hash, Bytes = bytes(fresh[hash]) }));
        }

        database.Add(new Manifest { PublicationId = publication.Id, Lines = Write(hashes, made) });
        database.Publications.Add(publication);
    }

    /// <summary>Lets go of files that only older publications name. In its own time: nobody waits for it.</summary>
    public async Task ForgetAsync(CancellationToken cancel)
    {
        var kept = await database.Publications.Where(publication => database.Manifests.Any(manifest => manifest.PublicationId == publication.Id))
            .OrderByDescending(publication => publication.Number).Select(publication => publication.Id).ToListAsync(cancel);
        if (kept.Count <= Kept) return;
        var let = new HashSet<string>();
        foreach (var old in kept.Skip(Kept)) let.UnionWith((await HashesAsync(old, cancel))!.Values);
        foreach (var each in kept.Take(Kept).Reverse().TakeWhile(_ => let.Count > 0)) let.ExceptWith((await HashesAsync(each, cancel))!.Values);

        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        var past = kept.Skip(Kept).ToList();
        await database.Manifests.Where(manifest => past.Contains(manifest.PublicationId)).ExecuteDeleteAsync(cancel);
        foreach (var some in let.Chunk(AtOnce))
            await database.Files.Where(file => some.Contains(file.Hash) && !database.Media.Any(media => media.Hash == file.Hash)).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static byte[] Write(IReadOnlyDictionary<string, string> hashes, MadeOf made)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(hashes.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Value} {file.Key}").Concat(made.Lines()).Select(line => line + "\n")));
        var lines = new byte[BrotliEncoder.GetMaxCompressedLength(text.Length)];
        return BrotliEncoder.TryCompress(text, lines, out var length, Quality, Window) ? lines[..length] : throw new InvalidOperationException("The buffer is as long as any result.");
    }

    private static Dictionary<string, string> Read(byte[] lines)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in LinesOf(lines).Where(line => !MadeOf.IsLine(line)))
        {
            var at = line.IndexOf(' ', StringComparison.Ordinal);
            hashes[line[(at + 1)..]] = line[..at];
        }

        return hashes;
    }

    private static IEnumerable<string> LinesOf(byte[] lines)
    {
        using var reader = new StreamReader(new BrotliStream(new MemoryStream(lines), CompressionMode.Decompress), Encoding.UTF8);
        while (reader.ReadLine() is { } line) yield return line;
    }
}

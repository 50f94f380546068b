using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Portal.Cms.Hosting;

namespace Portal.Cms.Backup;

/// <summary>What a backup says of itself.</summary>
/// <param name="Format">Raised when the layout changes; another number is not read.</param>
/// <param name="At">The moment it shows, ISO 8601, UTC.</param>
/// <param name="Schema">Names of the migrations it was made with, which both kinds of database share.</param>
/// <param name="Rows">How many rows each table has.</param>
internal sealed record BackupManifest(int Format, string At, IReadOnlyList<string> Schema, IReadOnlyDictionary<string, int> Rows);

/// <summary>
/// A backup on the disk: a .zip with a text of JSON lines for each table. Its comment, the last bytes of a .zip, is the
/// hash of everything before, so that one flipped or missing byte anywhere is seen before anything is touched.
/// </summary>
internal static class BackupFile
{
    public const int Format = 1;

    private const string ManifestName = "portal-backup.json";
    private const int HashLength = SHA256.HashSizeInBytes * 2;

    /// <summary>Holds the place of the hash while the file is written.</summary>
    public static string Unsealed { get; } = new('0', HashLength);

    public static string NameOf(string table) => $"tables/{table}.jsonl";

    public static async Task WriteManifestAsync(ZipArchive archive, BackupManifest manifest, CancellationToken cancel)
    {
        await using var stream = await archive.CreateEntry(ManifestName).OpenAsync(cancel);
        await JsonSerializer.SerializeAsync(stream, manifest, cancellationToken: cancel);
    }

    /// <summary>Writes the hash of a finished file into its end.</summary>
    public static async Task SealAsync(string path, CancellationToken cancel)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var hash = await HashAsync(stream, cancel);
        stream.Position = stream.Length - HashLength;
        await stream.WriteAsync(Encoding.ASCII.GetBytes(hash), cancel);
        await stream.FlushAsync(cancel);
        RandomAccess.FlushToDisk(stream.SafeFileHandle);
    }

    /// <summary>Opens a file that is whole and of this program's version.</summary>
    /// <exception cref="StartException">It is not.</exception>
    public static async Task<(ZipArchive Archive, BackupManifest Manifest)> OpenAsync(string path, IReadOnlyList<string> schema, CancellationToken cancel)
    {
        if (!File.Exists(path)) throw new StartException($"There is no file {path}.");
        await CheckAsync(path, cancel);
        var archive = await ZipFile.OpenReadAsync(path, cancel);
        try
        {
            var entry = archive.GetEntry(ManifestName) ?? throw new StartException($"{path} is no backup of this program.");
            await using var stream = await entry.OpenAsync(cancel);
            var manifest = (await JsonSerializer.DeserializeAsync<BackupManifest>(stream, cancellationToken: cancel))!; // Its hash was right, so it is as it was written.
            if (manifest.Format != Format) throw new StartException($"{path} has the format {manifest.Format}; this program reads format {Format}. Restore it with the version of the program that made it.");
            if (!manifest.Schema.SequenceEqual(schema))
                throw new StartException($"{path} was made by another version of this program (its last migration is {manifest.Schema[^1]}, here {schema[^1]}). Restore it with the version that made it, then start this one.");
            return (archive, manifest);
        }
        catch
        {
            await archive.DisposeAsync();
            throw;
        }
    }

    private static async Task CheckAsync(string path, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(path);
        if (stream.Length > HashLength)
        {
            var hash = await HashAsync(stream, cancel);
            var said = new byte[HashLength];
            stream.Position = stream.Length - HashLength;
            await stream.ReadExactlyAsync(said, cancel);
            if (Encoding.ASCII.GetString(said) == hash) return;
        }

        throw new StartException($"{path} is damaged or no backup: its contents do not agree with its checksum. Nothing was changed. Use another copy.");
    }

    private static async Task<string> HashAsync(FileStream stream, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (var left = stream.Length - HashLength; left > 0;)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancel);
            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

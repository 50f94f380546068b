using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Portal.Site.Building;

/// <summary>
/// The files of a build beside those of the one before it: each by its hash, and the bytes of those alone that the one
/// before did not have. May be added to from several threads.
/// </summary>
/// <param name="last">Hashes of the build before by path; empty where there is none.</param>
internal sealed class SiteDraft(IReadOnlyDictionary<string, string> last)
{
    private readonly ConcurrentDictionary<string, string> hashes = new(StringComparer.Ordinal);

    /// <summary>Files that are new or differ from the build before.</summary>
    public SiteOutput Made { get; } = new();

    /// <summary>SHA-256 of a file in lower-case hexadecimal.</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <exception cref="InvalidOperationException">Two pages or assets claim one path.</exception>
    public void Add(string path, byte[] bytes)
    {
        var hash = Hash(bytes);
        Claim(path, hash);
        if (last.GetValueOrDefault(path) != hash) Made.Add(path, bytes);
    }

    /// <summary>Says that a file is as the build before made it.</summary>
    public void Keep(string path) => Claim(path, last[path]);

    /// <summary>Every file's hash, in ordinal order of the paths.</summary>
    public SortedDictionary<string, string> Hashes() => new(hashes, StringComparer.Ordinal);

    private void Claim(string path, string hash)
    {
        if (!hashes.TryAdd(path, hash)) throw new InvalidOperationException($"Two files claim the path {path}.");
    }
}

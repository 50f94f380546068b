using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Theme;

/// <summary>
/// The bundled style sheet and scripts, as embedded in this assembly. Safe to share between threads.
/// Names are plain file names such as <c>site.css</c>; every member throws <see cref="ArgumentException"/> for a name not in <see cref="Names"/>.
/// </summary>
public static class ThemeAssets
{
    private static readonly FrozenDictionary<string, Asset> Assets = Load();

    /// <summary>All names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Assets.Keys.Order(StringComparer.Ordinal)];

    /// <summary>True for a file of the staff pages, which the public site does not carry.</summary>
    public static bool IsForStaff(string name) => name is "staff.css" or "staff.js" or "reader.js" or "rich.js" or "keys.js" or "media.js";

    /// <summary>True for a file that the intake alone serves: with its setting off, no public file names the third party that it asks.</summary>
    public static bool IsForIntake(string name) => name is "human.js";

    public static ReadOnlyMemory<byte> Read(string name) => Find(name).Bytes;

    /// <summary>The asset decoded as UTF-8: exactly the characters a browser hashes for an inline script.</summary>
    public static string ReadText(string name) => Find(name).Text;

    /// <summary>The name to publish under: <c>site.css</c> becomes <c>site.3f2a1c9e.css</c>, by the first 8 hexadecimal digits of the SHA-256 of its bytes.</summary>
    public static string HashedName(string name) => Find(name).HashedName;

    /// <summary>The source expression that lets a content security policy allow this asset, such as <c>sha256-…=</c> (without quotation marks).</summary>
    public static string PolicyHash(string name) => Find(name).PolicyHash;

    private static Asset Find(string name) => Assets.TryGetValue(name, out var asset)
        ? asset
        : throw new ArgumentException($"The theme has no asset '{name}'. It has: {string.Join(", ", Names)}.", nameof(name));

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = typeof(ThemeAssets).Assembly;
        return assembly.GetManifestResourceNames().ToFrozenDictionary(
            name => name,
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!; // The name was listed a line ago.
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return new Asset(name, bytes);
            },
            StringComparer.Ordinal);
    }

    private sealed record Asset(string Name, byte[] Bytes)
    {
        private byte[] Hash { get; } = SHA256.HashData(Bytes);

        public string Text { get; } = Encoding.UTF8.GetString(Bytes);

        public string HashedName => $"{Path.GetFileNameWithoutExtension(Name)}.{Convert.ToHexStringLower(Hash.AsSpan(0, 4))}{Path.GetExtension(Name)}";

        public string PolicyHash => $"sha256-{Convert.ToBase64String(Hash)}";
    }
}

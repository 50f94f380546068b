using System.Text;

namespace Portal.Content.Reading;

/// <summary>
/// The files of a content folder, on disk or in memory, by their path below it with forward slashes. A whole site can so
/// be read and built in a test without touching a disk.
/// </summary>
public sealed class ContentFiles
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SortedDictionary<string, Source> files;

    private ContentFiles(SortedDictionary<string, Source> files) => this.files = files;

    /// <summary>Every path, in ordinal order.</summary>
    public IReadOnlyCollection<string> Paths => files.Keys;

    /// <summary>The files below <paramref name="root"/>; hidden ones, C# and build leftovers apart.</summary>
    /// <exception cref="DirectoryNotFoundException">No such folder.</exception>
    public static ContentFiles FromFolder(string root)
    {
        var full = Path.GetFullPath(root);
        if (!Directory.Exists(full)) throw new DirectoryNotFoundException($"There is no content folder {full}. Name it with --content.");

        var found = new SortedDictionary<string, Source>(StringComparer.Ordinal);
        foreach (var top in Directory.EnumerateFileSystemEntries(full).Where(IsContent))
        {
            foreach (var file in File.Exists(top) ? [top] : Directory.EnumerateFiles(top, "*", SearchOption.AllDirectories))
            {
                var path = Path.GetRelativePath(full, file).Replace(Path.DirectorySeparatorChar, '/');
                if (!path.Contains("/.", StringComparison.Ordinal)) found[path] = new(() => File.ReadAllBytes(file), Held: null);
            }
        }

        return new(found);
    }

    /// <summary>Files held in memory.</summary>
    public static ContentFiles Of(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var found = new SortedDictionary<string, Source>(StringComparer.Ordinal);
        foreach (var (path, text) in texts) found[path] = new(() => Strict.GetBytes(text), text);
        return new(found);
    }

    /// <summary>The same files with some replaced or added.</summary>
    public ContentFiles With(params IEnumerable<(string Path, byte[] Bytes)> changes)
    {
        var changed = new SortedDictionary<string, Source>(files, StringComparer.Ordinal);
        foreach (var (path, bytes) in changes) changed[path] = new(() => bytes, bytes);
        return new(changed);
    }

    /// <summary>The same files with some that lie elsewhere and are read when they are asked for; two of one hash are the same.</summary>
    public ContentFiles WithStored(IEnumerable<(string Path, string Hash, Func<byte[]> Read)> stored)
    {
        var changed = new SortedDictionary<string, Source>(files, StringComparer.Ordinal);
        foreach (var (path, hash, read) in stored) changed[path] = new(read, new StoredHash(hash));
        return new(changed);
    }

    /// <summary>The same files without one.</summary>
    public ContentFiles Without(string path)
    {
        var changed = new SortedDictionary<string, Source>(files, StringComparer.Ordinal);
        changed.Remove(path);
        return new(changed);
    }

    public bool Has(string path) => files.ContainsKey(path);

    /// <summary>True where both hold the file in memory and it is the same to the byte; a file on disk may change between two looks.</summary>
    public bool HasSame(string path, ContentFiles other)
    {
        if (!files.TryGetValue(path, out var mine) || !other.files.TryGetValue(path, out var theirs)) return false;
        return (mine.Held, theirs.Held) switch
        {
            (null, _) or (_, null) => false,
            (string here, string there) => here == there,
            (StoredHash here, StoredHash there) => here == there,
            var (here, there) => ReferenceEquals(here, there) || mine.Read().AsSpan().SequenceEqual(theirs.Read()),
        };
    }

    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[] Bytes(string path) => files[path].Read();

    /// <summary>The text of a file, which is UTF-8; a byte-order mark is passed over.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="DecoderFallbackException">The file is not UTF-8.</exception>
    public string Text(string path)
    {
        var bytes = Bytes(path).AsSpan();
        return Strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
    }

    private static bool IsContent(string entry) =>
        Path.GetFileName(entry) is "pages" or "strings" or "data" or "media" or "settings.yaml";

    /// <param name="Held">The text, the bytes, or the hash of what is stored; null for a file on disk.</param>
    private sealed record Source(Func<byte[]> Read, object? Held);

    private sealed record StoredHash(string Hash);
}

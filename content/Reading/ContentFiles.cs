using System.Text;

namespace Portal.Content.Reading;

/// <summary>
/// The files of a content folder, on disk or in memory, by their path below it with forward slashes. A whole site can so
/// be read and built in a test without touching a disk.
/// </summary>
public sealed class ContentFiles
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SortedDictionary<string, Func<byte[]>> files;

    private ContentFiles(SortedDictionary<string, Func<byte[]>> files) => this.files = files;

    /// <summary>Every path, in ordinal order.</summary>
    public IReadOnlyCollection<string> Paths => files.Keys;

    /// <summary>The files below <paramref name="root"/>; hidden ones, C# and build leftovers apart.</summary>
    /// <exception cref="DirectoryNotFoundException">No such folder.</exception>
    public static ContentFiles FromFolder(string root)
    {
        var full = Path.GetFullPath(root);
        if (!Directory.Exists(full)) throw new DirectoryNotFoundException($"There is no content folder {full}. Name it with --content.");

        var found = new SortedDictionary<string, Func<byte[]>>(StringComparer.Ordinal);
        foreach (var top in Directory.EnumerateFileSystemEntries(full).Where(IsContent))
        {
            foreach (var file in File.Exists(top) ? [top] : Directory.EnumerateFiles(top, "*", SearchOption.AllDirectories))
            {
                var path = Path.GetRelativePath(full, file).Replace(Path.DirectorySeparatorChar, '/');
                if (!path.Contains("/.", StringComparison.Ordinal)) found[path] = () => File.ReadAllBytes(file);
            }
        }

        return new(found);
    }

    /// <summary>Files held in memory.</summary>
    public static ContentFiles Of(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var found = new SortedDictionary<string, Func<byte[]>>(StringComparer.Ordinal);
        foreach (var (path, text) in texts) found[path] = () => Strict.GetBytes(text);
        return new(found);
    }

    /// <summary>The same files with some replaced or added.</summary>
    public ContentFiles With(params IEnumerable<(string Path, byte[] Bytes)> changes)
    {
        var changed = new SortedDictionary<string, Func<byte[]>>(files, StringComparer.Ordinal);
        foreach (var (path, bytes) in changes) changed[path] = () => bytes;
        return new(changed);
    }

    /// <summary>The same files with some replaced or added whose bytes are fetched when they are asked for, from any thread.</summary>
    public ContentFiles WithLater(IEnumerable<(string Path, Func<byte[]> Bytes)> changes)
    {
        var changed = new SortedDictionary<string, Func<byte[]>>(files, StringComparer.Ordinal);
        foreach (var (path, bytes) in changes) changed[path] = bytes;
        return new(changed);
    }

    /// <summary>The same files without one.</summary>
    public ContentFiles Without(string path)
    {
        var changed = new SortedDictionary<string, Func<byte[]>>(files, StringComparer.Ordinal);
        changed.Remove(path);
        return new(changed);
    }

    public bool Has(string path) => files.ContainsKey(path);

    /// <exception cref="IOException">The file cannot be read.</exception>
    public byte[] Bytes(string path) => files[path]();

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
}

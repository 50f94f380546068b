using System.Collections;
using System.Diagnostics.CodeAnalysis;

using Microsoft.Win32.SafeHandles;

namespace Portal.Site.Building;

/// <summary>
/// A finished site: every file by its path below the output folder, with forward slashes. The first files are held in
/// memory; those of a large site lie in a nameless temporary file, so that memory does not grow with the pages. Files may
/// be added from several threads; they are read once all are there.
/// </summary>
internal sealed class SiteOutput
{
    private const long MostInMemory = 8 * 1024 * 1024;

    private readonly Lock adding = new();
    private readonly SortedDictionary<string, (byte[]? Bytes, long At, int Length)> files = new(StringComparer.Ordinal);
    private SafeFileHandle? overflow;
    private long inMemory;
    private long inFile;

    public SiteOutput() => Files = new View(this);

    /// <summary>Every file in ordinal order; a look at a value may read it from the disk.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <exception cref="InvalidOperationException">Two pages or assets claim one path.</exception>
    public void Add(string path, byte[] bytes)
    {
        long at;
        bool held;
        lock (adding)
        {
            held = inMemory + bytes.Length <= MostInMemory;
            at = inFile;
            if (!files.TryAdd(path, (held ? bytes : null, at, bytes.Length))) throw new InvalidOperationException($"Two files claim the path {path}.");
            if (held) inMemory += bytes.Length;
            else inFile += bytes.Length;
            if (!held) overflow ??= Nameless();
        }

        if (held) return;
        try
        {
            RandomAccess.Write(overflow!, bytes, at);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new IOException("There is no room for the files of the site while it is built.", error); // So a limit on the length of files is told.
        }
    }

    private byte[] Read((byte[]? Bytes, long At, int Length) file)
    {
        if (file.Bytes is { } held) return held;
        var bytes = new byte[file.Length];
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(overflow!, bytes.AsSpan(done), file.At + done);
            if (read == 0) throw new EndOfStreamException("The temporary file is shorter than what was written to it.");
            done += read;
        }

        return bytes;
    }

    /// <summary>A file without a name goes with the process, however that ends.</summary>
    private static SafeFileHandle Nameless()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
        File.Delete(path);
        return handle;
    }

    private sealed class View(SiteOutput site) : IReadOnlyDictionary<string, byte[]>
    {
        public int Count => site.files.Count;

        public IEnumerable<string> Keys => site.files.Keys;

        public IEnumerable<byte[]> Values => site.files.Values.Select(site.Read);

        public byte[] this[string key] => site.Read(site.files[key]);

        public bool ContainsKey(string key) => site.files.ContainsKey(key);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out byte[] value)
        {
            var found = site.files.TryGetValue(key, out var file);
            value = found ? site.Read(file) : null;
            return found;
        }

        public IEnumerator<KeyValuePair<string, byte[]>> GetEnumerator() =>
            site.files.Select(file => KeyValuePair.Create(file.Key, site.Read(file.Value))).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

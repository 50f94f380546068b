using System.Collections.Concurrent;

using Portal.Content.Problems;

namespace Portal.Content.Reading;

/// <summary>
/// What a reading made of which files, so that the next one reads only what changed. Held by comparison of the bytes, not
/// by a clock or a hash: a part is taken over where every file of it is the same. May be asked from several threads.
/// </summary>
internal sealed class ReadParts(ContentFiles files, ReadParts? last)
{
    private readonly ConcurrentDictionary<string, Part> parts = new();
    private readonly ContentFiles files = files;
    private ReadParts? last = last;

    /// <summary>The part of the last reading where nothing it is made of changed, else what <paramref name="read"/> makes of it now.</summary>
    /// <param name="name">Name of the part, the same in each reading.</param>
    /// <param name="paths">Every file it is made of.</param>
    /// <param name="with">What else it is made of; compared as an object.</param>
    /// <param name="problems">Takes the problems of the part.</param>
    public T? Read<T>(string name, IReadOnlyList<string> paths, object? with, List<Problem> problems, Func<List<Problem>, T?> read)
        where T : class
    {
        var part = last is { } before && before.parts.TryGetValue(name, out var old) && ReferenceEquals(old.With, with)
            && old.Paths.SequenceEqual(paths) && paths.All(path => files.HasSame(path, before.files)) ? old : null;
        if (part is null)
        {
            var found = new List<Problem>();
            var made = read(found);
            part = new(paths, with, made, found);
        }

        parts[name] = part;
        problems.AddRange(part.Problems);
        return (T?)part.Value;
    }

    /// <summary>True where all of the last reading was taken over and nothing came to it.</summary>
    public bool IsSame => last is { } before && parts.Count == before.parts.Count && parts.All(part => before.parts.TryGetValue(part.Key, out var old) && ReferenceEquals(old, part.Value))
        && before.files.Paths.SequenceEqual(files.Paths) && files.Paths.Where(path => path.StartsWith("media/", StringComparison.Ordinal)).All(path => files.HasSame(path, before.files));

    /// <summary>Lets go of the reading before: else each would hold all before it.</summary>
    public void Close() => last = null;

    private sealed record Part(IReadOnlyList<string> Paths, object? With, object? Value, IReadOnlyList<Problem> Problems);
}

using System.Collections.Concurrent;

using Portal.Site.Layout;

namespace Portal.Site.Building;

/// <summary>Names that thousands of pages share, kept once: what pages are made of by a number, addresses by one string. Safe to share between threads.</summary>
internal sealed class NamePool
{
    private readonly ConcurrentDictionary<Dependency, int> numbers = new();
    private readonly ConcurrentDictionary<string, string> addresses = new(StringComparer.Ordinal);
    private int next = -1;

    /// <summary>The number of a dependency: from 0 on, the same each time.</summary>
    public int NumberOf(Dependency dependency) => numbers.TryGetValue(dependency, out var known) ? known : numbers.GetOrAdd(dependency, _ => Interlocked.Increment(ref next));

    /// <summary>The numbers of some dependencies as flags, as far as any page noted them.</summary>
    public bool[] Flags(IEnumerable<Dependency> dependencies)
    {
        var flags = new bool[Volatile.Read(ref next) + 1];
        foreach (var dependency in dependencies)
            if (numbers.TryGetValue(dependency, out var number)) flags[number] = true;
        return flags;
    }

    /// <summary>The one string for these letters.</summary>
    public string Address(ReadOnlySpan<char> letters)
    {
        var lookup = addresses.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(letters, out var known)) return known;
        var made = letters.ToString();
        return addresses.GetOrAdd(made, made);
    }
}

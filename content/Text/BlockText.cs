namespace Portal.Content.Text;

/// <summary>
/// One block of a body as it stands in the file: either a <c>:::</c> container, fences included, or a run of Markdown
/// that begins at a second-level heading or after a container. Blank lines belong to the block before them.
/// </summary>
/// <param name="Source">The slice, endings included.</param>
/// <param name="Line">Line of its first character in the file, counted from 1.</param>
public sealed record BlockText(string Source, int Line)
{
    internal const string Fence = ":::";

    /// <summary>True where the block is a container.</summary>
    public bool IsContainer => Source.AsSpan().TrimStart().StartsWith(Fence);

    /// <summary>True in a translation where the block is the English one, because none of the translation fits it.</summary>
    public bool IsBase { get; init; }

    /// <summary>Name behind <c>:::</c>; empty for a run of Markdown.</summary>
    public string Kind => IsContainer ? Source.TrimStart().TrimStart(':').TrimStart(' ').Split([' ', '\r', '\n'], 2)[0] : string.Empty;

    /// <summary>True for a block without a word to translate: a phone card, a list of places.</summary>
    public bool HoldsFacts => Kind is "contact" or "places";

    internal static IReadOnlyList<BlockText> Split(List<string> lines, int from)
    {
        var blocks = new List<BlockText>();
        var start = from;
        var inContainer = false;
        var afterContainer = false;

        for (var at = from; at < lines.Count; at++)
        {
            var line = lines[at];
            if (inContainer)
            {
                if (line.TrimEnd() == Fence) (inContainer, afterContainer) = (false, true);
                continue;
            }

            var opens = line.StartsWith(Fence, StringComparison.Ordinal);
            var begins = opens || line.StartsWith("## ", StringComparison.Ordinal) || (afterContainer && !string.IsNullOrWhiteSpace(line));
            if (begins && HasWords(lines, start, at))
            {
                Add(start, at);
                start = at;
            }

            if (opens) inContainer = true;
            if (!string.IsNullOrWhiteSpace(line)) afterContainer = false;
        }

        if (start < lines.Count) Add(start, lines.Count);
        return blocks;

        void Add(int first, int end) => blocks.Add(new(string.Concat(lines.GetRange(first, end - first)), first + 1));
    }

    private static bool HasWords(List<string> lines, int start, int end)
    {
        for (var at = start; at < end; at++)
            if (!string.IsNullOrWhiteSpace(lines[at]))
                return true;
        return false;
    }
}

using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Portal.Cms.Revisions;

/// <summary>A run of words of two texts.</summary>
/// <param name="Change">Whether it stands in both, only in the newer, or only in the older.</param>
public sealed record DiffRun(DiffChange Change, string Words);

public enum DiffChange
{
    Same,
    Added,
    Removed,
}

/// <summary>What changed between two texts, word by word; long stretches without a change are left out.</summary>
public static class WordDiff
{
    /// <summary>Lines shown before and after a change.</summary>
    private const int Around = 2;

    /// <summary>The changed lines of two texts, each as its runs, in order. Empty where the texts are the same.</summary>
    public static IReadOnlyList<IReadOnlyList<DiffRun>> Of(string older, string newer)
    {
        var lines = InlineDiffBuilder.Diff(older, newer, ignoreWhiteSpace: false, ignoreCase: false, LineChunker.Instance).Lines;
        var rows = new List<IReadOnlyList<DiffRun>>();
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at].Type == ChangeType.Unchanged)
            {
                if (IsNearChange(lines, at)) rows.Add([new(DiffChange.Same, lines[at].Text)]);
                continue;
            }

            // A line taken out right before one put in was most likely changed: its words are compared.
            var removed = Take(lines, ref at, ChangeType.Deleted);
            var added = Take(lines, ref at, ChangeType.Inserted);
            at--;
            rows.AddRange(Words(string.Join('\n', removed), string.Join('\n', added)));
        }

        return rows;
    }

    private static List<string> Take(List<DiffPiece> lines, ref int at, ChangeType type)
    {
        var taken = new List<string>();
        for (; at < lines.Count && lines[at].Type == type; at++) taken.Add(lines[at].Text);
        return taken;
    }

    private static IEnumerable<IReadOnlyList<DiffRun>> Words(string older, string newer)
    {
        var runs = new List<DiffRun>();
        foreach (var piece in InlineDiffBuilder.Diff(older, newer, ignoreWhiteSpace: false, ignoreCase: false, new DelimiterChunker([' ', '\n'])).Lines)
        {
            var change = piece.Type switch { ChangeType.Inserted => DiffChange.Added, ChangeType.Deleted => DiffChange.Removed, _ => DiffChange.Same };
            if (runs.Count > 0 && runs[^1].Change == change) runs[^1] = new(change, runs[^1].Words + piece.Text);
            else runs.Add(new(change, piece.Text ?? string.Empty));
        }

        yield return runs;
    }

    private static bool IsNearChange(List<DiffPiece> lines, int at) =>
        lines.Skip(Math.Max(0, at - Around)).Take(Around + 1 + Math.Min(at, Around)).Any(line => line.Type != ChangeType.Unchanged);
}

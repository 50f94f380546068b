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
            rows.Add(Words(string.Join('\n', removed), string.Join('\n', added)));
        }

        return rows;
    }

    private static List<string> Take(List<DiffPiece> lines, ref int at, ChangeType type)
    {
        var taken = new List<string>();
        for (; at < lines.Count && lines[at].Type == type; at++) taken.Add(lines[at].Text);
        return taken;
    }

    /// <summary>The words of two texts in runs: what was taken out, then what was put in for it. Words that changed side by side are one run.</summary>
    private static List<DiffRun> Words(string older, string newer)
    {
        var pieces = InlineDiffBuilder.Diff(older, newer, ignoreWhiteSpace: false, ignoreCase: false, new DelimiterChunker([' ', '\n'])).Lines;
        var runs = new List<DiffRun>();
        var (removed, added) = (string.Empty, string.Empty);
        for (var at = 0; at < pieces.Count; at++)
        {
            var (type, text) = (pieces[at].Type, pieces[at].Text ?? string.Empty);
            var isBetween = type == ChangeType.Unchanged && text == " " && removed.Length + added.Length > 0 && at + 1 < pieces.Count && pieces[at + 1].Type != ChangeType.Unchanged;
            if (type == ChangeType.Deleted || isBetween) removed += text;
            if (type == ChangeType.Inserted || isBetween) added += text;
            if (type != ChangeType.Unchanged || isBetween) continue;
            Tell();
            if (runs.Count > 0 && runs[^1].Change == DiffChange.Same) runs[^1] = new(DiffChange.Same, runs[^1].Words + text);
            else runs.Add(new(DiffChange.Same, text));
        }

        Tell();
        return runs;

        void Tell()
        {
            if (Says(removed, added)) runs.Add(new(DiffChange.Removed, removed));
            if (Says(added, removed)) runs.Add(new(DiffChange.Added, added));
            (removed, added) = (string.Empty, string.Empty);
        }

        // A blank that stood between two words of the other is no change; the end of a paragraph is.
        static bool Says(string run, string other) => run.Length > 0 && (!string.IsNullOrWhiteSpace(run) || string.IsNullOrWhiteSpace(other) || run.Contains('\n', StringComparison.Ordinal));
    }

    private static bool IsNearChange(List<DiffPiece> lines, int at) =>
        lines.Skip(Math.Max(0, at - Around)).Take(Around + 1 + Math.Min(at, Around)).Any(line => line.Type != ChangeType.Unchanged);
}

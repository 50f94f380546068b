namespace Portal.Cms.Places;

/// <summary>What an import would do with a row.</summary>
internal enum TableChange
{
    Same,
    New,
    Changed,
}

/// <summary>A table as it was read.</summary>
/// <param name="Rows">Its rows in order; none where the whole is refused.</param>
/// <param name="Refusal">Why the whole cannot be read; null where it can.</param>
internal sealed record TableReading(IReadOnlyList<TableRow> Rows, string? Refusal)
{
    public bool IsRight => Refusal is null && Rows.All(row => row.Problems.Count == 0);

    public static TableReading Refused(string why) => new([], why);
}

/// <summary>One place of a table.</summary>
internal sealed class TableRow
{
    private readonly List<string> problems = [];

    /// <summary>Line of the table it begins on, counted from 1.</summary>
    public required int Line { get; init; }

    public string Path { get; set; } = string.Empty;

    /// <summary>Path of its text below the content folder; empty where its path is none.</summary>
    public string File { get; set; } = string.Empty;

    public string Title { get; set; } = string.Empty;

    /// <summary>The whole text with the cells in it.</summary>
    public string Text { get; set; } = string.Empty;

    /// <summary>The version of the entry that was read; 0 for a new one.</summary>
    public long Version { get; set; }

    public TableChange Change { get; set; }

    /// <summary>What is wrong with it and what to do.</summary>
    public IReadOnlyList<string> Problems => problems;

    public TableRow With(string problem)
    {
        problems.Add(problem);
        return this;
    }
}

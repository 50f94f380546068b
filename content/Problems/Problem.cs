namespace Portal.Content.Problems;

/// <summary>What is wrong with the content, where, and what to do about it.</summary>
/// <param name="File">Path below the content folder, with forward slashes.</param>
/// <param name="Line">Line in the file, counted from 1; 0 where the whole file is meant.</param>
/// <param name="What">What is wrong, in one sentence.</param>
/// <param name="Remedy">What to do, in one sentence.</param>
/// <param name="Weight">Whether it stops a publication.</param>
public sealed record Problem(string File, int Line, string What, string Remedy, Weight Weight = Weight.Error)
{
    /// <summary>Key of the field it concerns, so that an editor leads there; null where it concerns none, or the body.</summary>
    public string? Field { get; init; }

    public override string ToString() => $"{(Line > 0 ? $"{File}:{Line}" : File)}: {What} {Remedy}";
}

/// <summary>Whether a problem stops a publication.</summary>
public enum Weight
{
    /// <summary>Nothing is published until it is mended.</summary>
    Error,

    /// <summary>Shown, never in the way: an overdue review date, a long sentence.</summary>
    Warning
}

using NodaTime;

namespace Portal.Content.Documents;

/// <summary>A policy or notice that readers may hold us to, with the date of its wording.</summary>
public sealed record Policy : Document
{
    /// <summary>Day this wording began.</summary>
    public required LocalDate Version { get; init; }
}

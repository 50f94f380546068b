using NodaTime;

namespace Portal.Content.Hours;

/// <summary>A stretch of days on which no session begins, special days apart.</summary>
public sealed record Closure
{
    /// <summary>First closed day.</summary>
    public required LocalDate From { get; init; }

    /// <summary>Last closed day, included. Left out where nobody knows yet.</summary>
    public LocalDate? Until { get; init; }

    public bool Covers(LocalDate date) => From <= date && (Until is not { } until || date <= until);
}

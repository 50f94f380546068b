using NodaTime;

namespace Portal.Content.Hours;

/// <summary>
/// One day with hours of its own. It outweighs closures, the bank-holiday rule and the weekly sessions; a day with
/// two sessions is listed twice.
/// </summary>
public sealed record SpecialDay
{
    public required LocalDate Date { get; init; }

    /// <summary>No session on that day. Then <see cref="Opens"/> and <see cref="Closes"/> are left out.</summary>
    public bool Closed { get; init; }

    /// <summary>London wall-clock time, included.</summary>
    public LocalTime? Opens { get; init; }

    /// <summary>London wall-clock time, excluded. At or before <see cref="Opens"/> it is a time of the next day.</summary>
    public LocalTime? Closes { get; init; }

    /// <summary>The one pair of times, or none where closed or incomplete.</summary>
    internal IReadOnlyList<(LocalTime Opens, LocalTime Closes)> Times =>
        this is { Closed: false, Opens: { } opens, Closes: { } closes } ? [(opens, closes)] : [];
}

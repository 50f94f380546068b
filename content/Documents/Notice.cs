using NodaTime;

namespace Portal.Content.Documents;

/// <summary>News about the service that shows on the pages it concerns, between two dates.</summary>
public sealed record Notice : Document
{
    public required LocalDate From { get; init; }

    /// <summary>Last day, included; left out while nobody knows.</summary>
    public LocalDate? Until { get; init; }

    public NoticeWeight Weight { get; init; }

    /// <summary>Paths of the pages it stands on, or <c>everywhere</c>.</summary>
    public required IReadOnlyList<string> On { get; init; }

    /// <summary>True where it is shown on <paramref name="day"/>.</summary>
    public bool IsCurrentOn(LocalDate day) => From <= day && (Until is not { } until || day <= until);

    /// <summary>True where it stands on the page of <paramref name="id"/>.</summary>
    public bool Concerns(string id) => On.Contains("everywhere") || On.Contains(id);
}

public enum NoticeWeight
{
    Information,
    Important
}

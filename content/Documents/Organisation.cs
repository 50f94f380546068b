using NodaTime;

namespace Portal.Content.Documents;

/// <summary>A provider or partner, with the dates for which that holds.</summary>
public sealed record Organisation : Document
{
    public required OrganisationRole Role { get; init; }

    public IReadOnlyList<string> Area { get; init; } = [];

    public LocalDate? From { get; init; }

    /// <summary>Last day, included.</summary>
    public LocalDate? Until { get; init; }

    public string? Url { get; init; }

    public IReadOnlyList<OrganisationTag> Tags { get; init; } = [];

    public required Confidence Confidence { get; init; }

    public required bool PublishReady { get; init; }
}

public enum OrganisationRole
{
    Lead,
    Partner,
    Commissioner,
    National
}

public enum OrganisationTag
{
    Refuge,
    Outreach,
    Therapy,
    Children,
    Housing,
    Health,
    Police,
    Advice
}

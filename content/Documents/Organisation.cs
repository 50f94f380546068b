using NodaTime;

using Portal.Content.Text;

namespace Portal.Content.Documents;

/// <summary>A provider or partner, and until when it is one.</summary>
public sealed record Organisation : Document
{
    public required OrganisationRole Role { get; init; }

    /// <summary>Where it works, for the editors; no page shows it.</summary>
    [ForEditors] public IReadOnlyList<string> Area { get; init; } = [];

    /// <summary>First day, for the editors; no page shows it, and none waits for it.</summary>
    [ForEditors] public LocalDate? From { get; init; }

    /// <summary>Last day, included; after it the list of providers leaves it out.</summary>
    public LocalDate? Until { get; init; }

    public string? Url { get; init; }

    /// <summary>What it does, for the editors to sort by; no page shows it.</summary>
    [ForEditors] public IReadOnlyList<OrganisationTag> Tags { get; init; } = [];

    public required Confidence Confidence { get; init; }

    [ForEditors] public required bool PublishReady { get; init; }
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

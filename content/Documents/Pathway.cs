using Portal.Content.Text;

namespace Portal.Content.Documents;

/// <summary>What a professional does: who, when, how, with what consent, and when risk is high. One page in print.</summary>
public sealed record Pathway : Document
{
    public required IReadOnlyList<ProfessionalRole> Roles { get; init; }

    public required IReadOnlyList<RiskLevel> Risk { get; init; }

    /// <summary>Lines by id; day and night numbers stand first on the page.</summary>
    public IReadOnlyList<string> Contacts { get; init; } = [];

    [Translated, Markdown] public required string Who { get; init; }

    [Translated, Markdown] public required string When { get; init; }

    [Translated, Markdown] public required string How { get; init; }

    [Translated, Markdown] public required string Consent { get; init; }

    [Translated, Markdown] public required string HighRisk { get; init; }

    /// <summary>True where the arrangement may have changed: the page says "to be confirmed".</summary>
    public bool Confirm { get; init; }
}

public enum ProfessionalRole
{
    Police,
    Justice,
    Housing,
    ChildrensSocialCare,
    AdultSocialCare,
    Health,
    MentalHealth,
    DrugsAndAlcohol,
    Education,
    Voluntary,
    Employer,
    Legal,
    Everyone
}

public enum RiskLevel
{
    Any,
    High
}

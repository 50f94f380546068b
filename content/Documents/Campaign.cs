using NodaTime;

using Portal.Content.Text;

namespace Portal.Content.Documents;

/// <summary>An awareness campaign that begins and ends by the calendar.</summary>
public sealed record Campaign : Document
{
    /// <summary>First day, included, in Kent's own time.</summary>
    public required LocalDate Starts { get; init; }

    /// <summary>Last day, included.</summary>
    public required LocalDate Ends { get; init; }

    [Translated] public string? Audience { get; init; }

    /// <summary>Where the editors mean to spread it; no page shows it.</summary>
    [ForEditors] public IReadOnlyList<string> Channels { get; init; } = [];

    public CampaignAction? Action { get; init; }

    public CampaignPoster? Poster { get; init; }

    /// <summary>Words to share.</summary>
    [Translated] public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Paths below <c>media/</c>.</summary>
    public IReadOnlyList<string> Downloads { get; init; } = [];

    /// <summary>Where the campaign stands on a day.</summary>
    public CampaignPhase PhaseOn(LocalDate day) => day < Starts ? CampaignPhase.Coming : day > Ends ? CampaignPhase.Past : CampaignPhase.Running;
}

public enum CampaignPhase
{
    Running,
    Coming,
    Past
}

public sealed record CampaignAction
{
    [Translated] public required string Label { get; init; }

    public required string Href { get; init; }
}

/// <summary>A page to print at A4 with a QR code for a neutral link.</summary>
public sealed record CampaignPoster
{
    [Translated] public required string Headline { get; init; }

    [Translated] public required string Text { get; init; }

    public required string Link { get; init; }

    /// <summary>Id of the line to ring; the main line where left out.</summary>
    public string? Line { get; init; }
}

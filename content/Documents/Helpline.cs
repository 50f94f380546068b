using Portal.Content.Hours;
using Portal.Content.Text;

namespace Portal.Content.Documents;

/// <summary>A way to reach a service from afar. Its number is written here and nowhere else.</summary>
public sealed record Helpline : Document
{
    /// <summary>As people write it: <c>0808 168 9111</c>. Left out where there is only an address on the web.</summary>
    public string? Number { get; init; }

    [ForEditors] public NumberSource? NumberSource { get; init; }

    /// <summary>The number outside office hours.</summary>
    public string? Night { get; init; }

    [ForEditors] public NumberSource? NightSource { get; init; }

    public LineMode Mode { get; init; }

    /// <summary>Web address, https.</summary>
    public string? Url { get; init; }

    public string? Chat { get; init; }

    /// <summary>For whom it is, for the editors; no page shows it.</summary>
    [ForEditors] public IReadOnlyList<LineAudience> Audience { get; init; } = [];

    public required LinePurpose Purpose { get; init; }

    /// <summary>Where it is for; empty means everywhere.</summary>
    public IReadOnlyList<Area> Area { get; init; } = [];

    /// <summary>Left out where they are not known.</summary>
    public OpeningHours? Hours { get; init; }

    public bool Free { get; init; }

    /// <summary>How else it can be reached: Relay UK, sign-language video.</summary>
    [Translated] public IReadOnlyList<string> Access { get; init; } = [];

    public required Confidence Confidence { get; init; }

    [ForEditors] public required bool PublishReady { get; init; }

    /// <summary>True where the line may be shown to anybody: released, not recalled, and its number, where it has one, seen in a source.</summary>
    public bool IsPublishable => PublishReady && Confidence != Confidence.Recalled && (Number is null || NumberSource == Documents.NumberSource.Seen);

    /// <summary>False for a line reached by text, video or the web alone: a call to its number would come to nothing.</summary>
    public bool CanBeRung => Mode is LineMode.Voice or LineMode.Relay;

    /// <summary>The night number where it may be shown.</summary>
    public string? PublishableNight => NightSource == Documents.NumberSource.Seen ? Night : null;
}

/// <summary>Where a number comes from.</summary>
public enum NumberSource
{
    /// <summary>Seen in a source that is named.</summary>
    Seen,

    /// <summary>Remembered: never published.</summary>
    Recalled
}

public enum LineMode
{
    Voice,
    Text,
    Relay,
    Video,
    Web
}

public enum LinePurpose
{
    Emergency,
    Local,
    Council,
    National,
    Legal,
    Emotional,
    Safeguarding,
    Police
}

public enum LineAudience
{
    Everyone,
    Women,
    Men,
    Lgbt,
    Deaf,
    Children,
    Older,
    PeopleUsingAbuse,
    FriendsAndFamily,
    Professionals,
    ForcedMarriage,
    Honour
}

public enum Area
{
    Kent,
    Medway
}

using NodaTime;

using Portal.Content.Hours;
using Portal.Content.Places;
using Portal.Content.Text;

namespace Portal.Content.Documents;

/// <summary>A place, or a remote service, where a person can ask for help.</summary>
public sealed record AccessPoint : Document
{
    /// <summary>Days for which a check by telephone counts, that of the check included.</summary>
    public const int VerifiedForDays = 90;

    public required AccessPointType Type { get; init; }

    /// <summary>Id of the district, or <c>all</c>.</summary>
    public required string District { get; init; }

    public required Standing Standing { get; init; }

    public Address? Address { get; init; }

    public KnownCoordinates? Coordinates { get; init; }

    /// <summary>The point where we are sure enough of it to show it or to measure from it; else null.</summary>
    public Coordinates? PublishableCoordinates => Coordinates is { Confidence: Confidence.High or Confidence.Medium } known ? known.Point : null;

    public string? Outcode { get; init; }

    public string? Town { get; init; }

    /// <summary>Lines to ring, by id.</summary>
    public IReadOnlyList<string> Helplines { get; init; } = [];

    public OpeningHours? Hours { get; init; }

    public Appointment Appointment { get; init; }

    public IReadOnlyList<OpenTo> OpenTo { get; init; } = [];

    public YesNo StepFree { get; init; }

    [Translated] public string? Accessibility { get; init; }

    [Translated] public string? Travel { get; init; }

    /// <summary>Codes of languages spoken there.</summary>
    public IReadOnlyList<string> Spoken { get; init; } = [];

    /// <summary>Day somebody confirmed it by telephone.</summary>
    public LocalDate? VerifiedOn { get; init; }

    /// <summary>Who rang, for the editors; no page shows it.</summary>
    [ForEditors] public string? VerifiedBy { get; init; }

    /// <summary>Reaches no output of any kind.</summary>
    [ForEditors] public bool Confidential { get; init; }

    public required Confidence Confidence { get; init; }

    [ForEditors] public required PublishAccessPoint Publish { get; init; }

    /// <summary>True from the day of a check to the last of its <see cref="VerifiedForDays"/> days.</summary>
    public bool IsVerifiedOn(LocalDate day) => VerifiedOn is { } verified && verified <= day && Period.DaysBetween(verified, day) < VerifiedForDays;

    /// <summary>True where a field says more of where it is than its district.</summary>
    public bool HoldsPlace => Address is not null || Coordinates is not null || Outcode is not null || Town is not null;
}

public enum AccessPointType
{
    DropIn,
    CouncilOffice,
    Remote,

    /// <summary>Its place is secret: a rule refuses every field that would tell it.</summary>
    Refuge
}

public enum Standing
{
    Current,

    /// <summary>From an old source; never published.</summary>
    Historic,

    /// <summary>A source says it runs but gives no venue; never published.</summary>
    NoVenue
}

public enum PublishAccessPoint
{
    Yes,

    /// <summary>
    /// Not in the live stage before somebody has confirmed it; until then marked "not confirmed" in the demonstration
    /// stage. A remote service, which has no such check, is left out of the live stage.
    /// </summary>
    AfterPhoneCheck,
    No
}

public enum Appointment
{
    Unknown,
    NotNeeded,
    Needed
}

public enum OpenTo
{
    Everyone,
    Women,
    Men,
    Lgbt,
    Traveller
}

public enum YesNo
{
    Unknown,
    Yes,
    No
}

public sealed record Address
{
    public required string Line1 { get; init; }

    public string? Line2 { get; init; }

    public required string Town { get; init; }

    public string? Postcode { get; init; }
}

/// <summary>
/// A point with how sure we are of it. It is rounded as it is read, so no page, feed or interface can tell more than
/// that; the text keeps what was typed.
/// </summary>
public sealed record KnownCoordinates
{
    // About 10 metres: enough to find a door. What a map gives beyond it points at one room of a building.
    private const int Decimals = 4;

    /// <summary>Degrees north, from -90 to 90, both included.</summary>
    public required double Latitude { get; init => field = Math.Round(value, Decimals); }

    /// <summary>Degrees east, from -180 to 180, both included.</summary>
    public required double Longitude { get; init => field = Math.Round(value, Decimals); }

    public required Confidence Confidence { get; init; }

    public Coordinates Point => new(Latitude, Longitude);
}

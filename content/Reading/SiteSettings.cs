using NodaTime;

namespace Portal.Content.Reading;

/// <summary>What is decided once for the whole site, from <c>settings.yaml</c>.</summary>
public sealed record SiteSettings
{
    /// <summary>Public name: neutral in a tab, a bookmark and a history list.</summary>
    public required string Name { get; init; }

    public Stage Stage { get; init; }

    /// <summary>Where the site will stand, https, without a slash at the end.</summary>
    public required string BaseUrl { get; init; }

    public required LeaveSettings Leave { get; init; }

    /// <summary>Who runs the site; unset says "not yet published".</summary>
    public string? Operator { get; init; }

    /// <summary>Data controller; unset says "not yet published".</summary>
    public string? Controller { get; init; }

    /// <summary>How to reach them; unset says "not yet published".</summary>
    public string? Contact { get; init; }

    /// <summary>Postal address; unset says "not yet published".</summary>
    public string? PostalAddress { get; init; }

    /// <summary>Days for which the host keeps address logs; unset says "not yet published".</summary>
    public int? LogDays { get; init; }

    /// <summary>Where messages are taken: https, a host and perhaps a port, of its own. Unset: the contact page has phone lines and no form.</summary>
    public string? Intake { get; init; }

    /// <summary>
    /// Site key of reCAPTCHA, version 3, for the host of <see cref="Intake"/>. Unset, as by default: no page asks a third party
    /// for anything. Set, the form asks it for whoever ticks that it may.
    /// </summary>
    public string? HumanCheck { get; init; }

    /// <summary>Id of the line shown first everywhere.</summary>
    public required string MainLine { get; init; }

    /// <summary>Id of the emergency line.</summary>
    public required string EmergencyLine { get; init; }

    /// <summary>Languages of which somebody has checked the core, or all furniture words.</summary>
    public IReadOnlyList<CheckedLanguage> Languages { get; init; } = [];

    /// <summary>Old addresses that lead to new ones.</summary>
    public IReadOnlyList<RedirectSetting> Redirects { get; init; } = [];
}

/// <summary>Whether the site is a demonstration or people rely on it.</summary>
public enum Stage
{
    /// <summary>Banner on every page, not indexed, machine translations and unconfirmed places shown with their mark.</summary>
    Demonstration,

    /// <summary>Only reviewed translations and verified places.</summary>
    Live
}

/// <summary>Where the leave button leads.</summary>
public sealed record LeaveSettings
{
    /// <summary>https, on a host of <see cref="Allowed"/>, the same for everybody.</summary>
    public required string Url { get; init; }

    /// <summary>Used where the first fails the nightly check.</summary>
    public string? Second { get; init; }

    /// <summary>Hosts that may be chosen.</summary>
    public required IReadOnlyList<string> Allowed { get; init; }
}

/// <summary>Who checked the words of a language, and when.</summary>
public sealed record CheckedLanguage
{
    public required string Code { get; init; }

    /// <summary>The core: numbers, 999 and 55, asking for an interpreter, the leave label.</summary>
    public string? CoreBy { get; init; }

    public LocalDate? CoreOn { get; init; }

    /// <summary>All interface strings.</summary>
    public string? WordsBy { get; init; }

    public LocalDate? WordsOn { get; init; }

    public bool CoreIsChecked => CoreBy is { Length: > 0 } && CoreOn is not null;

    public bool WordsAreReviewed => WordsBy is { Length: > 0 } && WordsOn is not null;
}

/// <summary>One redirect.</summary>
public sealed record RedirectSetting
{
    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>The page may come back: browsers are told not to remember where its address leads.</summary>
    public bool ForNow { get; init; }
}

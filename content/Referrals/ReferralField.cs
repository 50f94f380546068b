namespace Portal.Content.Referrals;

/// <summary>How a field is filled in.</summary>
public enum ReferralControl
{
    /// <summary>One line.</summary>
    Line,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>An email address. Never a login, and nothing is sent to it by this system.</summary>
    Email,

    /// <summary>Some lines.</summary>
    Text,

    /// <summary>One of a few, all of them seen.</summary>
    Choice,

    /// <summary>One of many, from a list.</summary>
    Select,

    /// <summary>Yes where it is ticked; no is the default of every one of them.</summary>
    Tick,
}

/// <summary>One field of the form.</summary>
/// <param name="Name">Its name in a post and in the sealed text. A field is never renamed: old messages keep the name.</param>
/// <param name="Label">Interface word of its label.</param>
public sealed record ReferralField(string Name, ReferralControl Control, string Label)
{
    /// <summary>Most letters it takes, as UTF-16 units, which is what a browser counts. 0 for a control without typing.</summary>
    public int Limit { get; init; }

    /// <summary>The limit where a professional writes; null for the same.</summary>
    public int? LimitAtWork { get; init; }

    /// <summary>Interface word of its hint; null for none.</summary>
    public string? Hint { get; init; }

    /// <summary>Another hint where a professional writes; null for the same.</summary>
    public string? HintAtWork { get; init; }

    /// <summary>Who is asked. Others' answers are dropped.</summary>
    public ReferralRoutes Asked { get; init; } = ReferralRoutes.All;

    /// <summary>Who must answer.</summary>
    public ReferralRoutes Required { get; init; }

    /// <summary>Interface word of what is told where it is missing or wrong; null where it cannot be.</summary>
    public string? Mistake { get; init; }

    /// <summary>The answers to choose from, with the interface word of each. Empty where they come from a table.</summary>
    public IReadOnlyList<(string Value, string Label)> Choices { get; init; } = [];

    /// <summary>The table its answers come from.</summary>
    public ReferralTable Table { get; init; }

    /// <summary>What a browser may fill in. Only the professional's own details: everything else is off (safe operation).</summary>
    public string Autocomplete { get; init; } = "off";

    /// <summary>The most letters on a route.</summary>
    public int LimitOn(ReferralRoutes route) => route == ReferralRoutes.Work ? LimitAtWork ?? Limit : Limit;
}

/// <summary>A table of the content that a field chooses from.</summary>
public enum ReferralTable
{
    None,

    /// <summary>The 13 districts, moving here, outside, not sure.</summary>
    Districts,

    /// <summary>The languages of the site, and another.</summary>
    Languages,
}

/// <summary>Fields that are asked together: a step with JavaScript, a part of the page without.</summary>
/// <param name="Name">Its id on the page.</param>
/// <param name="Title">Interface word of its question.</param>
public sealed record ReferralStep(string Name, string Title, IReadOnlyList<ReferralField> Fields)
{
    /// <summary>Another question where a professional writes; null for the same.</summary>
    public string? TitleAtWork { get; init; }

    public string? Hint { get; init; }

    public ReferralRoutes Asked { get; init; } = ReferralRoutes.All;

    /// <summary>Where one of several fields must be answered: which ticks make a way to be reached safe. Empty for none.</summary>
    public IReadOnlyList<SafeWay> OneOf { get; init; } = [];

    /// <summary>Interface word of what is told where none of <see cref="OneOf"/> is given.</summary>
    public string? Mistake { get; init; }
}

/// <summary>A way to reach somebody: the field, and the ticks of which one must be set. No ticks: the words are enough.</summary>
public sealed record SafeWay(string Field, IReadOnlyList<string> Ticks);

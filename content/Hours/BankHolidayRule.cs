namespace Portal.Content.Hours;

/// <summary>What a place or a line does on a bank holiday of England and Wales.</summary>
public enum BankHolidayRule
{
    /// <summary>Nobody has confirmed it. Nothing is said about "now", and no session is promised on such a day.</summary>
    Unknown,

    /// <summary>No weekly session takes place.</summary>
    Closed,

    /// <summary>As on any other day.</summary>
    Open,

    /// <summary>Only what <see cref="OpeningHours.Special"/> lists for that day; a bank holiday that is not listed is closed.</summary>
    Special
}

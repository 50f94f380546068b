using NodaTime;

namespace Portal.Content.Hours;

/// <summary>One stretch of being open, on the London clock. Never empty.</summary>
/// <param name="Opens">Included.</param>
/// <param name="Closes">Excluded.</param>
public readonly record struct Session(ZonedDateTime Opens, ZonedDateTime Closes);

/// <summary>Open or not at one moment.</summary>
/// <param name="IsOpen">Whether a session is running.</param>
/// <param name="ClosesAt">When open: the end of the last session that follows without a gap; null where that is more than <see cref="OpeningHours.DaysFollowed"/> days off, or never.</param>
/// <param name="OpensNext">When closed: the next opening, always later than the moment asked for; null where none lies within <see cref="OpeningHours.DaysSearched"/> days or within the years whose bank holidays are known.</param>
public sealed record OpenStatus(bool IsOpen, ZonedDateTime? ClosesAt, ZonedDateTime? OpensNext);

using NodaTime;

namespace Portal.Content.Hours;

/// <summary>A session that comes back every week, or in certain weeks of the month.</summary>
public sealed record WeeklySession
{
    public required IReadOnlyList<Weekday> Days { get; init; }

    /// <summary>
    /// Which of that weekday in the month: 1 to 5, or -1 for the last. [1, 3] with Tuesday is the first and third
    /// Tuesday, not the Tuesday of the first and third week. Empty means every week.
    /// </summary>
    public IReadOnlyList<int> Weeks { get; init; } = [];

    /// <summary>London wall-clock time, included.</summary>
    public required LocalTime Opens { get; init; }

    /// <summary>London wall-clock time, excluded. At or before <see cref="Opens"/> it is a time of the next day.</summary>
    public required LocalTime Closes { get; init; }

    /// <summary>Whether a session begins on <paramref name="date"/>.</summary>
    public bool BeginsOn(LocalDate date)
    {
        if (!Days.Contains((Weekday)((int)date.DayOfWeek - 1))) return false;
        if (Weeks.Count == 0 || Weeks.Contains((date.Day + 6) / 7)) return true;
        return Weeks.Contains(-1) && date.PlusWeeks(1).Month != date.Month;
    }
}

using System.Globalization;

using NodaTime;

using Portal.Cms.Hosting;

namespace Portal.Cms.Referrals.Rota;

/// <summary>Whole hours of each weekday, by clocks in Kent, in which somebody answers messages. They tell when ordinary mails go out; targets run on beyond them.</summary>
/// <param name="Days">From Monday: first hour (0 to 23) and the hour it ends (1 to 24); null for a day without.</param>
internal sealed record StaffedHours(IReadOnlyList<StaffedDay?> Days)
{
    private const int Week = 7;

    /// <summary>Nobody has decided yet.</summary>
    public static StaffedHours None { get; } = new([.. Enumerable.Repeat<StaffedDay?>(null, Week)]);

    public bool IsDecided => Days.Any(day => day is not null);

    /// <summary>Reads what <see cref="Write"/> wrote; anything else is nothing decided.</summary>
    public static StaffedHours Parse(string text)
    {
        var days = text.Split(',').Select(Day).ToList();
        return days.Count == Week ? new(days) : None;
    }

    public string Write() => IsDecided ? string.Join(',', Days.Select(day => day is null ? string.Empty : $"{day.From}-{day.Until}")) : string.Empty;

    public StaffedDay? On(LocalDate date) => Days[(int)date.DayOfWeek - 1];

    /// <summary>True where the clock in Kent stands within the hours of the day. Where nobody decided, always: a mail too many is better than none.</summary>
    public bool Contains(Instant now)
    {
        var local = now.InZone(LondonTime.Zone);
        return !IsDecided || (On(local.Date) is { } day && local.Hour >= day.From && local.Hour < day.Until);
    }

    private static StaffedDay? Day(string text) => text.Split('-') is [var from, var until] && Hour(from) is { } first && Hour(until) is { } end && first < end ? new(first, end) : null;

    /// <summary>A whole hour of 0 to 24; null for any other text.</summary>
    public static int? Hour(string text) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour <= 24 ? hour : null;
}

/// <summary>The staffed hours of one day: the first, and the one at which they end.</summary>
internal sealed record StaffedDay(int From, int Until);

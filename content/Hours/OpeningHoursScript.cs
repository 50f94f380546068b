using System.Text.Json;
using NodaTime;

namespace Portal.Content.Hours;

/// <summary>
/// Hours and calendar as the page's script (theme/Components/OpenNow/hours.js) reads them: JSON of numbers and arrays
/// only, so that nothing needs escaping in an attribute. Days count from 1 January 1970, minutes from midnight, moments
/// in minutes from 1 January 1970 UTC.
/// </summary>
public static class OpeningHoursScript
{
    private const int LastWeekBit = 1 << 5;

    /// <summary>
    /// <c>1</c> for always, else <c>[open on bank holidays 0/1, weekly, special, closures]</c>: weekly
    /// <c>[days as bits, Monday lowest; weeks as bits, bit 5 the last, 0 every; opens; closes, past 1440 on the next day]</c>,
    /// special <c>[day, opens, closes, opens, closes…]</c> (the day alone is closed), closures <c>[from, until]</c> with
    /// both days included and until 0 where open-ended. Null where the page may not say "now": what is not there cannot be said.
    /// </summary>
    public static string? Write(OpeningHours hours)
    {
        if (!hours.MaySayNow) return null;
        if (hours.Always) return "1";
        return JsonSerializer.Serialize<object[]>(
        [
            hours.BankHolidays == BankHolidayRule.Open ? 1 : 0,
            hours.Weekly.Select(session => (int[])
            [
                session.Days.Aggregate(0, (bits, day) => bits | (1 << (int)day)),
                session.Weeks.Aggregate(0, (bits, week) => bits | (week == -1 ? LastWeekBit : 1 << (week - 1))),
                .. Span(session.Opens, session.Closes)
            ]),
            hours.Special.GroupBy(day => day.Date).OrderBy(day => day.Key).Select(day => (int[])
            [
                DayNumber(day.Key),
                .. day.SelectMany(entry => entry.Times).Order().SelectMany(times => Span(times.Opens, times.Closes))
            ]),
            hours.Closures.Select(closure => (int[])
                [DayNumber(closure.From), closure.Until is { } until ? DayNumber(until) : 0])
        ]);
    }

    /// <summary>
    /// <c>[clock, bank holidays, last day known]</c>, once a page: clock is <c>[moment, minutes ahead of UTC]</c> from
    /// each change on. The changes travel as data so that the law on summer time stands in one place only.
    /// </summary>
    public static string WriteCalendar(BankHolidays bankHolidays)
    {
        var from = bankHolidays.From.AtStartOfDayInZone(LondonClock.Zone).ToInstant();
        var until = bankHolidays.Until.PlusDays(2).AtStartOfDayInZone(LondonClock.Zone).ToInstant();
        return JsonSerializer.Serialize<object[]>(
        [
            LondonClock.Zone.GetZoneIntervals(from, until).Select(interval => (long[])
            [
                (interval.HasStart && interval.Start > from ? interval.Start : from).ToUnixTimeSeconds() / 60,
                interval.WallOffset.Seconds / 60
            ]),
            bankHolidays.Days.Select(day => DayNumber(day.Date)),
            DayNumber(bankHolidays.Until)
        ]);
    }

    private static int[] Span(LocalTime opens, LocalTime closes)
    {
        var (start, end) = (MinuteOf(opens), MinuteOf(closes));
        return [start, end > start ? end : end + NodaConstants.MinutesPerDay];
    }

    private static int MinuteOf(LocalTime time) => (time.Hour * NodaConstants.MinutesPerHour) + time.Minute;

    private static int DayNumber(LocalDate date) => Period.DaysBetween(new LocalDate(1970, 1, 1), date);
}

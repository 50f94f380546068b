using NodaTime;
using Portal.Content.Hours;

namespace Portal.Tests.Hours;

/// <summary>
/// The slow oracle: it walks through the minutes with an eye on the wall clock and knows no time-zone arithmetic but
/// "what does the clock show now".
/// </summary>
internal sealed class MinuteWalk
{
    private readonly LocalDate _from;
    private readonly LocalDate _until;
    private readonly List<(Instant Moment, LocalDateTime Clock)> _minutes = [];

    public MinuteWalk(LocalDate middle, int days)
    {
        _from = middle.PlusDays(-days);
        _until = middle.PlusDays(days);
        var end = _until.PlusDays(2).AtMidnight().InZoneStrictly(LondonClock.Zone).ToInstant();
        for (var moment = _from.AtMidnight().InZoneStrictly(LondonClock.Zone).ToInstant(); moment < end; moment += Duration.FromMinutes(1))
            _minutes.Add((moment, moment.InZone(LondonClock.Zone).LocalDateTime));
    }

    public HashSet<Instant> OpenMinutes(OpeningHours hours, BankHolidays bankHolidays)
    {
        var open = new HashSet<Instant>();
        for (var date = _from; date <= _until; date = date.PlusDays(1))
        {
            foreach (var (opens, closes) in TimesOn(hours, bankHolidays, date))
            {
                var end = (closes > opens ? date : date.PlusDays(1)) + closes;
                open.UnionWith(_minutes
                    .SkipWhile(minute => minute.Clock < date + opens)
                    .TakeWhile(minute => minute.Clock < end)
                    .Select(minute => minute.Moment));
            }
        }

        return open;
    }

    /// <summary>The first minute after <paramref name="now"/> that fits, or null where none does in sight.</summary>
    public Instant? FirstAfter(Instant now, Func<Instant, bool> fits)
    {
        foreach (var (moment, clock) in _minutes)
        {
            // The last day only completes sessions of the day before; what begins on it is out of sight.
            if (moment > now && clock.Date <= _until && fits(moment)) return moment;
        }

        return null;
    }

    public Instant? WithinSight(Instant? moment) =>
        moment?.InZone(LondonClock.Zone).Date <= _until ? moment : null;

    private static IEnumerable<(LocalTime Opens, LocalTime Closes)> TimesOn(OpeningHours hours, BankHolidays bankHolidays, LocalDate date)
    {
        var special = hours.Special.Where(day => day.Date == date).ToList();
        foreach (var day in special)
        {
            if (!day.Closed) yield return (day.Opens!.Value, day.Closes!.Value); // The generator always gives both.
        }

        var shut = special.Count > 0
            || hours.Closures.Any(closure => date >= closure.From && date <= (closure.Until ?? LocalDate.MaxIsoValue))
            || (bankHolidays.Days.Any(day => day.Date == date) && hours.BankHolidays != BankHolidayRule.Open);
        if (shut) yield break;

        foreach (var session in hours.Weekly)
        {
            var ordinal = Enumerable.Range(1, date.Day).Count(day => new LocalDate(date.Year, date.Month, day).DayOfWeek == date.DayOfWeek);
            var isLast = date.Day + 7 > CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month);
            var inWeek = session.Weeks.Count == 0 || session.Weeks.Contains(ordinal) || (isLast && session.Weeks.Contains(-1));
            if (inWeek && session.Days.Any(day => (int)day + 1 == (int)date.DayOfWeek)) yield return (session.Opens, session.Closes);
        }
    }
}

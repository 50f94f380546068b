using NodaTime;

namespace Portal.Content.Hours;

/// <summary>What hours must keep to before anyone relies on them.</summary>
internal static class OpeningHoursRules
{
    // Between 1901 and 2099 the calendar repeats after 28 years, so this span holds every way in which weeks of the
    // month can fall.
    private static readonly LocalDate CycleStart = new(2024, 1, 1);
    private const int DaysInCycle = (28 * 365) + 7;
    private const int DaysInWeek = 7;

    public static IEnumerable<string> Broken(OpeningHours hours)
    {
        if (hours.Always)
        {
            if (hours.Weekly.Count > 0 || hours.Special.Count > 0 || hours.Closures.Count > 0 || hours.ByAppointment || hours.BankHolidays is not null)
                yield return "always: true stands alone; remove the other hours, or always.";
            yield break;
        }

        if (hours.Weekly.Count == 0 && hours.Special.Count == 0 && hours.Closures.Count == 0 && !hours.ByAppointment)
            yield return "These hours say nothing; where hours are not known, leave hours out.";
        if (hours.BankHolidays is BankHolidayRule.Special && hours.Special.Count == 0)
            yield return "bankHolidays: special needs the days under special.";

        foreach (var problem in hours.Weekly.SelectMany(BrokenSession)) yield return problem;
        foreach (var problem in hours.Special.GroupBy(day => day.Date).SelectMany(BrokenSpecial)) yield return problem;
        foreach (var closure in hours.Closures)
        {
            if (closure.Until < closure.From) yield return $"The closure from {Written(closure.From)} ends before it begins.";
        }

        if (FirstOverlap(hours.Weekly) is { } overlap) yield return overlap;
    }

    private static IEnumerable<string> BrokenSession(WeeklySession session)
    {
        if (session.Days.Count == 0) yield return $"The session {Written(session.Opens, session.Closes)} has no days.";
        if (session.Days.Distinct().Count() < session.Days.Count)
            yield return $"The session {Written(session.Opens, session.Closes)} names a day twice.";
        foreach (var week in session.Weeks.Where(week => week is not (-1 or (>= 1 and <= 5))))
            yield return $"Week {week} does not exist; weeks are 1 to 5, or -1 for the last.";
        if (session.Weeks.Distinct().Count() < session.Weeks.Count)
            yield return $"The session {Written(session.Opens, session.Closes)} names a week twice.";
        if (IsEmpty(session.Opens, session.Closes)) yield return Empty(session.Opens);
    }

    private static IEnumerable<string> BrokenSpecial(IGrouping<LocalDate, SpecialDay> day)
    {
        if (day.Any(entry => entry.Closed) && day.Count() > 1)
            yield return $"The special day {Written(day.Key)} is closed and listed again.";

        var spans = new List<(int From, int Until)>();
        foreach (var entry in day)
        {
            if (entry.Closed)
            {
                if (entry.Opens is not null || entry.Closes is not null)
                    yield return $"The special day {Written(day.Key)} is closed and has times; keep one of the two.";
                continue;
            }

            if (entry is not { Opens: { } opens, Closes: { } closes })
            {
                yield return $"The special day {Written(day.Key)} needs opens and closes, or closed: true.";
                continue;
            }

            if (IsEmpty(opens, closes)) yield return Empty(opens);
            spans.Add(Span(opens, closes, 0));
        }

        spans.Sort();
        if (spans.Zip(spans.Skip(1)).Any(pair => pair.Second.From < pair.First.Until))
            yield return $"Two sessions of the special day {Written(day.Key)} overlap.";
    }

    private static string? FirstOverlap(IReadOnlyList<WeeklySession> weekly)
    {
        // Without weeks of the month every week is alike; one day more shows Sunday night running into Monday.
        var days = weekly.All(session => session.Weeks.Count == 0) ? DaysInWeek + 1 : DaysInCycle;
        var spans = new List<(int From, int Until)>();
        var until = int.MinValue;

        for (var day = 0; day < days; day++)
        {
            var date = CycleStart.PlusDays(day);
            spans.Clear();
            foreach (var session in weekly)
            {
                if (session.BeginsOn(date)) spans.Add(Span(session.Opens, session.Closes, day));
            }

            spans.Sort();
            foreach (var span in spans)
            {
                if (span.From < until)
                    return $"Two sessions overlap on a {date.DayOfWeek}, at {LocalTime.FromMinutesSinceMidnight(span.From % NodaConstants.MinutesPerDay):HH:mm}.";
                until = span.Until;
            }
        }

        return null;
    }

    /// <summary>Minutes since the first midnight; a session that closes at or before its opening ends the day after.</summary>
    private static (int From, int Until) Span(LocalTime opens, LocalTime closes, int day)
    {
        var start = (day * NodaConstants.MinutesPerDay) + MinuteOf(opens);
        var length = MinuteOf(closes) - MinuteOf(opens);
        return (start, start + (length > 0 ? length : length + NodaConstants.MinutesPerDay));
    }

    private static int MinuteOf(LocalTime time) => (time.Hour * NodaConstants.MinutesPerHour) + time.Minute;

    // Midnight to midnight is the one way to write a whole day; any other pair of equal times is a slip.
    private static bool IsEmpty(LocalTime opens, LocalTime closes) => opens == closes && opens != LocalTime.Midnight;

    private static string Empty(LocalTime opens) =>
        $"A session opens and closes at {opens:HH:mm}; a whole day is \"00:00\" to \"00:00\".";

    private static string Written(LocalDate date) => $"{date:uuuu-MM-dd}";

    private static string Written(LocalTime opens, LocalTime closes) => $"{opens:HH:mm} to {closes:HH:mm}";
}

using System.Text;

using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

using NodaTime;

using Portal.Content.Documents;
using Portal.Content.Hours;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;

namespace Portal.Site.FindHelp;

/// <summary>
/// Opening hours as an iCalendar file (RFC 5545) with a neutral summary: one event for each weekly session, in Kent's own
/// time, without the days on which it does not take place, and one for each time of a special day. Where nobody knows
/// yet what holds (bank holidays of later years, a closure without an end), no entry promises anything.
/// </summary>
internal static class Calendar
{
    private const string Zone = "Europe/London";

    /// <summary>How far ahead the first session is looked for where nothing else ends the search: past any closure that is worth an entry.</summary>
    private const int YearsSearched = 2;

    /// <summary>True where there is something to put into a calendar: a place with sessions to come, whose address is public.</summary>
    public static bool Has(Edition edition, AccessPoint point) =>
        point is { Type: AccessPointType.DropIn, Address: not null, Hours.Always: false } && edition.Find(point.Id, Language.Base) is not null && Entries(edition, point).Any();

    /// <summary>A file name that says nothing: the downloads folder shows it.</summary>
    public static string Address(AccessPoint point) => $"{Addresses.Of(point.Id)}times.ics";

    /// <summary>What every calendar that shares the entry will show.</summary>
    public static string Summary(InterfaceStrings words, AccessPoint point) => words.Fill("places.calendarName", ("place", point.Address?.Line1 ?? point.TabTitle));

    public static byte[] Write(Edition edition, AccessPoint point)
    {
        var calendar = new Ical.Net.Calendar { ProductId = "-//Local//Times//EN", Method = "PUBLISH" };
        calendar.AddTimeZone(VTimeZone.FromDateTimeZone(Zone, new System.DateTime(edition.Day.Year, 1, 1), includeHistoricalData: false)); // RFC 5545 asks for the rules, not the name alone.
        calendar.Events.AddRange(Entries(edition, point));
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!.ReplaceLineEndings("\r\n"));
    }

    private static IEnumerable<CalendarEvent> Entries(Edition edition, AccessPoint point)
    {
        var hours = point.Hours!;
        foreach (var (session, index) in hours.Weekly.Select((session, index) => (session, index)))
            if (Recurring(edition, point, session, $"{index}") is { } entry) yield return entry;
        foreach (var (day, index) in hours.Special.Select((day, index) => (day, index)))
            if (day is { Closed: false, Opens: { } opens, Closes: { } closes } && day.Date >= edition.Day)
                yield return Once(edition, point, $"day-{index}", day.Date, opens, closes);
    }

    private static CalendarEvent? Recurring(Edition edition, AccessPoint point, WeeklySession session, string id)
    {
        var hours = point.Hours!;
        var holidays = edition.Library.Data.BankHolidays;
        var last = Last(hours, holidays);
        var days = Days(edition.Day, last ?? edition.Day.PlusYears(YearsSearched)).Where(session.BeginsOn).ToList();
        var first = days.FindIndex(day => TakesPlace(hours, holidays, day));
        if (first < 0) return null;

        var entry = Once(edition, point, id, days[first], session.Opens, session.Closes);
        var weekdays = session.Days.SelectMany(day => session.Weeks.Count == 0
            ? [new WeekDay(DayOf(day))]
            : session.Weeks.Select(week => new WeekDay(DayOf(day), week)));
        var rule = new RecurrencePattern(session.Weeks.Count == 0 ? FrequencyType.Weekly : FrequencyType.Monthly) { ByDay = [.. weekdays] };
        // With a zone on its start, a rule ends in UTC (RFC 5545, 3.3.10): at the end of the last day in Kent.
        if (last is { } end) rule.Until = new CalDateTime(LondonClock.FirstReaches(end.PlusDays(1).AtMidnight()).ToInstant().Minus(NodaTime.Duration.FromSeconds(1)).ToDateTimeUtc());
        entry.RecurrenceRule = rule;

        foreach (var day in Days(days[first], last ?? LastException(hours, holidays)).Where(session.BeginsOn).Where(day => !TakesPlace(hours, holidays, day)))
            entry.ExceptionDates.Add(At(day, session.Opens));
        return entry;
    }

    private static CalendarEvent Once(Edition edition, AccessPoint point, string id, LocalDate day, LocalTime opens, LocalTime closes) => new()
    {
        Uid = $"{point.Id.Slug}-{id}@{new Uri(edition.Library.Settings.BaseUrl).Host}",
        Summary = Summary(edition.Library.Strings[Language.Base.Code], point),
        Location = PlaceText.Address(point),
        Start = At(day, opens),
        End = At(closes > opens ? day : day.PlusDays(1), closes),
        DtStamp = new CalDateTime(edition.Day.AtMidnight().InUtc().ToDateTimeUtc()), // Of the day, as the site is: two builds of one day give the same bytes.
    };

    /// <summary>Whether the weekly sessions of a day take place, by the order of <see cref="OpeningHours.SessionsOn"/>.</summary>
    private static bool TakesPlace(OpeningHours hours, BankHolidays holidays, LocalDate day) =>
        !hours.Special.Any(special => special.Date == day) && !hours.Closures.Any(closure => closure.Covers(day))
        && (hours.BankHolidays == BankHolidayRule.Open || !holidays.Contains(day));

    /// <summary>The last day of which anything is known, included; null where every later week is as this one.</summary>
    private static LocalDate? Last(OpeningHours hours, BankHolidays holidays)
    {
        var ends = hours.Closures.Where(closure => closure.Until is null).Select(closure => closure.From.PlusDays(-1)).ToList();
        if (hours.BankHolidays != BankHolidayRule.Open) ends.Add(holidays.Until);
        return ends.Count == 0 ? null : ends.Min();
    }

    private static LocalDate LastException(OpeningHours hours, BankHolidays holidays) =>
        hours.Special.Select(day => day.Date).Concat(hours.Closures.Select(closure => closure.Until).OfType<LocalDate>()).Append(holidays.Until).Max();

    private static IEnumerable<LocalDate> Days(LocalDate from, LocalDate until)
    {
        for (var day = from; day <= until; day = day.PlusDays(1)) yield return day;
    }

    private static CalDateTime At(LocalDate date, LocalTime time) => new(date.Year, date.Month, date.Day, time.Hour, time.Minute, 0, Zone);

    private static DayOfWeek DayOf(Weekday day) => (DayOfWeek)(((int)day - (int)Weekday.Mon + 1) % 7);
}

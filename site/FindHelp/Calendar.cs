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
/// time, without the bank holidays on which the place is closed.
/// </summary>
internal static class Calendar
{
    private const string Zone = "Europe/London";

    /// <summary>True where there is something to put into a calendar: a place with sessions, whose address is public.</summary>
    public static bool Has(Edition edition, AccessPoint point) =>
        point is { Type: AccessPointType.DropIn, Address: not null, Hours: { Always: false, Weekly.Count: > 0 } } && edition.Find(point.Id, Language.Base) is not null;

    /// <summary>A file name that says nothing: the downloads folder shows it.</summary>
    public static string Address(AccessPoint point) => $"{Addresses.Of(point.Id)}times.ics";

    /// <summary>What every calendar that shares the entry will show.</summary>
    public static string Summary(InterfaceStrings words, AccessPoint point) => words.Fill("places.calendarName", ("place", point.Address?.Line1 ?? point.TabTitle));

    public static byte[] Write(Edition edition, AccessPoint point)
    {
        var words = edition.Library.Strings[Language.Base.Code];
        var holidays = edition.Library.Data.BankHolidays;
        var calendar = new Ical.Net.Calendar { ProductId = "-//Local//Times//EN", Method = "PUBLISH" };
        calendar.AddTimeZone(VTimeZone.FromDateTimeZone(Zone, new System.DateTime(edition.Day.Year, 1, 1), includeHistoricalData: false)); // RFC 5545 asks for the rules, not the name alone.
        foreach (var (session, index) in point.Hours!.Weekly.Select((session, index) => (session, index)))
            calendar.Events.Add(Event(edition, point, words, session, index, holidays));
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!.ReplaceLineEndings("\r\n"));
    }

    private static CalendarEvent Event(Edition edition, AccessPoint point, InterfaceStrings words, WeeklySession session, int index, BankHolidays holidays)
    {
        var first = Enumerable.Range(0, 62).Select(edition.Day.PlusDays).First(day => Falls(session, day));
        var entry = new CalendarEvent
        {
            Uid = $"{point.Id.Slug}-{index}@{new Uri(edition.Library.Settings.BaseUrl).Host}",
            Summary = Summary(words, point),
            Location = PlaceText.Address(point),
            Start = At(first, session.Opens),
            End = At(first, session.Closes),
            DtStamp = new CalDateTime(edition.At.ToDateTimeUtc()),
        };

        var days = session.Days.SelectMany(day => session.Weeks.Count == 0
            ? [new WeekDay(DayOf(day))]
            : session.Weeks.Select(week => new WeekDay(DayOf(day), week)));
        var rule = new RecurrencePattern(session.Weeks.Count == 0 ? FrequencyType.Weekly : FrequencyType.Monthly) { ByDay = [.. days] };
        entry.RecurrenceRule = rule;

        if (point.Hours!.BankHolidays != BankHolidayRule.Open)
            foreach (var holiday in holidays.Days.Select(day => day.Date).Where(date => date >= first && Falls(session, date)))
                entry.ExceptionDates.Add(At(holiday, session.Opens));
        return entry;
    }

    private static bool Falls(WeeklySession session, LocalDate date) =>
        session.Days.Contains((Weekday)((int)date.DayOfWeek - 1 + (int)Weekday.Mon))
        && (session.Weeks.Count == 0 || session.Weeks.Any(week => week < 0 ? date.PlusDays(7).Month != date.Month : (date.Day + 6) / 7 == week));

    private static CalDateTime At(LocalDate date, LocalTime time) => new(date.Year, date.Month, date.Day, time.Hour, time.Minute, 0, Zone);

    private static DayOfWeek DayOf(Weekday day) => (DayOfWeek)(((int)day - (int)Weekday.Mon + 1) % 7);
}

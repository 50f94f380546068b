using Portal.Content.Hours;
using Portal.Content.Languages;
using Portal.Theme.Components;

namespace Portal.Site.Layout;

/// <summary>Opening hours in words, for the list that stands without a script.</summary>
internal static class HoursText
{
    private static readonly string[] Ordinals = ["first", "second", "third", "fourth", "fifth"];

    /// <summary>One row for each weekly session: days, then times.</summary>
    public static IReadOnlyList<HoursRow> Rows(OpeningHours hours, InterfaceStrings words) =>
        [.. hours.Weekly.Select(session => new HoursRow(Days(session, words), Span(session.Opens, session.Closes, words)))];

    /// <summary>The rows as one line each: <c>Monday to Friday, 8am to 8pm</c>.</summary>
    public static IReadOnlyList<string> Lines(OpeningHours hours, InterfaceStrings words) =>
        hours.Always ? [words["lines.always"]] : [.. Rows(hours, words).Select(row => $"{row.Days}, {row.Hours}")];

    /// <summary>What holds beside the usual week: bank holidays, special days and closures to come, how sure we are.</summary>
    /// <param name="today">Days before it are left out.</param>
    public static IReadOnlyList<string> Notes(OpeningHours hours, InterfaceStrings words, NodaTime.LocalDate today)
    {
        var notes = new List<string>();
        if (!hours.MaySayNow) notes.Add(words["hours.maybe"]);
        if (hours.ByAppointment) notes.Add(words["hours.appointment"]);
        if (!hours.Always) notes.Add(words[hours.BankHolidays switch
        {
            BankHolidayRule.Closed => "hours.holidaysClosed",
            BankHolidayRule.Open => "hours.holidaysOpen",
            BankHolidayRule.Special => "hours.holidaysSpecial",
            _ => "hours.holidaysUnknown",
        }]);
        notes.AddRange(hours.Special.Where(day => day.Date >= today).Select(day => Special(day, words)));
        notes.AddRange(hours.Closures.Where(closure => closure.Until is not { } until || until >= today).Select(closure => Closed(closure, words, today)));
        return notes;
    }

    private static string Special(SpecialDay day, InterfaceStrings words) => day is { Closed: false, Opens: { } opens, Closes: { } closes }
        ? words.Fill("hours.specialOpen", ("date", words.DateWithDay(day.Date)), ("opens", words.Time(opens)), ("closes", words.Time(closes)))
        : words.Fill("hours.specialClosed", ("date", words.DateWithDay(day.Date)));

    private static string Closed(Closure closure, InterfaceStrings words, NodaTime.LocalDate today)
    {
        if (closure.Until is not { } until) return closure.From <= today ? words["hours.closed"] : $"{words["hours.closed"]}: {words.Date(closure.From)} –";
        return closure.From <= today
            ? words.Fill("hours.until", ("date", words.Date(until)))
            : words.Fill("hours.from", ("from", words.Date(closure.From)), ("until", words.Date(until)));
    }

    private static string Span(NodaTime.LocalTime opens, NodaTime.LocalTime closes, InterfaceStrings words) =>
        words.Fill("hours.span", ("opens", words.Time(opens)), ("closes", words.Time(closes)));

    private static string Days(WeeklySession session, InterfaceStrings words)
    {
        var names = words.List("date.days");
        var days = session.Days.Select(day => (int)day).Order().ToList();
        var first = (int)Weekday.Mon;
        var text = days.Count > 2 && days[^1] - days[0] == days.Count - 1
            ? words.Fill("hours.days", ("first", names[days[0] - first]), ("last", names[days[^1] - first]))
            : Join([.. days.Select(day => names[day - first])], words);
        if (session.Weeks.Count == 0) return text;
        var which = Join([.. session.Weeks.Select(week => words[week < 0 ? "hours.last" : "hours." + Ordinals[week - 1]])], words);
        return words.Fill("hours.nth", ("which", which), ("day", text));
    }

    private static string Join(IReadOnlyList<string> parts, InterfaceStrings words) => parts.Count switch
    {
        1 => parts[0],
        _ => words.Fill("hours.and", ("one", string.Join(", ", parts.SkipLast(1))), ("other", parts[^1])),
    };
}

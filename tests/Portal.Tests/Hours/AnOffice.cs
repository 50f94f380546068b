using NodaTime;
using Portal.Content.Documents;
using Portal.Content.Hours;

namespace Portal.Tests.Hours;

/// <summary>Hours with valid defaults, and short ways to write a moment.</summary>
internal static class AnOffice
{
    public static IReadOnlyList<Weekday> Weekdays { get; } = [Weekday.Mon, Weekday.Tue, Weekday.Wed, Weekday.Thu, Weekday.Fri];

    public static IReadOnlyList<Weekday> EveryDay { get; } = [.. Weekdays, Weekday.Sat, Weekday.Sun];

    public static OpeningHours Open(params IReadOnlyList<WeeklySession> weekly) =>
        new() { Weekly = weekly, BankHolidays = BankHolidayRule.Closed, Confidence = Confidence.High };

    public static WeeklySession On(IReadOnlyList<Weekday> days, string opens, string closes, params IReadOnlyList<int> weeks) =>
        new() { Days = days, Weeks = weeks, Opens = Time(opens), Closes = Time(closes) };

    public static SpecialDay Special(int year, int month, int day, string opens, string closes) =>
        new() { Date = new LocalDate(year, month, day), Opens = Time(opens), Closes = Time(closes) };

    /// <summary>A London wall-clock moment; in the doubled hour the first pass, plus <paramref name="minutesLater"/>.</summary>
    public static Instant London(int year, int month, int day, int hour, int minute, int minutesLater = 0) =>
        new LocalDateTime(year, month, day, hour, minute).InZoneLeniently(LondonClock.Zone).ToInstant()
        + Duration.FromMinutes(minutesLater);

    public static LocalTime Time(string time) => new(int.Parse(time[..2]), int.Parse(time[3..]));
}

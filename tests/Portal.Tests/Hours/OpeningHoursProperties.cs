using CsCheck;
using NodaTime;
using Portal.Content.Documents;
using Portal.Content.Hours;
using Xunit;

namespace Portal.Tests.Hours;

public sealed class OpeningHoursProperties
{
    private const int DaysAround = 3;

    // Ordinary days, both clock changes, a month's end and the thickest holidays.
    private static readonly Gen<LocalDate> Days = Gen.OneOf(
        new LocalDate(2026, 3, 29), new LocalDate(2026, 10, 25), new LocalDate(2027, 3, 28), new LocalDate(2028, 10, 29),
        new LocalDate(2026, 4, 3), new LocalDate(2026, 12, 28), new LocalDate(2027, 12, 27), new LocalDate(2028, 2, 29), new LocalDate(2026, 6, 30));

    // Half of the times fall into the first hours of the day, where the clock changes.
    private static readonly Gen<LocalTime> Times =
        Gen.OneOf(Gen.Int[0, 95], Gen.Int[0, 12]).Select(quarter => new LocalTime(quarter / 4, quarter % 4 * 15));

    private static readonly Gen<WeeklySession> Sessions = Gen.Select(
        Gen.Enum<Weekday>().HashSet[1, 4], Gen.OneOf(-1, 1, 2, 3, 4, 5).HashSet[0, 2], Times, Times)
        .Select((days, weeks, opens, closes) => new WeeklySession { Days = [.. days], Weeks = [.. weeks], Opens = opens, Closes = closes });

    private static Gen<(OpeningHours Hours, LocalDate Day, int Minute)> Cases { get; } =
        from day in Days
        from weekly in Sessions.Array[0, 4]
        from rule in Gen.Enum<BankHolidayRule>()
        from special in Gen.Select(Gen.Int[-2, 3], Gen.Bool, Times, Times).Array[0, 2]
        from closures in Gen.Select(Gen.Int[-3, 3], Gen.Int[-1, 3]).Array[0, 1]
        from minute in Gen.OneOf(Gen.Int[0, (24 * 60) - 1], Gen.Int[0, 3 * 60])
        select (new OpeningHours
        {
            Weekly = weekly,
            BankHolidays = rule,
            Confidence = Confidence.High,
            Special = [.. special.Select(it => it.Item2
                ? new SpecialDay { Date = day.PlusDays(it.Item1), Closed = true }
                : new SpecialDay { Date = day.PlusDays(it.Item1), Opens = it.Item3, Closes = it.Item4 })],
            Closures = [.. closures.Select(it => new Closure
            {
                From = day.PlusDays(it.Item1),
                Until = it.Item2 < 0 ? null : day.PlusDays(it.Item1 + it.Item2)
            })]
        }, day, minute);

    [Fact]
    public void IsOpen_agrees_with_a_walk_from_minute_to_minute() => Cases.Sample(it =>
    {
        var walk = new MinuteWalk(it.Day, DaysAround);
        var open = walk.OpenMinutes(it.Hours, EnglandHolidays.All);
        for (var minute = it.Minute; minute < it.Minute + 60; minute += 5)
        {
            var now = it.Day.AtMidnight().InZoneStrictly(LondonClock.Zone).ToInstant() + Duration.FromMinutes(minute);
            Assert.Equal(open.Contains(now), it.Hours.StatusAt(now, EnglandHolidays.All).IsOpen);
        }
    }, iter: 300);

    [Fact]
    public void Closing_and_next_opening_agree_with_the_walk() => Cases.Sample(it =>
    {
        var walk = new MinuteWalk(it.Day, DaysAround);
        var open = walk.OpenMinutes(it.Hours, EnglandHolidays.All);
        var now = it.Day.AtMidnight().InZoneStrictly(LondonClock.Zone).ToInstant() + Duration.FromMinutes(it.Minute);
        var status = it.Hours.StatusAt(now, EnglandHolidays.All);
        var change = walk.FirstAfter(now, minute => open.Contains(minute) != status.IsOpen);

        Assert.Equal(change, walk.WithinSight(status.IsOpen ? status.ClosesAt?.ToInstant() : status.OpensNext?.ToInstant()));
    }, iter: 300);

    [Fact]
    public void What_comes_next_is_later_than_now_and_is_a_change() => Cases.Sample(it =>
    {
        var now = (it.Day + new LocalTime(it.Minute / 60, it.Minute % 60)).InZoneLeniently(LondonClock.Zone).ToInstant();
        var status = it.Hours.StatusAt(now, EnglandHolidays.All);

        Assert.True(status.ClosesAt is null || status.OpensNext is null);
        Assert.True(status.ClosesAt is null || status.IsOpen);
        Assert.True(status.OpensNext is null || !status.IsOpen);
        if ((status.ClosesAt ?? status.OpensNext)?.ToInstant() is not { } next) return;

        Assert.True(next > now);
        Assert.Equal(!status.IsOpen, it.Hours.StatusAt(next, EnglandHolidays.All).IsOpen);
        Assert.Equal(status.IsOpen, it.Hours.StatusAt(next - Duration.FromMinutes(1), EnglandHolidays.All).IsOpen);
    }, iter: 2_000);

    [Fact]
    public void Hours_without_overlap_problems_never_overlap_on_a_real_date() => Sessions.Array[1, 3].Sample(weekly =>
    {
        var hours = AnOffice.Open(weekly) with { BankHolidays = BankHolidayRule.Open };
        if (hours.Problems().Count > 0) return;
        ZonedDateTime? end = null;
        for (var date = new LocalDate(2026, 5, 1); date < new LocalDate(2026, 10, 1); date = date.PlusDays(1))
        {
            foreach (var session in hours.SessionsOn(date, EnglandHolidays.All))
            {
                Assert.True(end is null || end.Value.ToInstant() <= session.Opens.ToInstant());
                end = session.Closes;
            }
        }
    }, iter: 100);
}

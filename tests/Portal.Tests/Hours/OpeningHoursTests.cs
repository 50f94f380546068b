using NodaTime;
using Portal.Content.Documents;
using Portal.Content.Hours;
using Xunit;
using static Portal.Tests.Hours.AnOffice;

namespace Portal.Tests.Hours;

public sealed class OpeningHoursTests
{
    private static readonly OpeningHours NineToFive = Open(On(Weekdays, "09:00", "17:00"));

    [Fact]
    public void Opening_is_included_and_closing_is_not()
    {
        Assert.False(At(NineToFive, London(2026, 6, 3, 8, 59)).IsOpen);
        Assert.True(At(NineToFive, London(2026, 6, 3, 9, 0)).IsOpen);
        Assert.True(At(NineToFive, London(2026, 6, 3, 16, 59)).IsOpen);
        Assert.False(At(NineToFive, London(2026, 6, 3, 17, 0)).IsOpen);
    }

    [Fact]
    public void On_Friday_evening_the_next_opening_is_Monday_morning()
    {
        var status = At(NineToFive, London(2026, 6, 5, 20, 0));

        Assert.Equal(new LocalDateTime(2026, 6, 8, 9, 0), status.OpensNext?.LocalDateTime);
        Assert.Null(status.ClosesAt);
    }

    [Fact]
    public void Always_is_open_and_never_closes() =>
        Assert.Equal(new OpenStatus(true, null, null), At(new OpeningHours { Always = true }, London(2026, 12, 25, 3, 0)));

    [Fact]
    public void A_night_session_runs_into_the_next_day()
    {
        var nights = Open(On([Weekday.Sun], "22:00", "06:00"));

        var status = At(nights, London(2026, 6, 8, 5, 59));

        Assert.True(status.IsOpen);
        Assert.Equal(new LocalDateTime(2026, 6, 8, 6, 0), status.ClosesAt?.LocalDateTime);
        Assert.False(At(nights, London(2026, 6, 8, 22, 0)).IsOpen);
    }

    [Fact]
    public void Sessions_that_join_close_once()
    {
        var joined = Open(On(Weekdays, "20:00", "00:00"), On(EveryDay, "00:00", "08:00"));

        Assert.Equal(new LocalDateTime(2026, 6, 4, 8, 0), At(joined, London(2026, 6, 3, 21, 0)).ClosesAt?.LocalDateTime);
    }

    [Fact]
    public void Midnight_to_midnight_every_day_has_no_closing_in_sight() =>
        Assert.Equal(
            new OpenStatus(true, null, null),
            At(Open(On(EveryDay, "00:00", "00:00")) with { BankHolidays = BankHolidayRule.Open }, London(2026, 6, 3, 12, 0)));

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 17)]
    [InlineData(5, 31)]
    [InlineData(-1, 31)]
    public void Weeks_of_the_month_pick_the_right_Tuesday(int week, int day)
    {
        var sessions = Open(On([Weekday.Tue], "13:00", "15:00", week));
        var march = Enumerable.Range(1, 31).Select(number => new LocalDate(2026, 3, number));

        Assert.Equal([day], march.Where(date => sessions.SessionsOn(date, EnglandHolidays.All).Count > 0).Select(date => date.Day));
    }

    [Fact]
    public void The_last_Friday_may_be_the_fourth() =>
        Assert.Single(Open(On([Weekday.Fri], "13:00", "15:00", -1)).SessionsOn(new LocalDate(2026, 2, 27), EnglandHolidays.All));

    [Fact]
    public void A_closure_holds_both_its_days_and_may_be_open_ended()
    {
        var closed = NineToFive with { Closures = [new Closure { From = new(2026, 6, 3), Until = new(2026, 6, 4) }] };

        Assert.Equal(new LocalDateTime(2026, 6, 5, 9, 0), At(closed, London(2026, 6, 3, 10, 0)).OpensNext?.LocalDateTime);
        Assert.Null(At(NineToFive with { Closures = [new Closure { From = new(2026, 6, 3) }] }, London(2026, 6, 3, 10, 0)).OpensNext);
    }

    [Fact]
    public void A_special_day_outweighs_closure_bank_holiday_and_week()
    {
        var hours = NineToFive with
        {
            Special = [Special(2026, 12, 25, "10:00", "11:00"), new SpecialDay { Date = new(2026, 12, 22), Closed = true }],
            Closures = [new Closure { From = new(2026, 12, 24), Until = new(2027, 1, 3) }]
        };

        Assert.True(At(hours, London(2026, 12, 25, 10, 30)).IsOpen);
        Assert.False(At(hours, London(2026, 12, 25, 11, 30)).IsOpen);
        Assert.False(At(hours, London(2026, 12, 22, 10, 30)).IsOpen);
        Assert.Equal(new LocalDateTime(2027, 1, 4, 9, 0), At(hours, London(2026, 12, 25, 11, 30)).OpensNext?.LocalDateTime);
    }

    public static TheoryData<string> EveryHoliday => [.. EnglandHolidays.All.Days.Select(day => $"{day.Date:uuuu-MM-dd}")];

    [Theory]
    [MemberData(nameof(EveryHoliday))]
    public void On_every_bank_holiday_the_rule_decides(string holiday)
    {
        var date = NodaTime.Text.LocalDatePattern.Iso.Parse(holiday).Value;
        var noon = (date + new LocalTime(12, 0)).InZoneStrictly(LondonClock.Zone).ToInstant();
        var special = new SpecialDay { Date = date, Opens = new(11, 0), Closes = new(13, 0) };

        Assert.NotNull(EnglandHolidays.All.Find(date));
        Assert.False(At(NineToFive, noon).IsOpen);
        Assert.False(At(NineToFive with { BankHolidays = BankHolidayRule.Unknown }, noon).IsOpen);
        Assert.False(At(NineToFive with { BankHolidays = null }, noon).IsOpen);
        Assert.True(At(NineToFive with { BankHolidays = BankHolidayRule.Open }, noon).IsOpen);
        Assert.False(At(NineToFive with { BankHolidays = BankHolidayRule.Special }, noon).IsOpen);
        Assert.True(At(NineToFive with { BankHolidays = BankHolidayRule.Special, Special = [special] }, noon).IsOpen);
    }

    [Fact]
    public void After_Christmas_2027_both_substitute_days_are_skipped() =>
        Assert.Equal(new LocalDateTime(2027, 12, 29, 9, 0), At(NineToFive, London(2027, 12, 24, 17, 0)).OpensNext?.LocalDateTime);

    [Fact]
    public void No_opening_is_promised_beyond_the_known_bank_holidays()
    {
        Assert.Equal(new LocalDate(2028, 12, 31), EnglandHolidays.All.Until);
        Assert.Null(At(NineToFive, London(2028, 12, 29, 17, 0)).OpensNext);
    }

    [Theory]
    [InlineData(false, BankHolidayRule.Closed, Confidence.High, true)]
    [InlineData(false, BankHolidayRule.Closed, Confidence.Medium, false)]
    [InlineData(false, BankHolidayRule.Closed, null, false)]
    [InlineData(false, BankHolidayRule.Unknown, Confidence.High, false)]
    [InlineData(false, null, Confidence.High, false)]
    [InlineData(true, null, null, true)]
    [InlineData(true, null, Confidence.Low, false)]
    public void Now_is_said_only_where_it_is_known(bool always, BankHolidayRule? rule, Confidence? confidence, bool expected) =>
        Assert.Equal(expected, new OpeningHours { Always = always, BankHolidays = rule, Confidence = confidence }.MaySayNow);

    [Fact]
    public void Now_is_not_said_of_a_place_by_appointment() =>
        Assert.False((NineToFive with { ByAppointment = true }).MaySayNow);

    private static OpenStatus At(OpeningHours hours, Instant now) => hours.StatusAt(now, EnglandHolidays.All);
}

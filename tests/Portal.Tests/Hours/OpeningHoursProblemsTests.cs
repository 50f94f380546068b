using NodaTime;
using Portal.Content.Hours;
using Xunit;
using static Portal.Tests.Hours.AnOffice;

namespace Portal.Tests.Hours;

public sealed class OpeningHoursProblemsTests
{
    [Fact]
    public void Sound_hours_have_no_problems()
    {
        Assert.Empty(new OpeningHours { Always = true }.Problems());
        Assert.Empty(new OpeningHours { ByAppointment = true }.Problems());
        Assert.Empty(Open(On(EveryDay, "00:00", "00:00")).Problems());
        Assert.Empty(Open(On([Weekday.Tue], "13:00", "15:00", 1, 3), On([Weekday.Tue], "14:00", "16:00", 2, 4)).Problems());
        Assert.Empty((Open(On(Weekdays, "08:00", "20:00")) with
        {
            Special = [Special(2026, 12, 24, "09:00", "12:00"), Special(2026, 12, 24, "13:00", "14:00"), new SpecialDay { Date = new(2026, 12, 27), Closed = true }],
            Closures = [new Closure { From = new(2026, 12, 24), Until = new(2027, 1, 3) }]
        }).Problems());
    }

    [Fact]
    public void Hours_that_say_nothing_are_told_to_go() => Says(new OpeningHours(), "say nothing");

    [Fact]
    public void Always_stands_alone() => Says(new OpeningHours { Always = true, BankHolidays = BankHolidayRule.Open }, "stands alone");

    [Fact]
    public void A_session_needs_days() => Says(Open(On([], "09:00", "10:00")), "has no days");

    [Fact]
    public void A_day_is_named_once() => Says(Open(On([Weekday.Mon, Weekday.Mon], "09:00", "10:00")), "a day twice");

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(-2)]
    public void Weeks_out_of_range_are_named(int week) => Says(Open(On([Weekday.Mon], "09:00", "10:00", week)), $"Week {week} does not exist");

    [Fact]
    public void A_week_is_named_once() => Says(Open(On([Weekday.Mon], "09:00", "10:00", 2, 2)), "a week twice");

    [Fact]
    public void Closing_at_the_opening_is_a_slip() => Says(Open(On([Weekday.Mon], "09:00", "09:00")), "opens and closes at 09:00");

    [Fact]
    public void Overlapping_sessions_are_named() =>
        Says(Open(On(Weekdays, "09:00", "12:00"), On([Weekday.Wed], "11:30", "13:00")), "overlap on a Wednesday, at 11:30");

    [Fact]
    public void A_night_may_not_run_into_the_morning() =>
        Says(Open(On([Weekday.Sun], "22:00", "09:00"), On([Weekday.Mon], "08:00", "10:00")), "overlap on a Monday, at 08:00");

    [Fact]
    public void The_last_Friday_can_be_the_fourth() =>
        Says(Open(On([Weekday.Fri], "09:00", "11:00", 4), On([Weekday.Fri], "10:00", "12:00", -1)), "overlap on a Friday, at 10:00");

    [Fact]
    public void A_special_day_needs_both_times() =>
        Says(WithSpecial(new SpecialDay { Date = new(2026, 12, 24), Opens = new LocalTime(9, 0) }), "needs opens and closes");

    [Fact]
    public void A_closed_day_has_no_times() =>
        Says(WithSpecial(Special(2026, 12, 24, "09:00", "10:00") with { Closed = true }), "is closed and has times");

    [Fact]
    public void A_closed_day_is_listed_once() =>
        Says(WithSpecial(new SpecialDay { Date = new(2026, 12, 24), Closed = true }, Special(2026, 12, 24, "09:00", "10:00")), "closed and listed again");

    [Fact]
    public void Special_sessions_may_not_overlap() =>
        Says(WithSpecial(Special(2026, 12, 24, "09:00", "12:00"), Special(2026, 12, 24, "11:00", "13:00")), "special day 2026-12-24 overlap");

    [Fact]
    public void The_special_rule_needs_special_days() =>
        Says(Open(On([Weekday.Mon], "09:00", "10:00")) with { BankHolidays = BankHolidayRule.Special }, "needs the days under special");

    [Fact]
    public void A_closure_ends_after_it_begins() =>
        Says(Open(On([Weekday.Mon], "09:00", "10:00")) with { Closures = [new Closure { From = new(2026, 5, 2), Until = new(2026, 5, 1) }] }, "ends before it begins");

    [Fact]
    public void A_bank_holiday_is_listed_once() =>
        Assert.Throws<ArgumentException>(() => new BankHolidays([.. EnglandHolidays.All.Days, EnglandHolidays.All.Days[3]]));

    private static OpeningHours WithSpecial(params IReadOnlyList<SpecialDay> special) =>
        Open(On([Weekday.Mon], "09:00", "10:00")) with { Special = special };

    private static void Says(OpeningHours hours, string part) =>
        Assert.Contains(part, Assert.Single(hours.Problems()), StringComparison.Ordinal);
}

using NodaTime;
using Portal.Content.Documents;
using Portal.Content.Hours;
using Xunit;
using static Portal.Tests.Hours.AnOffice;

namespace Portal.Tests.Hours;

public sealed class OpeningHoursScriptTests
{
    [Fact]
    public void Always_is_one() => Assert.Equal("1", OpeningHoursScript.Write(new OpeningHours { Always = true }));

    [Fact]
    public void Days_and_weeks_travel_as_bits_and_a_night_passes_1440() =>
        Assert.Equal(
            "[0,[[31,0,480,1200],[2,5,780,900],[96,32,1320,1800],[1,0,0,1440]],[],[]]",
            OpeningHoursScript.Write(Open(
                On(Weekdays, "08:00", "20:00"),
                On([Weekday.Tue], "13:00", "15:00", 1, 3),
                On([Weekday.Sat, Weekday.Sun], "22:00", "06:00", -1),
                On([Weekday.Mon], "00:00", "00:00"))));

    [Fact]
    public void Special_days_and_closures_travel_as_day_numbers() =>
        Assert.Equal(
            "[1,[],[[20811,540,720,780,840],[20814]],[[20811,20821],[20850,0]]]",
            OpeningHoursScript.Write(Open() with
            {
                BankHolidays = BankHolidayRule.Open,
                Special = [new SpecialDay { Date = new(2026, 12, 27), Closed = true }, Special(2026, 12, 24, "13:00", "14:00"), Special(2026, 12, 24, "09:00", "12:00")],
                Closures = [new Closure { From = new(2026, 12, 24), Until = new(2027, 1, 3) }, new Closure { From = new(2027, 2, 1) }]
            }));

    [Theory]
    [InlineData(BankHolidayRule.Unknown, Confidence.High)]
    [InlineData(null, Confidence.High)]
    [InlineData(BankHolidayRule.Closed, Confidence.Medium)]
    public void Where_now_may_not_be_said_nothing_reaches_the_page(BankHolidayRule? rule, Confidence confidence) =>
        Assert.Null(OpeningHoursScript.Write(Open(On(Weekdays, "08:00", "20:00")) with { BankHolidays = rule, Confidence = confidence }));

    [Fact]
    public void The_calendar_holds_every_clock_change_holiday_and_its_own_end()
    {
        var calendar = OpeningHoursScript.WriteCalendar(EnglandHolidays.All);

        Assert.StartsWith("[[[29453760,0],[29579100,60],[29881500,0],", calendar, StringComparison.Ordinal);
        Assert.Contains(",[20454,20546,20549,", calendar, StringComparison.Ordinal);
        Assert.EndsWith(",21544],21549]", calendar, StringComparison.Ordinal);
        Assert.Equal(Instant.FromUtc(2026, 3, 29, 1, 0), Instant.FromUnixTimeSeconds(29579100L * 60));
    }
}

using NodaTime;
using Portal.Content.Hours;
using Xunit;
using static Portal.Tests.Hours.AnOffice;

namespace Portal.Tests.Hours;

public sealed class ClockChangeTests
{
    private static readonly OpeningHours HalfPastOne = Open(On([Weekday.Sun], "01:30", "02:30"));

    [Fact]
    public void In_March_a_session_that_begins_in_the_skipped_hour_begins_with_the_change()
    {
        // 29 March 2026: 00:59 GMT is followed by 02:00 BST.
        Assert.False(IsOpen(HalfPastOne, Instant.FromUtc(2026, 3, 29, 0, 59)));
        Assert.True(IsOpen(HalfPastOne, Instant.FromUtc(2026, 3, 29, 1, 0)));
        Assert.True(IsOpen(HalfPastOne, Instant.FromUtc(2026, 3, 29, 1, 29)));
        Assert.False(IsOpen(HalfPastOne, Instant.FromUtc(2026, 3, 29, 1, 30)));
    }

    [Fact]
    public void In_October_a_session_that_begins_in_the_doubled_hour_begins_on_the_first_pass()
    {
        // 25 October 2026: 01:59 BST (00:59 UTC) is followed by 01:00 GMT.
        Assert.False(IsOpen(HalfPastOne, Instant.FromUtc(2026, 10, 25, 0, 29)));
        Assert.True(IsOpen(HalfPastOne, Instant.FromUtc(2026, 10, 25, 0, 30)));
        Assert.True(IsOpen(HalfPastOne, Instant.FromUtc(2026, 10, 25, 1, 10)));
        Assert.True(IsOpen(HalfPastOne, Instant.FromUtc(2026, 10, 25, 2, 29)));
        Assert.False(IsOpen(HalfPastOne, Instant.FromUtc(2026, 10, 25, 2, 30)));
    }

    [Fact]
    public void In_October_a_closing_in_the_doubled_hour_is_the_first_pass()
    {
        var untilHalfPastOne = Open(On([Weekday.Sun], "00:30", "01:30"));

        Assert.True(IsOpen(untilHalfPastOne, Instant.FromUtc(2026, 10, 25, 0, 29)));
        Assert.False(IsOpen(untilHalfPastOne, Instant.FromUtc(2026, 10, 25, 0, 30)));
        Assert.False(IsOpen(untilHalfPastOne, Instant.FromUtc(2026, 10, 25, 1, 15)));
    }

    [Fact]
    public void In_March_a_session_wholly_in_the_skipped_hour_does_not_take_place() =>
        Assert.Empty(Open(On([Weekday.Sun], "01:10", "01:50")).SessionsOn(new LocalDate(2026, 3, 29), EnglandHolidays.All));

    [Theory]
    [InlineData(2026, 3, 27)]
    [InlineData(2026, 10, 23)]
    [InlineData(2027, 10, 29)]
    [InlineData(2028, 3, 24)]
    public void Nine_in_the_morning_stays_nine_across_the_change(int year, int month, int friday)
    {
        var status = Open(On(Weekdays, "09:00", "17:00")).StatusAt(London(year, month, friday, 18, 0), EnglandHolidays.All);

        Assert.Equal(new LocalTime(9, 0), status.OpensNext?.TimeOfDay);
        Assert.Equal(IsoDayOfWeek.Monday, status.OpensNext?.DayOfWeek);
    }

    [Fact]
    public void A_night_session_is_an_hour_shorter_in_March_and_longer_in_October()
    {
        var night = Open(On([Weekday.Sat], "22:00", "06:00"));

        Assert.Equal(7, HoursOpen(night, new LocalDate(2026, 3, 28)));
        Assert.Equal(8, HoursOpen(night, new LocalDate(2026, 6, 6)));
        Assert.Equal(9, HoursOpen(night, new LocalDate(2026, 10, 24)));
    }

    private static double HoursOpen(OpeningHours hours, LocalDate date)
    {
        var session = Assert.Single(hours.SessionsOn(date, EnglandHolidays.All));
        return (session.Closes.ToInstant() - session.Opens.ToInstant()).TotalHours;
    }

    private static bool IsOpen(OpeningHours hours, Instant now) => hours.StatusAt(now, EnglandHolidays.All).IsOpen;
}

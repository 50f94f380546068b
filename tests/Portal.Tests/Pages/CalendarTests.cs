using Ical.Net;
using Ical.Net.DataTypes;

using NodaTime;

using Portal.Content.Documents;
using Portal.Content.Hours;
using Portal.Content.Publishing;

using Xunit;

namespace Portal.Tests.Pages;

/// <summary>A calendar promises what the hours say, day by day: somebody may go there on its word alone.</summary>
public sealed class CalendarTests
{
    private const string Weekly = "hours:\n  bankHolidays: closed\n  weekly:\n    - {days: [fri], opens: \"10:00\", closes: \"12:00\"}\n";

    [Theory]
    [InlineData("every week", Weekly)]
    [InlineData("past midnight", "hours:\n  bankHolidays: closed\n  weekly:\n    - {days: [fri, sat], opens: \"20:00\", closes: \"00:30\"}\n")]
    [InlineData("to midnight", "hours:\n  bankHolidays: closed\n  weekly:\n    - {days: [mon], opens: \"20:00\", closes: \"00:00\"}\n")]
    [InlineData("fifth weeks", "hours:\n  bankHolidays: closed\n  weekly:\n    - {days: [tue], weeks: [5], opens: \"10:00\", closes: \"12:00\"}\n")]
    [InlineData("first and last weeks", "hours:\n  bankHolidays: open\n  weekly:\n    - {days: [tue, fri], weeks: [1, -1], opens: \"10:00\", closes: \"12:00\"}\n")]
    [InlineData("a closure", Weekly + "  closures:\n    - {from: 2026-12-01, until: 2026-12-13}\n")]
    [InlineData("a long closure now", Weekly + "  closures:\n    - {from: 2026-11-01, until: 2027-04-13}\n")]
    [InlineData("a closure without an end", Weekly + "  closures:\n    - {from: 2027-01-08}\n")]
    [InlineData("special days", Weekly + "  special:\n    - {date: 2026-12-04, closed: true}\n    - {date: 2026-12-11, opens: \"14:00\", closes: \"15:00\"}\n    - {date: 2026-12-25, opens: \"09:00\", closes: \"10:00\"}\n    - {date: 2026-12-30, opens: \"22:00\", closes: \"01:00\"}\n")]
    [InlineData("a special day in a closure", Weekly + "  closures:\n    - {from: 2026-12-01, until: 2026-12-13}\n  special:\n    - {date: 2026-12-04, opens: \"10:00\", closes: \"12:00\"}\n")]
    public void It_holds_the_sessions_of_every_day_and_no_other(string what, string hours)
    {
        var files = A.Site(("pages/places/hall/en.md", A.Point("Town hall", "address: {line1: Town hall, town: Maidstone, postcode: ME14 1XX}\n" + hours + "verifiedOn: 2026-11-01\nverifiedBy: Content team\n")));
        var edition = A.Edition(files);
        var point = (AccessPoint)edition.Find(DocumentId.Parse("places/hall"), Portal.Content.Languages.Language.Base)!;

        Assert.Equal((what, Expected(edition, point.Hours!)), (what, Promised(System.Text.Encoding.UTF8.GetString(Portal.Site.FindHelp.Calendar.Write(edition, point)))));
    }

    [Fact]
    public void A_place_closed_until_further_notice_has_no_calendar() =>
        Assert.DoesNotContain(A.Output(A.Site("pages/places/hall/en.md", "  bankHolidays: closed\n", "  bankHolidays: closed\n  closures:\n    - {from: 2026-11-01}\n")).Files.Keys, path => path.EndsWith(".ics", StringComparison.Ordinal));

    // The bank holidays of the small site are known until the end of 2027; past that nothing is promised where they matter.
    private static string Expected(Edition edition, OpeningHours hours)
    {
        var holidays = edition.Library.Data.BankHolidays;
        return Told(Enumerable.Range(0, NodaTime.Period.DaysBetween(edition.Day, holidays.Until) + 1).SelectMany(day => hours.SessionsOn(edition.Day.PlusDays(day), holidays))
            .Select(session => (session.Opens.ToInstant(), session.Closes.ToInstant())));
    }

    private static string Promised(string text) => Told(Calendar.Load(text)!.Events
        .SelectMany(entry => entry.GetOccurrences(new CalDateTime(2026, 11, 22, 0, 0, 0, "Europe/London"))
            .TakeWhile(each => each.Period.StartTime.AsUtc < new DateTime(2028, 1, 1, 0, 0, 0, DateTimeKind.Utc)))
        .Select(each => (Instant.FromDateTimeUtc(each.Period.StartTime.AsUtc), Instant.FromDateTimeUtc(each.Period.EffectiveEndTime!.AsUtc))));

    private static string Told(IEnumerable<(Instant Opens, Instant Closes)> sessions) => string.Join('\n', sessions.Order().Select(session => $"{session.Opens}/{session.Closes}"));
}

using Microsoft.EntityFrameworkCore;
using NodaTime;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Staff;
using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What happens in a month, by the days of Kent.</summary>
public sealed class CalendarTests : IAsyncLifetime
{
    private PublishedSite site = null!; // Set before each test.
    private HttpClient author = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site = await PublishedSite.StartAsync(("pages/guides/extra/en.md", A.Guide("Extra", "See [help](/help-now/).\n", "reviewBy: 2026-12-15\n")));
        author = await site.Cms.ClientAsync(Role.Author);
    }

    public ValueTask DisposeAsync()
    {
        author.Dispose();
        return site.DisposeAsync();
    }

    [Fact]
    public async Task A_month_names_campaigns_reviews_and_bank_holidays_by_their_day()
    {
        var days = await DaysAsync("/calendar?month=2026-12");

        Assert.Equal(["2026-12-10 Campaign Sixteen days last day", "2026-12-15 Review Extra", "2026-12-25 Bank holiday", "2026-12-28 Bank holiday"], days);
        Assert.Equal(["2026-11-01 Notice A new number first day", "2026-11-25 Campaign Sixteen days first day", "2026-11-30 Notice A new number last day"], await DaysAsync("/calendar?month=2026-11"));
        Assert.Equal(["2026-12-15 Review Extra"], await DaysAsync("/calendar?month=2026-12&kind=review"));
    }

    [Fact]
    public async Task Without_a_month_it_shows_this_one_and_leads_to_its_neighbours_with_the_filter()
    {
        var page = await author.PageAsync("/calendar?kind=review");

        Assert.Equal("Calendar, December 2026", page.QuerySelector("h1")!.TextContent);
        Assert.Equal(["/calendar?month=2026-11&kind=review", "/calendar?month=2026-12&kind=review", "/calendar?month=2027-01&kind=review"], page.QuerySelectorAll("nav[aria-label=Months] a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Calendar, December 2026", (await author.PageAsync("/calendar?month=2026-13")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task An_instant_near_midnight_stands_on_the_day_that_clocks_in_Kent_show()
    {
        await ScheduleAsync(Instant.FromUtc(2027, 6, 30, 23, 30), Instant.FromUtc(2027, 10, 31, 0, 30));

        Assert.Equal([], await DaysAsync("/calendar?month=2027-06"));
        Assert.Equal(["2027-07-01 Goes live Staying safe 1 Jul 2027, 00:30"], await DaysAsync("/calendar?month=2027-07"));
        Assert.Equal(["2027-10-31 Leaves Staying safe 31 Oct 2027, 01:30"], await DaysAsync("/calendar?month=2027-10"));

        await ScheduleAsync(Instant.FromUtc(2027, 10, 31, 23, 30), null);
        Assert.Equal(["2027-10-31 Goes live Staying safe 31 Oct 2027, 23:30"], await DaysAsync("/calendar?month=2027-10"));
        Assert.Equal([], await DaysAsync("/calendar?month=2027-11"));
    }

    [Theory]
    [InlineData("31/10/2027 01:30", 2027, 10, 31, 0, 30)] // Comes twice: the first.
    [InlineData("31/10/2027 02:00", 2027, 10, 31, 2, 0)]
    [InlineData("28/3/2027 00:59", 2027, 3, 28, 0, 59)]
    [InlineData("28/3/2027 02:00", 2027, 3, 28, 1, 0)]
    public void A_time_on_the_night_of_a_clock_change_is_one_instant(string written, int year, int month, int day, int hour, int minute) =>
        Assert.Equal(Instant.FromUtc(year, month, day, hour, minute), LondonTime.Parse(written));

    private async Task ScheduleAsync(Instant at, Instant? leaves)
    {
        await using var database = site.Cms.Database();
        var entry = await database.Entries.SingleAsync(each => each.Path == PublishedSite.Guide, Cancel);
        (entry.State, entry.PublishAt, entry.ExpireAt) = (EntryState.Scheduled, at, leaves);
        await database.SaveChangesAsync(Cancel);
    }

    /// <summary>Each thing of the page in a line, with its day.</summary>
    private async Task<IReadOnlyList<string>> DaysAsync(string address) => [.. (await author.PageAsync(address)).QuerySelectorAll("ol.days > li")
        .SelectMany(day => day.QuerySelectorAll("ul > li").Select(item => $"{day.QuerySelector("time")!.GetAttribute("datetime")} {string.Join(' ', item.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}"))];
}

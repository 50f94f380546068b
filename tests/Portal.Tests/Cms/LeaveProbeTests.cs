using Microsoft.Extensions.DependencyInjection;

using NodaTime.Text;

using Portal.Cms.Leave;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>How one page of the leave button is asked, and when (QE15).</summary>
public sealed class LeaveProbeTests(LeaveProbeTests.Pages pages) : IClassFixture<LeaveProbeTests.Pages>, IAsyncLifetime
{
    private LeaveStandIn StandIn => pages.StandIn;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        StandIn.Asked.Clear();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_page_is_led_on_within_the_allowed_hosts_without_cookies()
    {
        StandIn.Answers = context => StandIn.Asked.Count < 2 ? LeaveStandIn.Lead(context, "https://www.metoffice.gov.uk/here") : LeaveStandIn.Fine(context);

        Assert.Null(await AskAsync());
        Assert.Equal(["/www.bbc.co.uk/weather", "/www.metoffice.gov.uk/here"], StandIn.Asked);

        StandIn.Answers = context => StandIn.Asked.Count < 4 ? LeaveStandIn.Lead(context, "/weather/kent") : LeaveStandIn.Fine(context);
        Assert.Null(await AskAsync());
        Assert.Equal("/www.bbc.co.uk/weather/kent", StandIn.Asked.Last());
    }

    [Theory]
    [InlineData("https://evil.example/", "It leads to https://evil.example, which is not allowed.")]
    [InlineData("http://www.bbc.co.uk/weather", "It leads to http://www.bbc.co.uk, which is not allowed.")]
    [InlineData("/weather", "It leads on more than 5 times.")]
    public async Task A_page_that_leads_elsewhere_is_none(string target, string told)
    {
        StandIn.Answers = context => LeaveStandIn.Lead(context, target);

        Assert.Equal(told, await AskAsync());
        Assert.DoesNotContain(StandIn.Asked, path => path.StartsWith("/evil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(404, "text/html", "x", "It answered with 404.")]
    [InlineData(200, "application/json", "{}", "It is no HTML page.")]
    [InlineData(200, "text/html", "", "The page is empty.")]
    public async Task What_is_no_page_is_told(int status, string type, string body, string told)
    {
        StandIn.Answers = context => LeaveStandIn.Answer(context, status, type, body);

        Assert.Equal(told, await AskAsync());
    }

    [Fact]
    public async Task A_page_that_does_not_come_is_given_ten_seconds()
    {
        StandIn.Answers = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        var asking = AskAsync();
        for (var tries = 0; tries < 4000 && StandIn.Asked.IsEmpty; tries++) await Task.Delay(5, Cancel);

        pages.Cms.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(asking.IsCompleted);
        pages.Cms.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("It did not answer within 10 seconds.", await asking);
    }

    [Theory]
    [InlineData("2026-12-01T09:00:00Z", "2026-12-02T03:00:00Z")]
    [InlineData("2026-12-02T02:59:59Z", "2026-12-02T03:00:00Z")]
    [InlineData("2026-12-02T03:00:00Z", "2026-12-03T03:00:00Z")]
    [InlineData("2027-03-27T12:00:00Z", "2027-03-28T02:00:00Z")]
    [InlineData("2027-10-30T12:00:00Z", "2027-10-31T03:00:00Z")]
    public void The_check_is_at_three_by_the_clocks_of_Kent(string now, string next) =>
        Assert.Equal(InstantPattern.General.Parse(next).Value, NightlyLeaveCheck.Next(InstantPattern.General.Parse(now).Value));

    private Task<string?> AskAsync() => pages.Cms.Services.GetRequiredService<LeaveProbe>().AskAsync(LeaveStandIn.First, ["www.bbc.co.uk", "www.metoffice.gov.uk"], Cancel);

    /// <summary>A CMS that asks, and a server that answers, for all of them.</summary>
    public sealed class Pages : IAsyncLifetime
    {
        internal CmsFixture Cms { get; private set; } = null!; // Set before the first test, and what follows too.

        internal LeaveStandIn StandIn { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Cms = await CmsFixture.StartAsync();
            StandIn = await LeaveStandIn.StartAsync();
            Cms.Outside = StandIn.Url;
        }

        public async ValueTask DisposeAsync()
        {
            await Cms.DisposeAsync();
            await StandIn.DisposeAsync();
        }
    }
}

using System.Collections.Concurrent;
using System.Net;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using NodaTime.Text;

using Portal.Cms.Leave;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The leave button's pages, asked every night (QE15), with a server of this machine in their place.</summary>
public sealed class LeaveCheckTests : IAsyncLifetime
{
    private const string First = "https://www.bbc.co.uk/weather";
    private const string Second = "https://www.metoffice.gov.uk";

    private readonly ConcurrentQueue<string> asked = [];
    private CmsFixture cms = null!; // Set before each test.
    private WebApplication standIn = null!;
    private Func<HttpContext, Task> first = Fine;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private NightlyLeaveCheck Check => cms.Services.GetRequiredService<NightlyLeaveCheck>();

    public async ValueTask InitializeAsync()
    {
        cms = await CmsContent.StartAsync(A.Site("settings.yaml", "  allowed: [www.bbc.co.uk]", $"  second: \"{Second}\"\n  allowed: [www.bbc.co.uk, www.metoffice.gov.uk]"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        standIn = builder.Build();
        standIn.Run(context =>
        {
            asked.Enqueue($"{context.Request.Path}{(context.Request.Headers.Cookie.Count > 0 ? " with a cookie" : string.Empty)}");
            return context.Request.Path.StartsWithSegments("/www.bbc.co.uk", StringComparison.Ordinal) ? first(context) : Fine(context);
        });
        await standIn.StartAsync();
        cms.Outside = new(standIn.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        await cms.DisposeAsync();
        await standIn.DisposeAsync();
    }

    [Fact]
    public async Task An_Owner_checks_now_and_one_failure_moves_nothing()
    {
        var owner = await cms.ClientAsync(Role.Owner);
        first = context => Answer(context, 500);

        var sent = await owner.SubmitAtAsync("/settings", "/settings/leave-check");
        var page = await owner.PageAsync(sent.Target());

        Assert.Equal("/settings?checked=yes", sent.Target());
        Assert.Contains("the first choice does not answer.", page.QuerySelector("main p[role=status]")!.TextContent, StringComparison.Ordinal);
        var check = await cms.Database().LeaveChecks.SingleAsync(Cancel);
        Assert.False(check.UsesSecond);
        Assert.Equal(2, asked.Count);
        Assert.Single(await cms.Database().Audit.Where(row => row.Act == "leave.check" && row.Subject == "settings.yaml").ToListAsync(Cancel));

        first = Fine;
        await owner.SubmitAtAsync("/settings", "/settings/leave-check");
        Assert.Null((await cms.Database().LeaveChecks.AsNoTracking().SingleAsync(Cancel)).FirstFault);
    }

    [Fact]
    public async Task A_check_by_hand_leaves_the_second_choice_in_use_until_the_first_answers()
    {
        var owner = await cms.ClientAsync(Role.Owner);
        first = context => Answer(context, 500);
        Assert.True((await NightAsync())!.UsesSecond);
        await owner.SubmitAtAsync("/settings", "/settings/leave-check");
        Assert.True((await cms.Database().LeaveChecks.AsNoTracking().SingleAsync(Cancel)).UsesSecond);
        first = Fine;
        await owner.SubmitAtAsync("/settings", "/settings/leave-check");
        Assert.False((await cms.Database().LeaveChecks.AsNoTracking().SingleAsync(Cancel)).UsesSecond);
        Assert.Equal(["leave.second", "leave.first"], await cms.Database().Audit.Where(row => row.Act == "leave.second" || row.Act == "leave.first").OrderBy(row => row.Number).Select(row => row.Act).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_check_before_three_does_not_stand_for_the_nights()
    {
        cms.Clock.SetUtcNow(new(2026, 12, 2, 1, 0, 0, TimeSpan.Zero));
        var owner = await cms.ClientAsync(Role.Owner);
        await owner.SubmitAtAsync("/settings", "/settings/leave-check");

        Assert.NotNull(await Check.RunAsync(Cancel)); // As at three: what was found before counts for nothing then.
    }

    [Fact]
    public async Task Nobody_but_an_Owner_checks_now()
    {
        var author = await cms.ClientAsync(Role.Author);
        var page = await author.PageAsync("/settings");
        Assert.Null(page.QuerySelector("form[action='/settings/leave-check']"));
        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);

        Assert.Equal(HttpStatusCode.Forbidden, (await author.PostAsync(new Uri("/settings/leave-check", UriKind.Relative), content, Cancel)).StatusCode);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task Two_pages_that_answer_leave_the_site_as_it_is()
    {
        var check = await NightAsync();

        Assert.Equal((First, null, Second, null, false), (check!.First, check.FirstFault, check.Second, check.SecondFault, check.UsesSecond));
        Assert.Equal(["/www.bbc.co.uk/weather", "/www.metoffice.gov.uk/"], asked);
        Assert.Equal(0, await cms.Database().Audit.CountAsync(row => row.Act.StartsWith("leave."), Cancel));
        Assert.Null(await NightAsync());
    }

    [Fact]
    public async Task A_first_choice_that_fails_three_times_gives_way_to_the_second_until_a_night_it_is_back()
    {
        var before = cms.PublicFiles();
        first = context => Answer(context, 503);

        Assert.True((await NightAsync())!.UsesSecond);
        await cms.PublishAsync();

        Assert.Equal(3, asked.Count(path => path == "/www.bbc.co.uk/weather"));
        Assert.Equal(before.ToDictionary(file => file.Key, file => file.Value.Replace($"\"{First}\"", $"\"{Second}\"", StringComparison.Ordinal)), cms.PublicFiles());
        Assert.NotEqual(before, cms.PublicFiles());
        var noted = await cms.Database().Audit.AsNoTracking().SingleAsync(row => row.Act == "leave.second", Cancel);
        Assert.Equal(("schedule", "It answered with 503."), (noted.Actor, noted.Detail));
        var owner = await cms.ClientAsync(Role.Owner);
        foreach (var page in new[] { "/", "/settings" }) Assert.Contains("the first choice does not answer. It answered with 503.", (await owner.PageAsync(page)).QuerySelector("p.notice")!.TextContent, StringComparison.Ordinal);

        first = Fine;
        cms.Clock.Advance(TimeSpan.FromDays(1));
        await UntilAsync(async () => await cms.Database().LeaveChecks.CountAsync(Cancel) == 2);
        await cms.PublishAsync();

        Assert.Equal("schedule", await cms.Database().Audit.Where(row => row.Act == "leave.first").Select(row => row.Actor).SingleAsync(Cancel));
        Assert.Contains($"\"{First}\"", cms.Public("index.html")!, StringComparison.Ordinal);
        Assert.Null((await owner.PageAsync("/")).QuerySelector("p.notice"));
    }

    [Fact]
    public async Task A_first_choice_that_answers_when_asked_again_stays()
    {
        first = context => asked.Count < 2 ? Answer(context, 500) : Fine(context);

        Assert.Equal((null, false), ((await NightAsync())!.FirstFault, (await cms.Database().LeaveChecks.SingleAsync(Cancel)).UsesSecond));
    }

    [Fact]
    public async Task A_new_destination_is_given_its_chance_at_once()
    {
        first = context => Answer(context, 404);
        await NightAsync();
        var owner = await cms.ClientAsync(Role.Owner);
        await owner.SubmitAsync("/settings", "edit", ("f.leave.url", "https://www.bbc.co.uk/news"), ("act", "save"));
        await cms.ApproveAsync(owner, await cms.ClientAsync(Role.Reviewer), "settings.yaml");

        Assert.Contains("\"https://www.bbc.co.uk/news\"", cms.Public("index.html")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://www.bbc.co.uk/weather")]
    [InlineData("https://evil.example/weather")]
    [InlineData("https://www.bbc.co.uk/weather?id=1")]
    public async Task A_destination_that_is_not_allowed_is_never_public(string url)
    {
        var owner = await cms.ClientAsync(Role.Owner);
        await owner.SubmitAsync("/settings", "edit", ("f.leave.url", url), ("act", "save"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.SubmitAsync("/documents/publish/settings.yaml", "submit")).StatusCode);
    }

    [Fact]
    public async Task A_page_is_led_on_within_the_allowed_hosts_without_cookies()
    {
        first = context => asked.Count < 2 ? Lead(context, "https://www.metoffice.gov.uk/here") : Fine(context);

        Assert.Null(await AskAsync());
        Assert.Equal(["/www.bbc.co.uk/weather", "/www.metoffice.gov.uk/here"], asked);

        first = context => asked.Count < 4 ? Lead(context, "/weather/kent") : Fine(context);
        Assert.Null(await AskAsync());
        Assert.Equal("/www.bbc.co.uk/weather/kent", asked.Last());
    }

    [Theory]
    [InlineData("https://evil.example/", "It leads to https://evil.example, which is not allowed.")]
    [InlineData("http://www.bbc.co.uk/weather", "It leads to http://www.bbc.co.uk, which is not allowed.")]
    [InlineData("/weather", "It leads on more than 5 times.")]
    public async Task A_page_that_leads_elsewhere_is_none(string target, string told)
    {
        first = context => Lead(context, target);

        Assert.Equal(told, await AskAsync());
        Assert.DoesNotContain(asked, path => path.StartsWith("/evil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(404, "text/html", "x", "It answered with 404.")]
    [InlineData(200, "application/json", "{}", "It is no HTML page.")]
    [InlineData(200, "text/html", "", "The page is empty.")]
    public async Task What_is_no_page_is_told(int status, string type, string body, string told)
    {
        first = context => Answer(context, status, type, body);

        Assert.Equal(told, await AskAsync());
    }

    [Fact]
    public async Task A_page_that_does_not_come_is_given_ten_seconds()
    {
        first = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        var asking = AskAsync();
        await UntilAsync(() => Task.FromResult(!asked.IsEmpty));

        cms.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(asking.IsCompleted);
        cms.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("It did not answer within 10 seconds.", await asking);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_told_and_two_that_are_gone_change_nothing()
    {
        await standIn.StopAsync(Cancel);

        var check = await NightAsync();

        Assert.StartsWith("It could not be reached", check!.FirstFault, StringComparison.Ordinal);
        Assert.StartsWith("It could not be reached", check.SecondFault, StringComparison.Ordinal);
        Assert.False(check.UsesSecond);
    }

    [Theory]
    [InlineData("2026-12-01T09:00:00Z", "2026-12-02T03:00:00Z")]
    [InlineData("2026-12-02T02:59:59Z", "2026-12-02T03:00:00Z")]
    [InlineData("2026-12-02T03:00:00Z", "2026-12-03T03:00:00Z")]
    [InlineData("2027-03-27T12:00:00Z", "2027-03-28T02:00:00Z")]
    [InlineData("2027-10-30T12:00:00Z", "2027-10-31T03:00:00Z")]
    public void The_check_is_at_three_by_the_clocks_of_Kent(string now, string next) =>
        Assert.Equal(InstantPattern.General.Parse(next).Value, NightlyLeaveCheck.Next(InstantPattern.General.Parse(now).Value));

    [Fact]
    public async Task The_check_comes_by_itself()
    {
        cms.Clock.Advance(TimeSpan.FromHours(18));

        await UntilAsync(async () => await cms.Database().LeaveChecks.AnyAsync(check => check.Night == "2026-12-02", Cancel));
    }

    private static Task Fine(HttpContext context) => Answer(context, 200);

    private static Task Answer(HttpContext context, int status, string type = "text/html; charset=utf-8", string body = "<p>Dull.")
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        return context.Response.WriteAsync(body);
    }

    private static Task Lead(HttpContext context, string target)
    {
        (context.Response.StatusCode, context.Response.Headers.Location, context.Response.Headers.SetCookie) = (302, target, "seen=1; path=/");
        return Task.CompletedTask;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 400 && !await condition(); tries++) await Task.Delay(50, Cancel);
        Assert.True(await condition(), "It did not happen.");
    }

    private Task<string?> AskAsync() => cms.Services.GetRequiredService<LeaveProbe>().AskAsync(First, ["www.bbc.co.uk", "www.metoffice.gov.uk"], Cancel);

    /// <summary>One night's check. The clock goes in steps too short to end a try by themselves.</summary>
    private async Task<LeaveCheck?> NightAsync()
    {
        var run = Check.RunAsync(Cancel);
        while (!run.IsCompleted)
        {
            if (Check.IsPausing) cms.Clock.Advance(TimeSpan.FromSeconds(9));
            await Task.Delay(5, Cancel);
        }

        return await run;
    }
}

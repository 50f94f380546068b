using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Leave;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The leave button's pages, asked every night (QE15), with a server of this machine in their place.</summary>
public sealed class LeaveCheckTests : IAsyncLifetime
{
    private const string First = LeaveStandIn.First;
    private const string Second = LeaveStandIn.Second;

    private CmsFixture cms = null!; // Set before each test.
    private LeaveStandIn standIn = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private NightlyLeaveCheck Check => cms.Services.GetRequiredService<NightlyLeaveCheck>();

    public async ValueTask InitializeAsync()
    {
        cms = await CmsContent.StartAsync(A.Site("settings.yaml", "  allowed: [www.bbc.co.uk]", $"  second: \"{Second}\"\n  allowed: [www.bbc.co.uk, www.metoffice.gov.uk]"));
        standIn = await LeaveStandIn.StartAsync();
        cms.Outside = standIn.Url;
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
        standIn.Answers = context => LeaveStandIn.Answer(context, 500);

        var sent = await owner.SubmitAtAsync("/settings", "/settings/leave-check");
        var page = await owner.PageAsync(sent.Target());

        Assert.Equal("/settings?checked=yes", sent.Target());
        Assert.Contains("the first choice does not answer.", page.QuerySelector("main p[role=status]")!.TextContent, StringComparison.Ordinal);
        var check = await cms.Database().LeaveChecks.SingleAsync(Cancel);
        Assert.False(check.UsesSecond);
        Assert.Equal(2, standIn.Asked.Count);
        Assert.Single(await cms.Database().Audit.Where(row => row.Act == "leave.check" && row.Subject == "settings.yaml").ToListAsync(Cancel));

        standIn.Answers = LeaveStandIn.Fine;
        await owner.SubmitAtAsync("/settings", "/settings/leave-check");
        Assert.Null((await cms.Database().LeaveChecks.AsNoTracking().SingleAsync(Cancel)).FirstFault);
    }

    [Fact]
    public async Task A_check_by_hand_leaves_the_second_choice_in_use_until_the_first_answers()
    {
        var owner = await cms.ClientAsync(Role.Owner);
        standIn.Answers = context => LeaveStandIn.Answer(context, 500);
        Assert.True((await NightAsync())!.UsesSecond);
        await owner.SubmitAtAsync("/settings", "/settings/leave-check");
        Assert.True((await cms.Database().LeaveChecks.AsNoTracking().SingleAsync(Cancel)).UsesSecond);
        standIn.Answers = LeaveStandIn.Fine;
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
        Assert.Empty(standIn.Asked);
    }

    [Fact]
    public async Task Two_pages_that_answer_leave_the_site_as_it_is()
    {
        var check = await NightAsync();

        Assert.Equal((First, null, Second, null, false), (check!.First, check.FirstFault, check.Second, check.SecondFault, check.UsesSecond));
        Assert.Equal(["/www.bbc.co.uk/weather", "/www.metoffice.gov.uk/"], standIn.Asked);
        Assert.Equal(0, await cms.Database().Audit.CountAsync(row => row.Act.StartsWith("leave."), Cancel));
        Assert.Null(await NightAsync());
    }

    [Fact]
    public async Task A_first_choice_that_fails_three_times_gives_way_to_the_second_until_a_night_it_is_back()
    {
        var before = cms.PublicFiles();
        standIn.Answers = context => LeaveStandIn.Answer(context, 503);

        Assert.True((await NightAsync())!.UsesSecond);
        await cms.PublishAsync();

        Assert.Equal(3, standIn.Asked.Count(path => path == "/www.bbc.co.uk/weather"));
        Assert.Equal(before.ToDictionary(file => file.Key, file => file.Value.Replace($"\"{First}\"", $"\"{Second}\"", StringComparison.Ordinal)), cms.PublicFiles());
        Assert.NotEqual(before, cms.PublicFiles());
        var noted = await cms.Database().Audit.AsNoTracking().SingleAsync(row => row.Act == "leave.second", Cancel);
        Assert.Equal(("schedule", "It answered with 503."), (noted.Actor, noted.Detail));
        var owner = await cms.ClientAsync(Role.Owner);
        foreach (var page in new[] { "/", "/settings" }) Assert.Contains("the first choice does not answer. It answered with 503.", (await owner.PageAsync(page)).QuerySelector("p.notice")!.TextContent, StringComparison.Ordinal);

        standIn.Answers = LeaveStandIn.Fine;
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
        standIn.Answers = context => standIn.Asked.Count < 2 ? LeaveStandIn.Answer(context, 500) : LeaveStandIn.Fine(context);

        Assert.Equal((null, false), ((await NightAsync())!.FirstFault, (await cms.Database().LeaveChecks.SingleAsync(Cancel)).UsesSecond));
    }

    [Fact]
    public async Task A_new_destination_is_given_its_chance_at_once()
    {
        standIn.Answers = context => LeaveStandIn.Answer(context, 404);
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
    public async Task A_server_that_is_gone_is_told_and_two_that_are_gone_change_nothing()
    {
        await standIn.StopAsync(Cancel);

        var check = await NightAsync();

        Assert.StartsWith("It could not be reached", check!.FirstFault, StringComparison.Ordinal);
        Assert.StartsWith("It could not be reached", check.SecondFault, StringComparison.Ordinal);
        Assert.False(check.UsesSecond);
    }

    [Fact]
    public async Task The_check_comes_by_itself()
    {
        cms.Clock.Advance(TimeSpan.FromHours(18));

        await UntilAsync(async () => await cms.Database().LeaveChecks.AnyAsync(check => check.Night == "2026-12-02", Cancel));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 2000 && !await condition(); tries++) await Task.Delay(10, Cancel);
        Assert.True(await condition(), "It did not happen.");
    }

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

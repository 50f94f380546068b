using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using NodaTime;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Alerts;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The form closes by itself when a message lies unread past its target, and opens by a person alone.</summary>
public sealed class OverdueTests(CmsFixture cms) : IClassFixture<CmsFixture>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private OverdueWatch Watch => cms.Services.GetRequiredService<OverdueWatch>();

    public async ValueTask InitializeAsync()
    {
        await cms.ForgetAsync();
        await cms.ReadyAsync();
        await cms.DoorAsync(open: true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(24, false, ReferralState.New, false)]
    [InlineData(25, false, ReferralState.New, true)]
    [InlineData(4, true, ReferralState.New, false)]
    [InlineData(5, true, ReferralState.New, true)]
    [InlineData(500, true, ReferralState.Opened, false)]
    public async Task An_unread_message_past_its_target_closes_the_form(int hours, bool urgent, ReferralState state, bool closes)
    {
        await cms.MessageAsync(Duration.FromHours(hours), urgent, state: state);

        Assert.Equal(closes, await Watch.RunOnceAsync(Cancel));
        Assert.Equal(!closes, await FormDoor.IsOpenAsync(cms.Database(), Cancel));
    }

    [Fact]
    public async Task It_says_why_wakes_staff_and_asks_for_phones_on_the_site()
    {
        await cms.MessageAsync(Duration.FromHours(30), group: ReferralGroup.Lead);

        await Watch.RunOnceAsync(Cancel);

        Assert.Equal((null, FormReason.Overdue), await FormDoor.LastAsync(cms.Database(), Cancel) is { } last ? (last.By, last.Why) : default);
        Assert.Contains(await cms.ActsAsync(), act => act is { Act: "referral.form-closed-itself", Actor: "schedule", ActorId: null });
        Assert.Contains("close the form", await cms.Database().Outbox.Select(wish => wish.What).ToListAsync(Cancel));
        Assert.Equal([(AlertKind.Overdue, ReferralGroup.Lead)], (await cms.Database().Set<ReferralAlert>().ToListAsync(Cancel)).Select(alert => (alert.Kind, alert.Group)));
    }

    [Fact]
    public async Task However_many_hosts_look_it_closes_once_and_tells_once()
    {
        await cms.MessageAsync(Duration.FromHours(30));
        var before = (await cms.ActsAsync()).Count;

        var closed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await new OverdueWatch(cms.Services.GetRequiredService<IServiceScopeFactory>(), cms.Services.GetRequiredService<Portal.Cms.Publishing.Publisher>(), cms.Clock).RunOnceAsync(Cancel))));

        Assert.Single(closed, each => each);
        Assert.Equal(before + 1, (await cms.ActsAsync()).Count);
        Assert.Equal(1, await cms.Database().Set<ReferralAlert>().CountAsync(Cancel));
        Assert.Equal(1, await cms.Database().Set<FormSwitch>().CountAsync(each => each.Why == FormReason.Overdue, Cancel));
    }

    [Fact]
    public async Task Staff_are_told_again_when_another_becomes_overdue_also_while_the_form_is_closed()
    {
        await cms.DoorAsync(open: false);
        await cms.MessageAsync(Duration.FromHours(30));
        await Watch.RunOnceAsync(Cancel);
        await Watch.RunOnceAsync(Cancel);
        Assert.Equal(1, await cms.Database().Set<ReferralAlert>().CountAsync(Cancel));

        // That mail went out an hour ago, and the next message became overdue since.
        await cms.Database().Set<ReferralAlert>().ExecuteUpdateAsync(set => set.SetProperty(alert => alert.WantedAt, cms.Now - Duration.FromHours(3)).SetProperty(alert => alert.SentAt, cms.Now - Duration.FromHours(3)), Cancel);
        await cms.MessageAsync(Duration.FromHours(25));
        await Watch.RunOnceAsync(Cancel);
        Assert.Equal(2, await cms.Database().Set<ReferralAlert>().CountAsync(Cancel));
    }

    [Fact]
    public async Task It_happens_by_itself_and_what_is_read_long_enough_ago_goes_too()
    {
        await cms.MessageAsync(Duration.FromHours(30));
        var read = await cms.MessageAsync(Duration.FromDays(91), state: ReferralState.Opened);

        cms.Clock.Advance(TimeSpan.FromMinutes(61));

        for (var tries = 0; tries < 400 && (await FormDoor.IsOpenAsync(cms.Database(), Cancel) || (await cms.MessageAsync(read.Id)).Payload is not null); tries++) await Task.Delay(25, Cancel);
        Assert.False(await FormDoor.IsOpenAsync(cms.Database(), Cancel));
        Assert.Equal(ReferralState.Deleted, (await cms.MessageAsync(read.Id)).State);
    }

    [Fact]
    public async Task The_first_page_tells_what_needs_whom()
    {
        await cms.MessageAsync(Duration.FromHours(30), urgent: true);
        await cms.MessageAsync(Duration.FromHours(1));
        await cms.MessageAsync(Duration.FromHours(1), group: ReferralGroup.Lead);
        await cms.Database().Set<RotaDay>().Where(day => day.Date == "2026-12-05" || day.Date == "2026-12-06").ExecuteDeleteAsync(Cancel);
        await Watch.RunOnceAsync(Cancel);
        string[] both = ["1 urgent message is unread", "2 days of the next 14 without anybody on the rota"];

        var worker = await NeedsAsync(Role.ReferralWorker);
        var lead = await NeedsAsync(Role.SafeguardingLead);

        Assert.Equal([both[0], "2 messages are unread", "The form is closed", both[1]], worker);
        Assert.Equal([both[0], "3 messages are unread", "The form closed by itself: a message lay unread past its target", both[1], "No mail server is set: nobody is told of a new message", "Figures of October to December 2026 are due on Thursday 14 January"], lead);
        Assert.Empty(await NeedsAsync(Role.ReferralAuditor));
        Assert.DoesNotContain(await NeedsAsync(Role.Owner), line => line.Contains("message", StringComparison.Ordinal));
    }

    /// <summary>A message for the lead may be about the very worker: whether one lay unread and closed the form, or a lead closed it, looks the same to them.</summary>
    [Fact]
    public async Task A_worker_learns_nothing_of_an_overdue_message_for_the_lead()
    {
        using var worker = await cms.ClientAsync(Role.ReferralWorker);
        await cms.DoorAsync(open: false);
        var (needs, rota) = (await NeedsAsync(Role.ReferralWorker), await ClosedAsync());
        await cms.DoorAsync(open: true);
        await cms.MessageAsync(Duration.FromHours(30), group: ReferralGroup.Lead);
        await Watch.RunOnceAsync(Cancel);

        Assert.Equal(needs, await NeedsAsync(Role.ReferralWorker));
        Assert.Equal(rota, await ClosedAsync());
        Assert.Contains("A safeguarding lead can say more.", rota, StringComparison.Ordinal);
        Assert.Contains("by itself: A message lay unread past its target", (await (await cms.ClientAsync(Role.SafeguardingLead)).PageAsync("/referrals/rota")).QuerySelector("#form + p")!.TextContent, StringComparison.Ordinal);

        async Task<string> ClosedAsync()
        {
            var said = (await worker.PageAsync("/referrals/rota")).QuerySelector("#form + p")!;
            foreach (var time in said.QuerySelectorAll("time")) time.Remove();
            return string.Join(' ', said.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private async Task<IReadOnlyList<string>> NeedsAsync(Role role) => [.. (await (await cms.ClientAsync(role)).PageAsync("/")).QuerySelectorAll("ul.needs a").Select(link => link.TextContent)];
}

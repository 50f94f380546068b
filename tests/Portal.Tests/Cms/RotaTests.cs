using System.Net;

using AngleSharp.Dom;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using NodaTime;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Staff;
using Portal.Cms.Stage;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Targets, staffed hours, who answers on which day, and the switch of the form. It is Tuesday, 1 December 2026.</summary>
public sealed class RotaTests(CmsFixture cms) : IClassFixture<CmsFixture>, IAsyncLifetime
{
    private const string Page = "/referrals/rota";

    private static readonly (string Name, string Value)[] Good =
    [
        ("urgent", "4"), ("other", "24"), ("from-0", "9"), ("until-0", "17"), ("from-4", "9"), ("until-4", "13"), ("hand-over", "30"), ("reading", "90"),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await cms.ForgetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Targets_have_no_default_and_are_kept_with_a_row_of_the_log()
    {
        var lead = await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead));
        var page = await lead.PageAsync(Page);
        Assert.All(["urgent", "other", "from-0", "until-6"], field => Assert.Equal(string.Empty, page.GetElementById(field)!.GetAttribute("value")));
        Assert.Equal("30", page.GetElementById("hand-over")!.GetAttribute("value"));

        Assert.Equal("/referrals/rota?saved=targets", (await lead.SubmitAsync(Page, "targets", Good)).Target());

        var row = await cms.Database().Set<ReferralTargets>().SingleAsync(Cancel);
        Assert.Equal((4, 24, "9-17,,,,9-13,,", 30, 90, 1L), (row.UrgentHours, row.OtherHours, row.StaffedHours, row.DaysAfterHandOver, row.DaysAfterReading, row.Version));
        Assert.Contains(await cms.ActsAsync("targets"), act => act.Detail == "urgent 4 h, other 24 h, staffed 9-17,,,,9-13,,, kept 30 and 90 days");
        Assert.Contains("targets of the form", await cms.Database().Outbox.Select(wish => wish.What).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("urgent", "0", "Write a whole number of hours from 1 to 72.")]
    [InlineData("urgent", "73", "Write a whole number of hours from 1 to 72.")]
    [InlineData("urgent", "", "Write a whole number of hours from 1 to 72.")]
    [InlineData("urgent", "30", "An urgent message cannot have more hours than another.")]
    [InlineData("other", "241", "Write a whole number of hours from 1 to 240.")]
    [InlineData("from-0", "17", "Monday: write two whole hours from 0 to 24, the first before the second, or leave both empty.")]
    [InlineData("until-4", "", "Friday: write two whole hours from 0 to 24, the first before the second, or leave both empty.")]
    [InlineData("until-4", "25", "Friday: write two whole hours from 0 to 24, the first before the second, or leave both empty.")]
    [InlineData("hand-over", "91", "Write a whole number of days from 1 to 90.")]
    [InlineData("reading", "366", "Write a whole number of days from 1 to 365.")]
    [InlineData("reading", "20", "The days after hand-over cannot be more than those after reading: those end it in any case.")]
    public async Task What_cannot_be_is_told_and_nothing_is_written(string field, string value, string told)
    {
        var lead = await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead));

        var sent = await lead.SubmitAsync(Page, "targets", [.. Good.Where(each => each.Name != field), (field, value)]);
        var page = await sent.DocumentAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        var link = page.QuerySelectorAll(".errors a").Single(link => link.TextContent == told);
        Assert.NotNull(page.QuerySelector(link.GetAttribute("href")!));
        Assert.Equal(value, page.GetElementById(field)!.GetAttribute("value"));
        Assert.False(await cms.Database().Set<ReferralTargets>().AnyAsync(Cancel));
    }

    [Fact]
    public async Task Targets_that_somebody_changed_meanwhile_are_not_written_over()
    {
        var (lead, other) = (await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead)), await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead)));
        var opened = await lead.PageAsync(Page);
        await other.SubmitAsync(Page, "targets", Good);

        var sent = await lead.SubmitAsync(opened, Page, "targets", [("urgent", "2"), .. Good.Where(each => each.Name != "urgent")]);

        Assert.Equal(HttpStatusCode.PreconditionFailed, sent.StatusCode);
        Assert.Equal("4", (await sent.DocumentAsync()).GetElementById("urgent")!.GetAttribute("value"));
        Assert.Equal(4, (await cms.Database().Set<ReferralTargets>().SingleAsync(Cancel)).UrgentHours);
    }

    [Fact]
    public async Task A_day_has_somebody_on_duty_and_their_cover_and_days_without_are_named()
    {
        var (worker, account) = (await cms.MemberAsync(Role.ReferralWorker), await cms.MemberAsync(Role.SafeguardingLead));
        var lead = await cms.SignInAsync(account);

        Assert.Equal("/referrals/rota?saved=rota", (await lead.SubmitAsync(Page, "days", ("duty-2026-12-01", $"{worker.Id}"), ("cover-2026-12-01", $"{account.Id}"), ("duty-2026-12-03", $"{worker.Id}"))).Target());

        var page = await lead.PageAsync(Page);
        Assert.Equal((worker.Id.ToString(), account.Id.ToString()), (Chosen(page, "duty-2026-12-01"), Chosen(page, "cover-2026-12-01")));
        var named = page.QuerySelector("h2#days + p.notice")!.TextContent;
        Assert.Contains("Wednesday 2 December", named, StringComparison.Ordinal);
        Assert.DoesNotContain("Thursday 3 December", named, StringComparison.Ordinal);
        Assert.Contains(await cms.ActsAsync("rota"), act => act.Detail == "2026-12-01, 2026-12-03");
    }

    [Fact]
    public async Task Nobody_covers_themselves_and_only_people_with_the_role_stand_in_the_rota()
    {
        var account = await cms.MemberAsync(Role.SafeguardingLead);
        var author = await cms.PersonAsync(true, (Role.Author, string.Empty));
        var lead = await cms.SignInAsync(account);

        Assert.Equal(["Tuesday 1 December: nobody can cover their own absence. Choose somebody else."], await RefusedAsync(("duty-2026-12-01", $"{account.Id}"), ("cover-2026-12-01", $"{account.Id}")));
        Assert.Equal(["Tuesday 1 December: choose who is on duty before who covers them."], await RefusedAsync(("cover-2026-12-01", $"{account.Id}")));
        Assert.Equal(["Tuesday 1 December: somebody chosen no longer answers messages. Choose somebody else."], await RefusedAsync(("duty-2026-12-01", $"{author.Id}")));
        Assert.False(await cms.Database().Set<RotaDay>().AnyAsync(Cancel));

        async Task<IEnumerable<string>> RefusedAsync(params (string, string)[] fields) =>
            (await (await lead.SubmitAsync(Page, "days", fields)).DocumentAsync()).QuerySelectorAll(".errors a").Select(link => link.TextContent);
    }

    [Fact]
    public async Task Two_people_plan_beside_each_other_but_not_the_same_day()
    {
        var (worker, account) = (await cms.MemberAsync(Role.ReferralWorker), await cms.MemberAsync(Role.SafeguardingLead));
        var (lead, other) = (await cms.SignInAsync(account), await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead)));
        var opened = await lead.PageAsync(Page);
        await other.SubmitAsync(Page, "days", ("duty-2026-12-02", $"{worker.Id}"));

        var clash = await lead.SubmitAsync(opened, Page, "days", ("duty-2026-12-02", $"{account.Id}"), ("duty-2026-12-04", $"{account.Id}"));
        var beside = await lead.SubmitAsync(opened, Page, "days", ("duty-2026-12-03", $"{account.Id}"));

        Assert.Contains("Wednesday 2 December: somebody else changed this day since you opened the page.", (await clash.DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/referrals/rota?saved=rota", beside.Target());
        Assert.Equal([("2026-12-02", worker.Id), ("2026-12-03", account.Id)], (await cms.Database().Set<RotaDay>().OrderBy(day => day.Date).ToListAsync(Cancel)).Select(day => (day.Date, day.OnDuty)));
    }

    [Fact]
    public async Task A_worker_reads_the_rota_and_changes_nothing()
    {
        var (lead, worker) = (await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead)), await cms.SignInAsync(await cms.MemberAsync(Role.ReferralWorker)));
        var page = await worker.PageAsync(Page);
        Assert.Empty(page.QuerySelectorAll("main button, main select"));

        var token = page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var form in new[] { "targets", "days" })
        {
            using var content = new FormUrlEncodedContent(Good.Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(new("_handler", form)).Append(new("__RequestVerificationToken", token)).Append(new("version", "0")));
            using var sent = await worker.PostAsync(new Uri(Page, UriKind.Relative), content, Cancel);
            Assert.NotEqual(HttpStatusCode.Redirect, sent.StatusCode);
        }

        Assert.False(await cms.Database().Set<ReferralTargets>().AnyAsync(Cancel));
        Assert.Equal(HttpStatusCode.Redirect, (await lead.SubmitAsync(Page, "targets", Good)).StatusCode);
    }

    [Fact]
    public async Task One_press_closes_the_form_and_a_reason_is_noted()
    {
        var lead = await cms.SignInAsync((await cms.ReadyAsync()).Lead);
        await cms.DoorAsync(open: true);

        Assert.Equal("/referrals/rota?saved=form", (await lead.SubmitAsync(Page, "close", ("why", "TooFewStaff"))).Target());

        Assert.False(await FormDoor.IsOpenAsync(cms.Database(), Cancel));
        Assert.Contains(await cms.ActsAsync(), act => act is { Act: "referral.form-close", Detail: "TooFewStaff" });
        Assert.Contains("Too few people to answer", (await lead.PageAsync(Page)).QuerySelector("h2#form + p")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_stays_closed_while_something_is_missing_and_says_what()
    {
        var lead = await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead, withKey: false));

        var sent = await lead.SubmitAsync(Page, "open");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, sent.StatusCode);
        var told = (await sent.DocumentAsync()).QuerySelectorAll(".errors li").Select(line => line.TextContent).ToList();
        Assert.Equal(4, told.Count);
        Assert.All(["Response targets", "Staffed hours", "A safeguarding lead can open", "The recovery key"], name => Assert.Contains(told, line => line.StartsWith("Missing: " + name, StringComparison.Ordinal)));
        Assert.False(await FormDoor.IsOpenAsync(cms.Database(), Cancel));
    }

    [Fact]
    public async Task With_all_there_the_form_opens_unless_a_message_would_close_it_or_somebody_just_has()
    {
        var ready = await cms.ReadyAsync();
        var lead = await cms.SignInAsync(ready.Lead);
        await cms.DoorAsync(open: false);
        var before = await lead.PageAsync(Page);
        var late = await cms.MessageAsync(Duration.FromHours(25));
        Assert.Contains("unread past its target", (await (await lead.SubmitAsync(Page, "open")).DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);

        await cms.Database().Set<Referral>().Where(referral => referral.Id == late.Id).ExecuteUpdateAsync(set => set.SetProperty(referral => referral.State, ReferralState.Opened).SetProperty(referral => referral.OpenedAt, cms.Now), Cancel);
        await cms.DoorAsync(open: false);
        Assert.Contains("Somebody closed the form since", (await (await lead.SubmitAsync(before, Page, "open")).DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.False(await FormDoor.IsOpenAsync(cms.Database(), Cancel));

        Assert.Equal("/referrals/rota?saved=form", (await lead.SubmitAsync(Page, "open")).Target());
        Assert.True(await FormDoor.IsOpenAsync(cms.Database(), Cancel));
        Assert.Contains("open the form", await cms.Database().Outbox.Select(wish => wish.What).ToListAsync(Cancel));
    }

    [Fact]
    public async Task The_live_stage_asks_for_each_condition_by_itself()
    {
        var worker = Guid.Empty;
        Func<Task>[] breaks =
        [
            async () => await cms.Database().Set<ReferralTargets>().ExecuteUpdateAsync(set => set.SetProperty(targets => targets.OtherHours, (int?)null), Cancel),
            async () => await cms.Database().Set<ReferralTargets>().ExecuteUpdateAsync(set => set.SetProperty(targets => targets.StaffedHours, ""), Cancel),
            async () => await cms.Database().Set<RotaDay>().Where(day => day.Date == "2026-12-14").ExecuteUpdateAsync(set => set.SetProperty(day => day.Cover, (Guid?)null), Cancel),
            async () => await cms.Database().Users.Where(account => account.Id == worker).ExecuteUpdateAsync(set => set.SetProperty(account => account.Disabled, true), Cancel),
            async () => await cms.Database().Set<Portal.Cms.Referrals.Keys.KeyMember>().ExecuteUpdateAsync(set => set.SetProperty(member => member.AdmittedAt, (Instant?)null), Cancel),
            async () => await cms.Database().Set<Portal.Cms.Referrals.Keys.RecoveryKey>().ExecuteUpdateAsync(set => set.SetProperty(key => key.CheckedAt, (Instant?)null), Cancel),
        ];
        string[][] unmet =
        [
            [Named(0)], [Named(1)], [Named(2)],
            [Named(2), Named(3)], // Whoever is disabled is on no rota either.
            [Named(3), Named(4)], [Named(5)],
        ];
        for (var each = 0; each < breaks.Length; each++)
        {
            await cms.ForgetAsync();
            worker = (await cms.ReadyAsync()).Worker.Id;
            Assert.Equal([], await UnmetAsync());
            await breaks[each]();
            Assert.Equal(unmet[each], await UnmetAsync());
        }

        string Named(int index) => FormConditions.All[index].Name;

        async Task<IReadOnlyList<string>> UnmetAsync()
        {
            await using var scope = cms.Services.CreateAsyncScope();
            var own = FormConditions.All.Select(condition => condition.Name).ToHashSet();
            var told = new List<string>();
            foreach (var condition in scope.ServiceProvider.GetServices<StageCondition>().Where(condition => own.Contains(condition.Name)))
                if (!await condition.IsMet(scope.ServiceProvider, Cancel)) told.Add(condition.Name);
            return told;
        }
    }

    [Fact]
    public async Task In_the_live_stage_the_form_opens_only_with_a_whole_rota_and_bank_holidays_are_marked()
    {
        await using var live = await CmsContent.TakeInAsync(A.Site(("settings.yaml", SmallSite.Settings("live")), ("data/bank-holidays.yaml", "days:\n  - {date: 2026-12-25, title: Christmas Day}\n")));
        live.Clock.SetUtcNow(new(2026, 12, 20, 9, 0, 0, TimeSpan.Zero));
        var lead = await live.SignInAsync((await live.ReadyAsync()).Lead);
        await live.Database().Set<RotaDay>().Where(day => day.Date == "2026-12-25").ExecuteDeleteAsync(Cancel);

        var refused = await (await lead.SubmitAsync(Page, "open")).DocumentAsync();

        Assert.Equal(["Missing: Each staffed day of the next 14 has somebody on duty, and somebody else as cover. A safeguarding lead fills the rota."], refused.QuerySelectorAll(".errors li").Select(line => line.TextContent));
        Assert.Equal(["Friday 25 December Christmas Day"], refused.QuerySelectorAll("tbody th:has(.tag)").Select(day => day.TextContent));
        await using (var database = live.Database())
        {
            database.Add(new RotaDay { Date = "2026-12-25", OnDuty = (await ReferralPeople.AllAsync(database, Cancel))[0].Id, Cover = (await ReferralPeople.AllAsync(database, Cancel))[1].Id });
            await database.SaveChangesAsync(Cancel);
        }

        Assert.Equal("/referrals/rota?saved=form", (await lead.SubmitAsync(Page, "open")).Target());
    }

    [Theory]
    [InlineData("9-17,,,,9-13,,", "2026-12-04T12:59:59Z", true)]
    [InlineData("9-17,,,,9-13,,", "2026-12-04T13:00:00Z", false)]
    [InlineData("9-17,,,,9-13,,", "2026-12-05T10:00:00Z", false)]
    [InlineData("9-17,,,,9-13,,", "2027-06-07T08:30:00Z", true)] // Half past nine in summer.
    [InlineData("", "2026-12-05T03:00:00Z", true)]
    [InlineData("17-9,,,,,,", "2026-12-05T03:00:00Z", true)] // Unreadable is undecided.
    public void Staffed_hours_are_those_of_clocks_in_Kent(string hours, string at, bool expected) =>
        Assert.Equal(expected, StaffedHours.Parse(hours).Contains(NodaTime.Text.InstantPattern.General.Parse(at).Value));

    private static string? Chosen(IDocument page, string id) => page.QuerySelector($"#{id} option[selected]")?.GetAttribute("value");
}

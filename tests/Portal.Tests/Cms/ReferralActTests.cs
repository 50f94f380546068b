using System.Net;

using AngleSharp.Html.Dom;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Figures;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What staff do with a message beside reading it: plain forms, each with its right, its version and its row of the log.</summary>
public sealed class ReferralActTests(CmsFixture cms) : IClassFixture<CmsFixture>, IAsyncLifetime
{
    private static readonly string[] Every = ["assign", "attempt", "need", "facts", "hand-over", "close", "reopen", "keep"];

    private static readonly (string, string)[] Facts = [("source", "self"), ("district", "moving"), ("ageBand", "18over"), ("language", "other"), ("outcome", "advice")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await cms.ForgetAsync();
        await cms.TargetsAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_worker_takes_a_message_tries_notes_and_hands_it_over()
    {
        var account = await cms.MemberAsync(Role.ReferralWorker);
        var worker = await cms.SignInAsync(account);
        var message = await cms.MessageAsync(Duration.FromHours(5), urgent: true, state: ReferralState.Opened);

        Assert.Equal("done=assign", await ActAsync(worker, message, "assign", ("to", $"{account.Id}")));
        Assert.Equal("done=attempt", await ActAsync(worker, message, "attempt", ("channel", "Text"), ("result", "NoAnswer")));
        Assert.Equal("done=attempt", await ActAsync(worker, message, "attempt", ("channel", "Phone"), ("result", "Reached")));
        Assert.Equal("done=need", await ActAsync(worker, message, "need", ("need", "High")));
        Assert.Equal("done=facts", await ActAsync(worker, message, "facts", Facts));
        Assert.Equal("done=hand-over", await ActAsync(worker, message, "hand-over"));

        var stored = await cms.MessageAsync(message.Id);
        Assert.Equal((ReferralState.HandedOver, ReferralNeed.High, account.Id, cms.Now, 6L), (stored.State, stored.Need, stored.AssignedTo, stored.HandedOverAt, stored.Version));
        var facts = await cms.Database().Set<ReferralFacts>().SingleAsync(Cancel);
        Assert.Equal(("2026-Q4", "self", "moving", "18over", "other", "handed-over", true), (facts.Quarter, facts.Source, facts.District, facts.AgeBand, facts.Language, facts.Outcome, facts.Urgent));
        Assert.Equal((5, 4), (facts.ResponseHours, facts.TargetHours));
        var acts = await cms.ActsAsync($"{message.Id}");
        Assert.Equal([("referral.assign", $"{account.Id}"), ("referral.attempt", "Text: NoAnswer"), ("referral.attempt", "Phone: Reached"), ("referral.need", "High"), ("referral.facts", ""), ("referral.hand-over", "")], acts.Select(act => (act.Act, act.Detail)));
        Assert.DoesNotContain(acts, act => act.Detail.Contains("moving", StringComparison.Ordinal)); // Else the log would tie the facts to the message for good.
        Assert.Equal(2, (await worker.PageAsync($"/referrals/{message.Id}/acts")).QuerySelectorAll("table tbody tr").Length);
    }

    [Fact]
    public async Task A_closed_message_is_taken_up_again()
    {
        var lead = await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead));
        var message = await cms.MessageAsync(Duration.FromHours(5), state: ReferralState.InProgress);

        Assert.Equal("problem=not-listed", await ActAsync(lead, message, "close", ("outcome", "vanished")));
        Assert.Equal("done=close", await ActAsync(lead, message, "close", ("outcome", "declined")));
        Assert.Equal((ReferralState.Closed, cms.Now), await cms.MessageAsync(message.Id) is var closed ? (closed.State, closed.ClosedAt) : default);
        Assert.Equal("problem=not-now", await ActAsync(lead, message, "hand-over"));
        Assert.Equal("done=reopen", await ActAsync(lead, message, "reopen"));
        Assert.Equal((ReferralState.InProgress, null, null), await cms.MessageAsync(message.Id) is var open ? (open.State, open.ClosedAt, open.HandedOverAt) : default);
        Assert.Equal("problem=not-now", await ActAsync(lead, message, "reopen"));
    }

    [Fact]
    public async Task A_message_is_given_only_to_somebody_with_the_role_and_a_key()
    {
        var lead = await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead));
        var (worker, keyless, author) = (await cms.MemberAsync(Role.ReferralWorker), await cms.MemberAsync(Role.ReferralWorker, withKey: false), await cms.PersonAsync(true, (Role.Author, string.Empty)));
        var (team, own) = (await cms.MessageAsync(Duration.FromHours(1)), await cms.MessageAsync(Duration.FromHours(1), group: ReferralGroup.Lead));

        Assert.Equal("problem=not-assignable", await ActAsync(lead, team, "assign", ("to", $"{keyless.Id}")));
        Assert.Equal("problem=not-assignable", await ActAsync(lead, team, "assign", ("to", $"{author.Id}")));
        Assert.Equal("problem=not-assignable", await ActAsync(lead, own, "assign", ("to", $"{worker.Id}")));
        Assert.Equal("done=assign", await ActAsync(lead, team, "assign", ("to", $"{worker.Id}")));
        Assert.Null((await cms.MessageAsync(own.Id)).AssignedTo);
    }

    [Fact]
    public async Task Whoever_gives_a_message_away_is_led_to_the_list_for_it_is_theirs_no_longer()
    {
        var (worker, other) = (await cms.SignInAsync(await cms.MemberAsync(Role.ReferralWorker)), await cms.MemberAsync(Role.ReferralWorker));
        var message = await cms.MessageAsync(Duration.FromHours(1), state: ReferralState.Opened);
        var page = await worker.PageAsync($"/referrals/{message.Id}/acts");

        using var sent = await worker.SubmitAtAsync($"/referrals/{message.Id}/acts", $"/referrals/{message.Id}/assign", ("to", $"{other.Id}"));

        Assert.Equal("/referrals?given=away", sent.Target());
        Assert.Equal("The message was given to somebody else.", (await worker.PageAsync(sent.Target())).QuerySelector(".notice[role=status]")!.TextContent);
        Assert.Equal("NotFound", await PostAsync(worker, page, message.Id, "hand-over", [("version", "1")]));
    }

    [Fact]
    public async Task A_need_is_one_of_the_list()
    {
        var lead = await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead));
        var message = await cms.MessageAsync(Duration.FromHours(1), state: ReferralState.Opened);

        foreach (var wrong in new[] { "None", "Worst", "", "1" }) Assert.Equal("problem=not-listed", await ActAsync(lead, message, "need", ("need", wrong)));
        Assert.Equal("done=need", await ActAsync(lead, message, "need", ("need", "Low")));
        Assert.Equal("Low need", (await lead.PageAsync($"/referrals/{message.Id}/acts")).QuerySelector("#need option[selected]")!.TextContent);
    }

    [Fact]
    public async Task Before_it_was_read_a_message_can_only_be_given_to_somebody()
    {
        var lead = await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead));
        var message = await cms.MessageAsync(Duration.FromHours(1));
        var read = await cms.MessageAsync(Duration.FromHours(1), state: ReferralState.Opened);
        var page = await lead.PageAsync($"/referrals/{read.Id}/acts");

        foreach (var (act, fields) in new (string, (string, string)[])[] { ("attempt", [("channel", "Phone"), ("result", "Reached")]), ("need", [("need", "High")]), ("facts", Facts), ("hand-over", []), ("close", [("outcome", "advice")]), ("keep", [("reason", "Complaint"), ("days", "30")]) })
            Assert.Equal("problem=unread", await PostAsync(lead, page, message.Id, act, [("version", "0"), .. fields]));
        Assert.Empty(await cms.ActsAsync($"{message.Id}"));
    }

    [Fact]
    public async Task A_message_is_kept_longer_for_a_reason_and_never_beyond_a_year()
    {
        var lead = await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead));
        var message = await cms.MessageAsync(Duration.FromDays(300), state: ReferralState.Opened);

        Assert.Equal("problem=too-long", await ActAsync(lead, message, "keep", ("reason", "Complaint"), ("days", "90")));
        Assert.Equal("problem=not-listed", await ActAsync(lead, message, "keep", ("reason", "None"), ("days", "30")));
        Assert.Equal("problem=not-listed", await ActAsync(lead, message, "keep", ("reason", "Complaint"), ("days", "3000")));
        Assert.Equal("done=keep", await ActAsync(lead, message, "keep", ("reason", "Complaint"), ("days", "60")));
        Assert.Equal(["Complaint, 60 days"], (await cms.ActsAsync($"{message.Id}")).Where(act => act.Act == "referral.keep").Select(act => act.Detail));
        Assert.Equal((KeepReason.Complaint, cms.Now + Duration.FromDays(60)), await cms.MessageAsync(message.Id) is var kept ? (kept.KeptFor, kept.KeptUntil) : default);
    }

    [Fact]
    public async Task What_somebody_else_did_meanwhile_is_not_written_over()
    {
        var (lead, other) = (await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead)), await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead)));
        var message = await cms.MessageAsync(Duration.FromHours(1), state: ReferralState.Opened);
        var opened = await lead.PageAsync($"/referrals/{message.Id}/acts");
        await ActAsync(other, message, "close", ("outcome", "advice"));

        foreach (var act in Every) Assert.Equal("problem=meanwhile", await PostAsync(lead, opened, message.Id, act, [.. Facts, ("version", "0"), ("channel", "Phone"), ("result", "Reached"), ("need", "Low"), ("reason", "Complaint"), ("days", "30")]));
        Assert.Equal(1, (await cms.MessageAsync(message.Id)).Version);
        Assert.Contains("by somebody else, or by yourself", (await lead.PageAsync($"/referrals/{message.Id}/acts?problem=meanwhile")).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_act_is_for_whom_it_may_be_and_a_message_for_the_lead_is_not_there_for_others()
    {
        var theirs = await cms.MemberAsync(Role.ReferralWorker);
        var (own, lead, elses) = (await cms.MessageAsync(Duration.FromHours(1), state: ReferralState.Opened), await cms.MessageAsync(Duration.FromHours(1), group: ReferralGroup.Lead, state: ReferralState.Opened), await cms.MessageAsync(Duration.FromHours(1), state: ReferralState.Opened, change: message => message.AssignedTo = theirs.Id));
        var worker = await cms.SignInAsync(await cms.MemberAsync(Role.ReferralWorker));
        var page = await worker.PageAsync($"/referrals/{own.Id}/acts");
        Assert.Equal(HttpStatusCode.NotFound, (await worker.OpenAsync($"/referrals/{lead.Id}/acts")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await worker.OpenAsync($"/referrals/{elses.Id}/acts")).StatusCode);

        foreach (var act in Every)
        {
            Assert.Equal("NotFound", await PostAsync(worker, page, lead.Id, act, [("version", "0")]));
            Assert.Equal("NotFound", await PostAsync(worker, page, RandomKey.New(), act, [("version", "0")]));
            Assert.Equal("NotFound", await PostAsync(worker, page, elses.Id, act, [("version", "0")]));
        }

        foreach (var role in new[] { Role.Owner, Role.Author, Role.ReferralAuditor, Role.Auditor })
        {
            var other = await cms.ClientAsync(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.OpenAsync($"/referrals/{own.Id}/acts")).StatusCode);
            foreach (var act in Every) Assert.Equal("Forbidden", await PostAsync(other, await other.PageAsync("/account"), own.Id, act, [("version", "0")]));
        }

        Assert.Equal([0L, 0L, 0L], new[] { await cms.MessageAsync(own.Id), await cms.MessageAsync(lead.Id), await cms.MessageAsync(elses.Id) }.Select(message => message.Version));
    }

    [Fact]
    public async Task A_post_without_its_token_changes_nothing()
    {
        var lead = await cms.SignInAsync(await cms.MemberAsync(Role.SafeguardingLead));
        var message = await cms.MessageAsync(Duration.FromHours(1), state: ReferralState.Opened);

        foreach (var act in Every)
        {
            using var content = new FormUrlEncodedContent([new("version", "0"), new("outcome", "advice")]);
            using var sent = await lead.PostAsync(new Uri($"/referrals/{message.Id}/{act}", UriKind.Relative), content, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, sent.StatusCode);
        }

        Assert.Equal(0, (await cms.MessageAsync(message.Id)).Version);
    }

    /// <summary>Sends the form of the page; what came of it.</summary>
    private static async Task<string> ActAsync(HttpClient client, Referral message, string act, params (string Name, string Value)[] fields)
    {
        var page = await client.PageAsync($"/referrals/{message.Id}/acts");
        var form = page.QuerySelector($"form[action='/referrals/{message.Id}/{act}']");
        var version = (form ?? page.QuerySelector("main form")!).QuerySelector("[name=version]")!.GetAttribute("value")!;
        return await PostAsync(client, page, message.Id, act, [("version", version), .. fields]);
    }

    private static async Task<string> PostAsync(HttpClient client, IHtmlDocument page, Guid id, string act, (string Name, string Value)[] fields)
    {
        var token = page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var sent = await client.PostAsync(new Uri($"/referrals/{id}/{act}", UriKind.Relative), content, Cancel);
        return sent.StatusCode == HttpStatusCode.Redirect && sent.Target().Split('?') is [var path, var query] && path == $"/referrals/{id}/acts" ? query.Split('#')[0] : $"{sent.StatusCode}";
    }
}

using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Referrals.Keys;
using Portal.Cms.Staff;
using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Making keys, letting people in, ending keys. Each test begins without any.</summary>
public sealed class ReferralKeyTests(CmsFixture cms) : IClassFixture<CmsFixture>, IAsyncLifetime
{
    private const string Page = "/referrals/keys";

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly ReferralWorld world = ReferralWorld.Of(cms);

    public async ValueTask InitializeAsync() => await world.ClearAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_first_lead_lets_themself_in_and_the_second_is_let_in_by_the_first()
    {
        await world.RecoveryAsync();
        var (first, one) = await PersonAsync(Role.SafeguardingLead);
        var (second, two) = await PersonAsync(Role.SafeguardingLead);
        using (first) using (second)
        {
            var (alice, bob) = (await MakeAsync(first, one), await MakeAsync(second, two));
            Assert.Empty((await SetAsync()).Team);

            using var own = await first.SubmitAsync(Page, $"admit-{alice.Id}");
            using var refused = await second.SubmitAsync(Page, $"admit-{bob.Id}");
            using var letIn = await first.SubmitAsync(Page, $"admit-{bob.Id}");

            Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect], new[] { own, refused, letIn }.Select(each => each.StatusCode));
            Assert.Contains("Another lead lets you in", (await refused.DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(3, (await SetAsync()).Lead.Count);
        }
    }

    /// <summary>Whoever gives roles could else make two leads, and have one let in the other.</summary>
    [Fact]
    public async Task A_lead_without_a_key_lets_nobody_in_while_another_has_one()
    {
        await world.RecoveryAsync();
        await world.KeyAsync((await cms.PersonAsync(roles: ReferralWorld.Only(Role.SafeguardingLead))).Id);
        var (lead, _) = await PersonAsync(Role.SafeguardingLead);
        var (worker, person) = await PersonAsync(Role.ReferralWorker);
        using (lead) using (worker)
        {
            var key = await MakeAsync(worker, person);
            using var refused = await lead.SubmitAsync(Page, $"admit-{key.Id}");

            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("Only a lead who can open messages", (await refused.DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(2, (await SetAsync()).Team.Count);
        }
    }

    [Fact]
    public async Task A_worker_lets_nobody_in_and_ends_no_other_key()
    {
        await world.RecoveryAsync();
        var (lead, leader) = await PersonAsync(Role.SafeguardingLead);
        var (worker, person) = await PersonAsync(Role.ReferralWorker);
        using (lead) using (worker)
        {
            await world.KeyAsync(leader.Id);
            var key = await MakeAsync(worker, person);
            var page = await lead.PageAsync(Page);
            using var own = await worker.SubmitAsync(await ForgedAsync(worker, page), Page, $"admit-{key.Id}");

            Assert.DoesNotContain($"admit-{key.Id}", (await worker.PageAsync(Page)).DocumentElement.OuterHtml, StringComparison.Ordinal);
            Assert.False(own.IsSuccessStatusCode || own.StatusCode == HttpStatusCode.Redirect);
            Assert.Equal(2, (await SetAsync()).Team.Count);
        }
    }

    [Fact]
    public async Task Every_change_of_the_set_is_in_the_log_once_and_asks_for_a_publication()
    {
        await world.RecoveryAsync();
        var (lead, account) = await PersonAsync(Role.SafeguardingLead);
        using (lead)
        {
            var key = await MakeAsync(lead, account);
            var before = await cms.Database().Audit.CountAsync(row => row.Act == KeyChange.Act, Cancel);
            using var admitted = await lead.SubmitAsync(Page, $"admit-{key.Id}");
            var full = await SetAsync();
            await Watch().RunAsync(Cancel);
            using var ended = await lead.SubmitAsync(Page, $"end-{key.Id}");
            await Watch().RunAsync(Cancel);

            var rows = await cms.Database().Audit.Where(row => row.Act == KeyChange.Act).OrderByDescending(row => row.Number).ToListAsync(Cancel);
            Assert.Equal(before + 2, rows.Count);
            Assert.Equal([(await SetAsync()).Id, full.Id], rows.Take(2).Select(row => row.Subject));
            Assert.Equal("team 2 keys, lead 2 keys", rows[1].Detail);
            var wished = await cms.Database().Outbox.CountAsync(wish => wish.What == "keys of the form", Cancel) + await cms.Database().Publications.CountAsync(each => each.What.Contains("keys of the form"), Cancel);
            Assert.True(wished > 0, "No wish for a publication.");
        }
    }

    [Fact]
    public async Task Whoever_loses_the_role_or_the_account_loses_the_key_for_good()
    {
        await world.RecoveryAsync();
        var (left, kept) = (await cms.PersonAsync(roles: ReferralWorld.Only(Role.ReferralWorker)), await cms.PersonAsync(roles: ReferralWorld.Only(Role.SafeguardingLead)));
        await world.KeyAsync(left.Id);
        await world.KeyAsync(kept.Id);
        await Watch().RunAsync(Cancel);
        var before = await SetAsync();
        await cms.Database().Users.Where(account => account.Id == left.Id).ExecuteUpdateAsync(set => set.SetProperty(account => account.Disabled, true), Cancel);

        var atOnce = await SetAsync();
        await Watch().RunAsync(Cancel);
        await cms.Database().Users.Where(account => account.Id == left.Id).ExecuteUpdateAsync(set => set.SetProperty(account => account.Disabled, false), Cancel);

        Assert.Equal((3, 2, 2), (before.Team.Count, atOnce.Team.Count, (await SetAsync()).Team.Count));
        Assert.Equal("the account may no longer open messages", await cms.Database().Audit.Where(row => row.Act == "referral.key.end" && row.Subject == left.Id.ToString()).Select(row => row.Detail).SingleAsync(Cancel));
        Assert.Equal(atOnce.Id, await cms.Database().Audit.Where(row => row.Act == KeyChange.Act).OrderByDescending(row => row.Number).Select(row => row.Subject).FirstAsync(Cancel));
    }

    [Fact]
    public async Task A_new_key_takes_the_place_of_the_old_one_when_it_is_let_in()
    {
        await world.RecoveryAsync();
        var (lead, account) = await PersonAsync(Role.SafeguardingLead);
        var (other, second) = await PersonAsync(Role.SafeguardingLead);
        using (lead) using (other)
        {
            await world.KeyAsync(second.Id);
            var old = await world.KeyAsync(account.Id);
            await MakeAsync(lead, account);
            var key = await MakeAsync(lead, account); // The one that waited is thrown away.
            Assert.Contains(old.Recipient.ToString(), (await SetAsync()).Team);

            using var letIn = await other.SubmitAsync(Page, $"admit-{key.Id}");

            Assert.Equal(HttpStatusCode.Redirect, letIn.StatusCode);
            Assert.Equal(key.Recipient, Assert.Single((await SetAsync()).Team, recipient => recipient == key.Recipient || recipient == old.Recipient.ToString()));
            Assert.Equal(1, await cms.Database().Set<KeyMember>().CountAsync(member => member.AccountId == account.Id && member.EndedAt == null, Cancel));
            Assert.All(await cms.Database().Set<KeyMember>().Where(member => member.EndedAt != null).ToListAsync(Cancel), member => Assert.Empty(member.Wrapped));
        }
    }

    [Fact]
    public async Task What_is_no_public_key_or_no_wrapped_identity_is_refused()
    {
        var (lead, _) = await PersonAsync(Role.SafeguardingLead);
        using (lead)
        {
            var taken = await world.KeyAsync((await cms.PersonAsync(roles: ReferralWorld.Only(Role.ReferralWorker))).Id);
            var fresh = Identity.New();
            var good = Convert.ToBase64String(ReferralWorld.Wrapped());
            (string Recipient, string Wrapped)[] wrong =
            [
                (taken.Recipient.ToString(), good), (fresh.ToString(), good), (string.Empty, good),
                (fresh.Recipient.ToString(), string.Empty), (fresh.Recipient.ToString(), "?"),
                (fresh.Recipient.ToString(), Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(fresh.ToString()))),
                (fresh.Recipient.ToString(), Convert.ToBase64String(ReferralWorld.Wrapped(work: "10"))),
                (fresh.Recipient.ToString(), Convert.ToBase64String(ReferralWorld.Wrapped(length: 400))),
                (fresh.Recipient.ToString(), Convert.ToBase64String(Portal.Cms.Referrals.Sealing.Sealer.Seal(new byte[WrappedIdentity.TextLength], [fresh.Recipient]))),
            ];
            foreach (var (recipient, wrapped) in wrong)
            {
                using var answer = await lead.SubmitAsync(Page, "key", ("recipient", recipient), ("wrapped", wrapped));
                Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            }

            Assert.Equal(1, await cms.Database().Set<KeyMember>().CountAsync(Cancel));
            using var right = await lead.SubmitAsync(Page, "key", ("recipient", fresh.Recipient.ToString()), ("wrapped", good));
            Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        }
    }

    private KeyWatch Watch() => cms.Services.GetRequiredService<KeyWatch>();

    private Task<KeySet> SetAsync() => KeySets.CurrentAsync(cms.Database(), Cancel);

    private async Task<(HttpClient Client, Account Account)> PersonAsync(Role role)
    {
        var account = await cms.PersonAsync(roles: ReferralWorld.Only(role));
        return (await cms.SignInAsync(account), account);
    }

    /// <summary>Through the page, as a browser does it.</summary>
    private async Task<KeyMember> MakeAsync(HttpClient client, Account account)
    {
        using var made = await client.SubmitAsync(Page, "key", ("recipient", Identity.New().Recipient.ToString()), ("wrapped", Convert.ToBase64String(ReferralWorld.Wrapped())));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        return await cms.Database().Set<KeyMember>().SingleAsync(member => member.AccountId == account.Id && member.AdmittedAt == null && member.EndedAt == null, Cancel);
    }

    /// <summary>A lead's page with a worker's own token in it.</summary>
    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> ForgedAsync(HttpClient client, AngleSharp.Html.Dom.IHtmlDocument page)
    {
        const string Token = "__RequestVerificationToken";
        var own = (await client.PageAsync(Page)).QuerySelector($"input[name={Token}]")!.GetAttribute("value")!;
        foreach (var input in page.QuerySelectorAll($"input[name={Token}]")) input.SetAttribute("value", own);
        return page;
    }
}

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Staff;
using Portal.Content.Referrals;
using Portal.Tests.Cms;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>Each test has the CMS to itself: there is one key set.</summary>
public sealed class KeySetTests : IAsyncLifetime
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly CmsFixture cms = new();

    public ValueTask InitializeAsync() => cms.InitializeAsync();

    public ValueTask DisposeAsync() => cms.DisposeAsync();

    [Fact]
    public async Task Who_was_let_in_and_the_recovery_key_make_the_set()
    {
        var recovery = await RecoveryAsync();
        var worker = await MemberAsync(Role.ReferralWorker);
        var lead = await MemberAsync(Role.SafeguardingLead);
        await MemberAsync(Role.ReferralWorker, admitted: false);
        await MemberAsync(Role.ReferralWorker, ended: true);
        await MemberAsync(Role.Author);

        var set = await KeySets.CurrentAsync(cms.Database(), Cancel);

        Assert.Equal(new[] { recovery, worker.Recipient, lead.Recipient }.Order(StringComparer.Ordinal), set.Team);
        Assert.Equal(new[] { recovery, lead.Recipient }.Order(StringComparer.Ordinal), set.Lead);
        Assert.Equal(IntakeSetting.IdOf(set.Team, set.Lead), set.Id);
        Assert.Equal((set.Team, set.Lead), (set.Of(ReferralGroup.Team), set.Of(ReferralGroup.Lead)));
    }

    [Fact]
    public async Task Without_a_checked_recovery_key_or_a_member_nothing_is_sealed()
    {
        var lead = await MemberAsync(Role.SafeguardingLead);
        Assert.Empty((await KeySets.CurrentAsync(cms.Database(), Cancel)).Team);
        await RecoveryAsync(isChecked: false);
        Assert.Empty((await KeySets.CurrentAsync(cms.Database(), Cancel)).Team);
        await RecoveryAsync();
        Assert.Equal(2, (await KeySets.CurrentAsync(cms.Database(), Cancel)).Lead.Count);

        await cms.Database().Set<KeyMember>().Where(member => member.Id == lead.Id).ExecuteUpdateAsync(set => set.SetProperty(member => member.EndedAt, cms.Now), Cancel);
        await MemberAsync(Role.ReferralWorker);
        var left = await KeySets.CurrentAsync(cms.Database(), Cancel);

        Assert.Equal(2, left.Team.Count);
        Assert.Empty(left.Lead);
    }

    [Fact]
    public async Task A_disabled_account_or_a_lost_role_drops_out_at_once()
    {
        await RecoveryAsync();
        await MemberAsync(Role.SafeguardingLead);
        var disabled = await MemberAsync(Role.SafeguardingLead);
        var demoted = await MemberAsync(Role.SafeguardingLead);
        var before = await KeySets.CurrentAsync(cms.Database(), Cancel);
        await cms.Database().Users.Where(account => account.Id == disabled.AccountId).ExecuteUpdateAsync(set => set.SetProperty(account => account.Disabled, true), Cancel);
        await cms.Database().Grants.Where(grant => grant.AccountId == demoted.AccountId).ExecuteDeleteAsync(Cancel);

        var after = await KeySets.CurrentAsync(cms.Database(), Cancel);

        Assert.Equal((4, 2), (before.Team.Count, after.Team.Count));
        Assert.DoesNotContain(disabled.Recipient, after.Lead);
        Assert.DoesNotContain(demoted.Recipient, after.Team);
        Assert.NotEqual(before.Id, after.Id);
    }

    private async Task<KeyMember> MemberAsync(Role role, bool admitted = true, bool ended = false)
    {
        var account = await cms.PersonAsync(roles: (role, string.Empty));
        var member = new KeyMember { Id = Guid.CreateVersion7(), AccountId = account.Id, Recipient = Identity.New().Recipient.ToString(), Wrapped = [], MadeAt = cms.Now, AdmittedAt = admitted ? cms.Now : null, EndedAt = ended ? cms.Now : null };
        await AddAsync(member);
        return member;
    }

    private async Task<string> RecoveryAsync(bool isChecked = true)
    {
        var key = new RecoveryKey { Id = Guid.CreateVersion7(), Recipient = Identity.New().Recipient.ToString(), MadeAt = cms.Now, CheckedAt = isChecked ? cms.Now : null };
        await AddAsync(key);
        return key.Recipient;
    }

    private async Task AddAsync(object row)
    {
        CmsDatabase database = cms.Database();
        database.Add(row);
        await database.SaveChangesAsync(Cancel);
    }
}

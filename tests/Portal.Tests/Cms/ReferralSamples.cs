using System.Security.Cryptography;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Alerts;
using Portal.Cms.Referrals.Figures;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Messages, keys and rotas that are written straight into the database: how they get there is tested elsewhere.</summary>
internal static class ReferralSamples
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Nobody answers messages, and there is none: for tests that share a host.</summary>
    public static async Task ForgetAsync(this CmsFixture cms)
    {
        await using var database = cms.Database();
        await database.Set<ReferralAlert>().ExecuteDeleteAsync(Cancel);
        await database.Set<ReferralFacts>().ExecuteDeleteAsync(Cancel);
        await database.Set<Referral>().ExecuteDeleteAsync(Cancel);
        await database.Set<KeyMember>().ExecuteDeleteAsync(Cancel);
        await database.Set<RecoveryKey>().ExecuteDeleteAsync(Cancel);
        await database.Set<FormSwitch>().ExecuteDeleteAsync(Cancel);
        await database.Set<RotaDay>().ExecuteDeleteAsync(Cancel);
        await database.Set<ReferralTargets>().ExecuteDeleteAsync(Cancel);
        await database.Outbox.ExecuteDeleteAsync(Cancel);
        await database.Users.ExecuteUpdateAsync(set => set.SetProperty(account => account.Disabled, true), Cancel);
    }

    /// <summary>Somebody who answers messages, with a key unless told otherwise.</summary>
    public static async Task<Account> MemberAsync(this CmsFixture cms, Role role, bool withKey = true)
    {
        var account = await cms.PersonAsync(true, (role, string.Empty));
        await using var database = cms.Database();
        if (withKey) database.Add(new KeyMember { Id = RandomKey.New(), AccountId = account.Id, Recipient = "age1" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(29)), Wrapped = [1], MadeAt = cms.Now, AdmittedAt = cms.Now });
        await database.SaveChangesAsync(Cancel);
        return account;
    }

    public static async Task<Referral> MessageAsync(this CmsFixture cms, Duration ago, bool urgent = false, ReferralGroup group = ReferralGroup.Team, ReferralState state = ReferralState.New, Action<Referral>? change = null)
    {
        var received = cms.Now - ago;
        var referral = new Referral
        {
            Id = RandomKey.New(),
            Reference = Convert.ToHexString(RandomNumberGenerator.GetBytes(4)),
            RetryHash = RandomNumberGenerator.GetBytes(32),
            KeySet = "set",
            Readers = string.Empty,
            Received = received,
            SizeClass = 4,
            Group = group,
            Urgent = urgent,
            State = state,
            OpenedAt = state == ReferralState.New ? null : received,
            Header = RandomNumberGenerator.GetBytes(300),
            Payload = RandomNumberGenerator.GetBytes(4128),
        };
        change?.Invoke(referral);
        await using var database = cms.Database();
        database.Add(referral);
        await database.SaveChangesAsync(Cancel);
        return referral;
    }

    public static async Task<Referral> MessageAsync(this CmsFixture cms, Guid id)
    {
        await using var database = cms.Database();
        return await database.Set<Referral>().AsNoTracking().SingleAsync(referral => referral.Id == id, Cancel);
    }

    /// <summary>4 hours for urgent ones, 24 for others, staffed on weekdays from 9 to 17.</summary>
    public static async Task TargetsAsync(this CmsFixture cms, string staffed = "9-17,9-17,9-17,9-17,9-17,,")
    {
        await using var database = cms.Database();
        database.Add(new ReferralTargets { UrgentHours = 4, OtherHours = 24, StaffedHours = staffed, Version = 1 });
        await database.SaveChangesAsync(Cancel);
    }

    public static async Task RecoveryAsync(this CmsFixture cms)
    {
        await using var database = cms.Database();
        database.Add(new RecoveryKey { Id = RandomKey.New(), Recipient = "age1recovery", MadeAt = cms.Now, CheckedAt = cms.Now });
        await database.SaveChangesAsync(Cancel);
    }

    public static async Task DoorAsync(this CmsFixture cms, bool open)
    {
        await using var database = cms.Database();
        await FormDoor.SetAsync(database, new AuditLog(cms.Clock), new Actor(Guid.Empty, "test"), open, open ? FormReason.None : FormReason.Holiday, cms.Now, Cancel);
        await database.SaveChangesAsync(Cancel);
    }

    /// <summary>Everything the live stage asks for: two people with keys who cover each other, and the rest.</summary>
    public static async Task<(Account Worker, Account Lead)> ReadyAsync(this CmsFixture cms)
    {
        await cms.TargetsAsync();
        await cms.RecoveryAsync();
        var (worker, lead) = (await cms.MemberAsync(Role.ReferralWorker), await cms.MemberAsync(Role.SafeguardingLead));
        var today = cms.Now.InUtc().Date;
        await using var database = cms.Database();
        database.AddRange(Enumerable.Range(0, RotaDesk.Shown).Select(day => new RotaDay { Date = RotaDesk.Key(today.PlusDays(day)), OnDuty = worker.Id, Cover = lead.Id }));
        await database.SaveChangesAsync(Cancel);
        return (worker, lead);
    }

    /// <summary>Acts noted in the log about messages since a row of it.</summary>
    public static async Task<IReadOnlyList<AuditRow>> ActsAsync(this CmsFixture cms, string subject = "")
    {
        await using var database = cms.Database();
        return await database.Audit.AsNoTracking().Where(row => row.Act.StartsWith("referral.") && (subject == "" || row.Subject == subject)).OrderBy(row => row.Number).ToListAsync(Cancel);
    }
}

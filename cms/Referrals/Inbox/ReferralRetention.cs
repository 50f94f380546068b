using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Referrals.Figures;
using Portal.Cms.Referrals.Rota;

namespace Portal.Cms.Referrals.Inbox;

/// <summary>
/// Deletes the words of messages when their days are over: so many after hand-over, at latest so many after the first
/// reading, as promised when each came in or as promised now, whichever is less; later only where somebody said why. What nobody has read is never deleted. The row stays without words, for the
/// log; so do the facts, without their tie to it.
/// </summary>
internal sealed partial class ReferralRetention(IServiceScopeFactory scopes, TimeProvider time, ILogger<ReferralRetention> log)
{
    /// <summary>True until the log of the database was cut after the last deletion; after a start it is not known, so it is done.</summary>
    private bool isUncut = true;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>When the words may go; null for never, as long as nobody has read them, and for what has none.</summary>
    public static Instant? DeletedAfter(Referral referral, ReferralTargets targets)
    {
        if (referral.OpenedAt is not { } opened || referral.State == ReferralState.Deleted) return null;
        var usual = opened + Days(referral.PromisedAfterReading, targets.DaysAfterReading);
        if (referral.HandedOverAt is { } handed) usual = Instant.Min(usual, handed + Days(referral.PromisedAfterHandOver, targets.DaysAfterHandOver));
        return referral is { KeptUntil: { } kept, KeptFor: not KeepReason.None } && kept > usual ? kept : usual;
    }

    /// <summary>Deletes what is due. Returns how many messages.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        var targets = await database.Set<ReferralTargets>().AsNoTracking().FirstOrDefaultAsync(cancel) ?? new();
        var (now, deleted) = (Now, 0);
        foreach (var id in await DueAsync(database, targets, now, cancel))
        {
            database.ChangeTracker.Clear();
            if (await DeleteAsync(database, scope.ServiceProvider.GetRequiredService<AuditLog>(), id, targets, now, cancel)) deleted++;
        }

        isUncut |= deleted > 0;
        if (isUncut) isUncut = !await CutAsync(database, cancel);
        return deleted;
    }

    /// <summary>Looked at one by one, without their words: each has days of its own, and what was read is gone within a year.</summary>
    private static async Task<IReadOnlyList<Guid>> DueAsync(CmsDatabase database, ReferralTargets targets, Instant now, CancellationToken cancel)
    {
        var read = await ReferralSight.WithoutWords(database.Set<Referral>().AsNoTracking().Where(referral => referral.OpenedAt != null && referral.State != ReferralState.Deleted)).ToListAsync(cancel);
        return [.. read.Where(referral => DeletedAfter(referral, targets) <= now).Select(referral => referral.Id)];
    }

    private static Duration Days(int? promised, int today) => Duration.FromDays(Math.Min(promised ?? today, today));

    /// <summary>False where somebody changed the message meanwhile: the next run looks at it again.</summary>
    private static async Task<bool> DeleteAsync(CmsDatabase database, AuditLog audit, Guid id, ReferralTargets targets, Instant now, CancellationToken cancel)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await database.Set<Referral>().FirstOrDefaultAsync(each => each.Id == id, cancel) is not { } referral || DeletedAfter(referral, targets) is not { } after || after > now) return false;
        var facts = await database.Set<ReferralFacts>().FirstOrDefaultAsync(each => each.ReferralId == id, cancel);
        if (facts is null) database.Add(facts = ReferralDesk.NewFacts(referral, targets)); // It came, so it is counted, whatever nobody noted of it.
        facts.ReferralId = null;
        await database.Set<ContactAttempt>().Where(attempt => attempt.ReferralId == id).ExecuteDeleteAsync(cancel);
        (referral.Header, referral.Payload, referral.RetryHash, referral.ConfirmHash, referral.AssignedTo, referral.KeptUntil, referral.KeptFor) = (null, null, null, null, null, null, KeepReason.None);
        (referral.Need, referral.PromisedAfterHandOver, referral.PromisedAfterReading) = (ReferralNeed.None, null, null);
        (referral.State, referral.Version) = (ReferralState.Deleted, referral.Version + 1);
        audit.Add(database, Actor.Schedule, "referral.delete", id.ToString());
        try
        {
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }

        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>
    /// Takes the deleted bytes out of what the database keeps beside its tables. SQLite overwrites freed space as every
    /// connection here asks it to (secure_delete), and its log is brought into the file and cut to nothing; PostgreSQL frees
    /// the old versions of the rows. False where somebody read meanwhile: the next run tries again.
    /// </summary>
    private async Task<bool> CutAsync(CmsDatabase database, CancellationToken cancel)
    {
        try
        {
            if (!database.Database.IsSqlite())
            {
                await database.Database.ExecuteSqlAsync($"VACUUM \"Referral\"", cancel);
                return true;
            }

            var busy = await database.Database.SqlQuery<int>($"PRAGMA wal_checkpoint(TRUNCATE)").ToListAsync(cancel);
            return busy is [0];
        }
        catch (System.Data.Common.DbException error)
        {
            LogUncut(error);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Words were deleted, but the database still holds copies of them beside its tables. It is tried again within the hour.")]
    private partial void LogUncut(Exception error);
}

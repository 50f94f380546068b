using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Publishing;
using Portal.Cms.Referrals.Alerts;

namespace Portal.Cms.Referrals.Rota;

/// <summary>A message that nobody opened in time.</summary>
/// <param name="Due">When its target ended.</param>
internal sealed record OverdueMessage(ReferralGroup Group, Instant Due);

/// <summary>
/// Closes the form by itself when a message has stayed unread past its target: whoever writes then is shown the phone
/// lines instead of a form that nobody reads. Targets run at night and at weekends too. However many hosts look, it is
/// closed once and staff are told once.
/// </summary>
internal sealed class OverdueWatch(IServiceScopeFactory scopes, Publisher publisher, TimeProvider time)
{
    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Messages past their target. The hour they came in counts from its first minute, so none is late by a hidden hour.</summary>
    public static async Task<IReadOnlyList<OverdueMessage>> OverdueAsync(CmsDatabase database, Instant now, CancellationToken cancel = default)
    {
        if (await database.Set<ReferralTargets>().AsNoTracking().FirstOrDefaultAsync(cancel) is not { UrgentHours: { } urgent, OtherHours: { } other }) return [];
        var (urgentFrom, otherFrom) = (now - Duration.FromHours(urgent), now - Duration.FromHours(other));
        var late = await database.Set<Referral>().AsNoTracking()
            .Where(referral => referral.State == ReferralState.New && referral.OpenedAt == null && ((referral.Urgent && referral.Received < urgentFrom) || (!referral.Urgent && referral.Received < otherFrom)))
            .Select(referral => new { referral.Group, referral.Urgent, referral.Received }).ToListAsync(cancel);
        return [.. late.Select(each => new OverdueMessage(each.Group, each.Received + Duration.FromHours(each.Urgent ? urgent : other)))];
    }

    /// <summary>Looks once. True where it closed the form.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancel = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        var overdue = await OverdueAsync(database, Now, cancel);
        if (overdue.Count == 0 || !await HasWorkAsync(database, overdue, cancel)) return false;

        await using var transaction = await AuditChain.BeginAsync(database, cancel); // Only one host goes on from here; what it finds is asked again.
        overdue = await OverdueAsync(database, Now, cancel);
        foreach (var group in await UntoldAsync(database, overdue, cancel)) AlertQueue.Add(database, AlertKind.Overdue, group, Now);
        var closes = overdue.Count > 0 && await FormDoor.IsOpenAsync(database, cancel);
        if (closes) await FormDoor.SetAsync(database, scope.ServiceProvider.GetRequiredService<AuditLog>(), Actor.Schedule, open: false, FormReason.Overdue, Now, cancel);
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (closes) publisher.Wake();
        return closes;
    }

    private static async Task<bool> HasWorkAsync(CmsDatabase database, IReadOnlyList<OverdueMessage> overdue, CancellationToken cancel) =>
        await FormDoor.IsOpenAsync(database, cancel) || (await UntoldAsync(database, overdue, cancel)).Count > 0;

    /// <summary>Groups that nobody was told of since the last of their messages became overdue.</summary>
    private static async Task<IReadOnlyList<ReferralGroup>> UntoldAsync(CmsDatabase database, IReadOnlyList<OverdueMessage> overdue, CancellationToken cancel)
    {
        var untold = new List<ReferralGroup>();
        foreach (var group in overdue.GroupBy(message => message.Group))
        {
            var last = group.Max(message => message.Due);
            if (!await database.Set<ReferralAlert>().AnyAsync(alert => alert.Kind == AlertKind.Overdue && alert.Group == group.Key && alert.To == null && alert.WantedAt >= last, cancel)) untold.Add(group.Key);
        }

        return untold;
    }
}

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;

namespace Portal.Cms.Referrals.Alerts;

/// <summary>Where a message, or one that nobody opened, asks for a mail. It is written in the caller's transaction; when it goes and to whom is decided as it is sent.</summary>
internal static class AlertQueue
{
    /// <summary>Adds the wish for a mail; the caller saves. One that waits already is for this message too.</summary>
    public static void Add(CmsDatabase database, AlertKind kind, ReferralGroup group, Instant now)
    {
        if (database.Set<ReferralAlert>().Local.Any(Waits) || database.Set<ReferralAlert>().AsNoTracking().Any(alert => alert.SentAt == null && alert.To == null && alert.Kind == kind && alert.Group == group)) return;
        database.Add(new ReferralAlert { Id = RandomKey.New(), Kind = kind, Group = group, WantedAt = now, NextAt = now });

        bool Waits(ReferralAlert alert) => alert.SentAt is null && alert.To is null && alert.Kind == kind && alert.Group == group;
    }
}

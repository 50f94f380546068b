using Portal.Cms.Database;
using Portal.Cms.Staff;

namespace Portal.Cms.Referrals.Inbox;

/// <summary>Which messages somebody sees. Every page and every address of the inbox asks here.</summary>
internal static class ReferralSight
{
    /// <summary>
    /// Rows for the list: a worker's own and the unassigned ones of the team; all of them for a lead or an auditor. Those
    /// whose words are deleted are in the log alone.
    /// </summary>
    public static IQueryable<Referral> Rows(CmsDatabase database, StaffUser user)
    {
        var rows = database.Set<Referral>().Where(message => message.State != ReferralState.Deleted);
        if (user.Can(Permissions.ReferLead)) return rows;
        if (user.Can(Permissions.Refer)) return OfWorker(rows, user.Id); // Whatever else they may: one for the lead could be about them.
        return user.Can(Permissions.ReferAudit) ? rows : rows.Where(message => false);
    }

    /// <summary>Those that somebody may open, if a key of theirs fits. An auditor opens none.</summary>
    public static IQueryable<Referral> Openable(CmsDatabase database, StaffUser user)
    {
        var rows = database.Set<Referral>().Where(message => message.State != ReferralState.Deleted);
        return user.Can(Permissions.ReferLead) ? rows : user.Can(Permissions.Refer) ? OfWorker(rows, user.Id) : rows.Where(message => false);
    }

    /// <summary>
    /// Unread first, of these urgent before others, then the oldest. What was read is in order of need and risk as staff set
    /// them, not of waiting (clause 8.1); among equals the oldest first. Until somebody has said, the sender's word counts.
    /// </summary>
    public static IOrderedQueryable<Referral> InOrder(IQueryable<Referral> messages) => messages
        .OrderBy(message => message.State == ReferralState.New ? 0 : 1)
        .ThenBy(message => message.State == ReferralState.New ? (message.Urgent ? 0 : 1) : message.Need == ReferralNeed.High || (message.Need == ReferralNeed.None && message.Urgent) ? 0 : message.Need == ReferralNeed.Low ? 2 : 1)
        .ThenBy(message => message.Received).ThenBy(message => message.Id);

    /// <summary>The same rows without their sealed bytes, for whoever looks at many.</summary>
    public static IQueryable<Referral> WithoutWords(IQueryable<Referral> messages) => messages.Select(message => new Referral
    {
        Id = message.Id,
        Reference = message.Reference,
        KeySet = message.KeySet,
        Readers = message.Readers,
        Received = message.Received,
        SizeClass = message.SizeClass,
        Group = message.Group,
        Urgent = message.Urgent,
        Need = message.Need,
        State = message.State,
        Confirmed = message.Confirmed,
        Unchecked = message.Unchecked,
        AssignedTo = message.AssignedTo,
        OpenedAt = message.OpenedAt,
        HandedOverAt = message.HandedOverAt,
        PromisedAfterHandOver = message.PromisedAfterHandOver,
        PromisedAfterReading = message.PromisedAfterReading,
        KeptUntil = message.KeptUntil,
        KeptFor = message.KeptFor,
    });

    private static IQueryable<Referral> OfWorker(IQueryable<Referral> rows, Guid account) =>
        rows.Where(message => message.Group == ReferralGroup.Team && (message.AssignedTo == null || message.AssignedTo == account));
}

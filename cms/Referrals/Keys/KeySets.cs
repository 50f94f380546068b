using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Staff;
using Portal.Content.Referrals;

namespace Portal.Cms.Referrals.Keys;

/// <summary>Whom a message is sealed to. Both lists are empty where nothing may be sealed: no checked recovery key, or nobody to read.</summary>
/// <param name="Id">See <see cref="IntakeSetting.IdOf"/>.</param>
/// <param name="Team">Recipients (<c>age1…</c>) in ordinal order, the recovery key among them.</param>
/// <param name="Lead">The same for messages about somebody who works here.</param>
internal sealed record KeySet(string Id, IReadOnlyList<string> Team, IReadOnlyList<string> Lead)
{
    /// <summary>Whom a message of a group is sealed to.</summary>
    public IReadOnlyList<string> Of(ReferralGroup group) => group == ReferralGroup.Lead ? Lead : Team;
}

/// <summary>The key set in force. Whoever loses their account or their role is out of it with the next question.</summary>
internal static class KeySets
{
    private static readonly Role[] Workers = Holding(Permissions.Refer);
    private static readonly Role[] LeadRoles = Holding(Permissions.ReferLead);

    public static async Task<KeySet> CurrentAsync(CmsDatabase database, CancellationToken cancel = default)
    {
        var recovery = await RecoveryAsync(database, cancel);
        var members = await Admitted(database)
            .Select(member => new { member.Recipient, IsLead = database.Grants.Any(grant => grant.AccountId == member.AccountId && LeadRoles.Contains(grant.Role)) })
            .ToListAsync(cancel);
        var team = List(recovery, members.Select(member => member.Recipient));
        var lead = List(recovery, members.Where(member => member.IsLead).Select(member => member.Recipient));
        return new(IntakeSetting.IdOf(team, lead), team, lead);
    }

    /// <summary>The recovery key in force: the newest that was checked and has not ended; null for none.</summary>
    public static Task<string?> RecoveryAsync(CmsDatabase database, CancellationToken cancel = default) => database.Set<RecoveryKey>().AsNoTracking()
        .Where(key => key.CheckedAt != null && key.EndedAt == null).OrderByDescending(key => key.CheckedAt).Select(key => key.Recipient).FirstOrDefaultAsync(cancel);

    /// <summary>Accounts that may sign in and may open messages, with or without a key.</summary>
    public static IQueryable<Account> Allowed(CmsDatabase database) => database.Users.AsNoTracking()
        .Where(account => !account.Disabled && database.Grants.Any(grant => grant.AccountId == account.Id && Workers.Contains(grant.Role)));

    /// <summary>Members whose key counts: let in, not ended, and still allowed.</summary>
    public static IQueryable<KeyMember> Admitted(CmsDatabase database)
    {
        var allowed = Allowed(database);
        return database.Set<KeyMember>().AsNoTracking().Where(member => member.AdmittedAt != null && member.EndedAt == null && allowed.Any(account => account.Id == member.AccountId));
    }

    /// <summary>The same, of those who also open messages about somebody who works here.</summary>
    public static IQueryable<KeyMember> AdmittedLeads(CmsDatabase database)
    {
        var leads = Leads(database);
        return Admitted(database).Where(member => leads.Any(account => account.Id == member.AccountId));
    }

    /// <summary>Accounts of safeguarding leads that may sign in.</summary>
    public static IQueryable<Account> Leads(CmsDatabase database) => Allowed(database)
        .Where(account => database.Grants.Any(grant => grant.AccountId == account.Id && LeadRoles.Contains(grant.Role)));

    private static List<string> List(string? recovery, IEnumerable<string> members)
    {
        var list = members.ToList();
        return recovery is null || list.Count == 0 ? [] : [.. list.Append(recovery).Order(StringComparer.Ordinal)];
    }

    private static Role[] Holding(string permission) => [.. Enum.GetValues<Role>().Where(role => Permissions.Of(role).Contains(permission))];
}

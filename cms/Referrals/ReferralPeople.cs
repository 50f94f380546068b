using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Staff;

namespace Portal.Cms.Referrals;

/// <summary>Somebody who answers messages.</summary>
/// <param name="Email">Where their letters go; empty for none.</param>
/// <param name="HasKey">True where they can open what is sealed to them: their key was admitted and has not ended.</param>
internal sealed record ReferralPerson(Guid Id, string Name, string Email, bool IsLead, bool HasKey);

/// <summary>Who answers messages now: everybody with a role for it whose account is not disabled.</summary>
internal static class ReferralPeople
{
    /// <summary>By name.</summary>
    public static async Task<IReadOnlyList<ReferralPerson>> AllAsync(CmsDatabase database, CancellationToken cancel = default)
    {
        var grants = await database.Grants.AsNoTracking().Where(grant => grant.Role == Role.ReferralWorker || grant.Role == Role.SafeguardingLead)
            .Join(database.Users.Where(account => !account.Disabled), grant => grant.AccountId, account => account.Id, (grant, account) => new { account.Id, account.Name, account.Email, grant.Role }).ToListAsync(cancel);
        var keyed = await database.Set<KeyMember>().AsNoTracking().Where(member => member.AdmittedAt != null && member.EndedAt == null).Select(member => member.AccountId).ToListAsync(cancel);
        return [.. grants.GroupBy(grant => grant.Id).Select(own => new ReferralPerson(own.Key, own.First().Name, own.First().Email ?? string.Empty, own.Any(grant => grant.Role == Role.SafeguardingLead), keyed.Contains(own.Key)))
            .OrderBy(person => person.Name, StringComparer.Ordinal).ThenBy(person => person.Id)];
    }
}

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;

namespace Portal.Cms.Referrals.Keys;

/// <summary>
/// Notes that the key set is another one: a row of the log and the wish to publish the site with it. What was noted last
/// stands in the log, so that no change is lost between two processes, and none is noted twice.
/// </summary>
internal sealed class KeyChange(CmsDatabase database, AuditLog audit, TimeProvider time)
{
    public const string Act = "referral.keys";

    /// <summary>Asked in the transaction of whatever may have changed the set, after that was saved.</summary>
    public async Task NoteAsync(Actor actor, CancellationToken cancel)
    {
        var set = await KeySets.CurrentAsync(database, cancel);
        var last = await database.Audit.AsNoTracking().Where(row => row.Act == Act).OrderByDescending(row => row.Number).Select(row => row.Subject).FirstOrDefaultAsync(cancel);
        if (set.Id == last || (last is null && set.Team.Count == 0)) return;
        audit.Add(database, actor, Act, set.Id, $"team {set.Team.Count} keys, lead {set.Lead.Count} keys");
        database.Outbox.Add(new() { At = Instant.FromDateTimeOffset(time.GetUtcNow()), By = actor.Name, What = "keys of the form" });
        await database.SaveChangesAsync(cancel);
    }
}

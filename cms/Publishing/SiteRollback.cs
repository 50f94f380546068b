using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Cms.Publishing;

/// <summary>
/// Asks for the files of an earlier publication: a wish like any other, noted with who wished it, so that it waits its
/// turn and is carried out after a crash too.
/// </summary>
internal sealed class SiteRollback(CmsDatabase database, Publisher publisher, AuditLog audit, TimeProvider time)
{
    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <returns>False where the publication is no longer kept, or is older than a mark "confidential": it may show what must not be seen again.</returns>
    public async Task<bool> RunAsync(Guid id, Actor actor, CancellationToken cancel = default)
    {
        var old = await database.Publications.AsNoTracking().FirstOrDefaultAsync(publication => publication.Id == id && database.Manifests.Any(manifest => manifest.PublicationId == id), cancel);
        if (old is null || await database.Entries.AnyAsync(entry => entry.Confidential && entry.UpdatedAt >= old.At, cancel)) return false;
        await WishAsync($"roll back to {LondonTime.Write(old.At)}", id, "site.roll-back", actor, cancel);
        return true;
    }

    /// <summary>Ends a roll back: puts the site of the texts of now in place again.</summary>
    public Task EndAsync(Actor actor, CancellationToken cancel = default) => WishAsync("end of the roll back", null, "site.publish", actor, cancel);

    private async Task WishAsync(string what, Guid? target, string act, Actor actor, CancellationToken cancel)
    {
        database.Outbox.Add(new() { At = Now, By = actor.Name, What = what, RollBackTo = target });
        audit.Add(database, actor, act, target?.ToString() ?? "site");
        await database.SaveChangesAsync(cancel);
        await publisher.RunOnceAsync(cancel);
    }
}

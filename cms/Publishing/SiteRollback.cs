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
internal sealed class SiteRollback(CmsDatabase database, PublicationStore store, Publisher publisher, AuditLog audit, TimeProvider time)
{
    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Why the site cannot go back to a publication; null where it was asked for. What then cannot be made is told as a publication that failed.</summary>
    public async Task<string?> RunAsync(Guid id, Actor actor, CancellationToken cancel = default)
    {
        var old = await database.Publications.AsNoTracking().FirstOrDefaultAsync(publication => publication.Id == id && database.Manifests.Any(manifest => manifest.PublicationId == id), cancel);
        if (old is null) return "That publication is no longer kept. Choose a later one.";
        if (await store.MadeOfAsync(id, cancel) is null) return "An earlier version of the program made that publication, and nobody can tell what of it was withdrawn since. Choose a later one.";

        // Other texts of then may tell what the record does.
        if (await database.Entries.Where(entry => entry.Confidential && entry.UpdatedAt >= old.At).OrderBy(entry => entry.Path).Select(entry => entry.Path).FirstOrDefaultAsync(cancel) is { } secret)
            return $"{secret} is confidential and was changed since: the site of then may show what must not be seen again. Choose a later one.";
        await WishAsync($"roll back to {LondonTime.Write(old.At)}", id, "site.roll-back", actor, cancel);
        return null;
    }

    /// <summary>Ends a roll back: puts the site of the texts of now in place again.</summary>
    public Task EndAsync(Actor actor, CancellationToken cancel = default) => WishAsync("end of the roll back", OutboxRow.End, "site.publish", actor, cancel);

    private async Task WishAsync(string what, Guid target, string act, Actor actor, CancellationToken cancel)
    {
        database.Outbox.Add(new() { At = Now, By = actor.Name, What = what, RollBackTo = target });
        audit.Add(database, actor, act, target == OutboxRow.End ? "site" : target.ToString());
        await database.SaveChangesAsync(cancel);
        await publisher.RunOnceAsync(cancel);
    }
}

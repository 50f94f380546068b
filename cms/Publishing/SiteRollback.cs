using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Delivery;
using Portal.Cms.Hosting;
using Portal.Site.Building;

namespace Portal.Cms.Publishing;

/// <summary>Puts the files of an earlier publication in place again, as any publication is put in place.</summary>
internal sealed class SiteRollback(CmsDatabase database, CmsSettings settings, Publisher publisher, DeliveryFeed delivery, IServiceProvider services, AuditLog audit, TimeProvider time)
{
    /// <returns>False where the publication is no longer kept, or is older than a mark "confidential": it may show what must not be seen again.</returns>
    public async Task<bool> RunAsync(Guid id, Actor actor, CancellationToken cancel = default)
    {
        var old = await database.Publications.AsNoTracking().FirstOrDefaultAsync(publication => publication.Id == id && publication.Failure == null, cancel);
        if (old is not { Manifest.Length: > 0 }) return false;
        if (await database.Entries.AnyAsync(entry => entry.Confidential && entry.UpdatedAt >= old.At, cancel)) return false;
        var output = new SiteOutput();
        foreach (var line in old.Manifest.Split('\n'))
        {
            var (hash, path) = (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            output.Add(path, (await database.Files.AsNoTracking().FirstAsync(file => file.Hash == hash, cancel)).Bytes);
        }

        var placement = new Placement(0, 0, 0);
        await publisher.AloneAsync(() => placement = new OutputWriter(settings.SiteFolder).Place(output), cancel);
        var publication = new Publication
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            At = Instant.FromDateTimeOffset(time.GetUtcNow()),
            By = actor.Name,
            What = $"roll back to {LondonTime.Write(old.At)}",
            Manifest = old.Manifest,
            Written = placement.Written,
            Removed = placement.Removed,
        };
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        database.Publications.Add(publication);
        audit.Add(database, actor, "site.roll-back", old.Id.ToString());
        await DeliveryWriter.RestoreAsync(database, old.At, publication, cancel);
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        delivery.Refresh();
        services.GetService<NetlifyDeployer>()?.Wake();
        return true;
    }
}

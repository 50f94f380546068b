using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;

namespace Portal.Cms.Publishing;

/// <summary>Since when visitors see what was approved; or why they do not yet.</summary>
/// <param name="Since">Null while they do not see it.</param>
/// <param name="Why">Empty where they do.</param>
public sealed record Seen(Instant? Since, string Why);

/// <summary>Tells of approved texts since when visitors see them: once the folder has them and, where there is one, the host serves them.</summary>
internal sealed class PublicSince(CmsDatabase database, PublicationStore store, IServiceProvider services)
{
    /// <param name="approved">When they went live in the CMS.</param>
    /// <param name="texts">Their paths, each with the revision that is public.</param>
    public async Task<Seen> OfAsync(Instant approved, IReadOnlyCollection<(string Path, Guid Revision)> texts, CancellationToken cancel = default)
    {
        var last = await store.LastAsync(cancel);
        if (last is { RollBackOf: not null } && await store.MadeOfAsync(last.Id, cancel) is { } made && texts.Except(made.Texts).Any())
            return new(null, "The site is rolled back. It is shown once that is ended, on the page Publishing.");
        var first = await database.Publications.AsNoTracking().Where(publication => publication.Failure == null && publication.RollBackOf == null && publication.At >= approved).OrderBy(publication => publication.Number).FirstOrDefaultAsync(cancel);
        if (first is null || last is null)
        {
            var failure = await database.Publications.Where(publication => publication.Failure == null || publication.RollBackOf == null).OrderByDescending(publication => publication.Number).Select(publication => publication.Failure).FirstOrDefaultAsync(cancel);
            return new(null, failure is null ? "It is on its way to the site." : $"The site could not be published: {failure}");
        }

        if (services.GetService<NetlifyDeployer>() is null) return new(first.At, string.Empty);
        var served = await database.Deploys.AsNoTracking().Where(deploy => deploy.LiveSince != null)
            .Join(database.Publications.Where(publication => publication.Number >= first.Number), deploy => deploy.PublicationId, publication => publication.Id, (deploy, publication) => new { deploy.LiveSince, publication.Number })
            .OrderBy(each => each.Number).Select(each => each.LiveSince).FirstOrDefaultAsync(cancel);
        if (served is not null) return new(served, string.Empty);
        var refused = await database.Deploys.AsNoTracking().Where(deploy => deploy.PublicationId == last.Id).Select(deploy => deploy.Failure).FirstOrDefaultAsync(cancel);
        return new(null, refused is null ? "It is on its way to the host." : $"The host does not serve it yet: {refused}");
    }
}

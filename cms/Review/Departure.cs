using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Sharing;

namespace Portal.Cms.Review;

/// <summary>What ends with a text that leaves the site: its way to a second person, and every link that shows it to somebody without an account.</summary>
internal static class Departure
{
    /// <summary>What a review says that ended so.</summary>
    public const string Comment = "It was taken off the site while it waited for a second person. Submit it again if it is to come back.";

    /// <summary>Takes a text off. Saves nothing itself.</summary>
    public static async Task TakeOffAsync(CmsDatabase database, AuditLog audit, Entry entry, Actor actor, Instant now, CancellationToken cancel)
    {
        (entry.Live, entry.LiveSince, entry.PublishAt, entry.ExpireAt, entry.State) = (null, null, null, null, EntryState.Withdrawn);
        await EndAsync(database, audit, entry, actor, now, cancel);
    }

    /// <summary>Ends what would bring a text, or an old revision of it, before somebody's eyes. Saves nothing itself.</summary>
    public static async Task EndAsync(CmsDatabase database, AuditLog audit, Entry entry, Actor actor, Instant now, CancellationToken cancel)
    {
        await CloseReviewsAsync(database, entry, actor, now, cancel);
        foreach (var link in await database.Set<PreviewLink>().Where(link => link.Path == entry.Path && link.RevokedAt == null && link.ExpiresAt > now).ToListAsync(cancel))
        {
            link.RevokedAt = now;
            audit.Add(database, actor, "preview.revoke", link.Path, $"link {link.Id}");
        }
    }

    /// <summary>A review of a text whose state is another now can never be approved.</summary>
    public static async Task CloseReviewsAsync(CmsDatabase database, Entry entry, Actor actor, Instant now, CancellationToken cancel)
    {
        foreach (var review in await database.Reviews.Where(review => review.Path == entry.Path && review.DecidedAt == null).ToListAsync(cancel))
            (review.DecidedAt, review.DecidedById, review.DecidedBy, review.Approved, review.Comment) = (now, actor.Id, actor.Name, false, Comment);
    }
}

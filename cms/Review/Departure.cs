using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Bundles;
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

    /// <summary>
    /// A bundle that waits would bring back what a person took off, in words that nobody looked at again: it is a draft again
    /// and says why. What only came to its last day may come back with one. Saves nothing itself.
    /// </summary>
    /// <param name="paths">What was taken off.</param>
    public static async Task HoldBundlesAsync(CmsDatabase database, AuditLog audit, IReadOnlyCollection<string> paths, Actor actor, CancellationToken cancel)
    {
        var rows = await database.Set<BundleMember>().Where(member => paths.Contains(member.Path))
            .Join(database.Set<Bundle>().Where(bundle => bundle.State == BundleState.InReview || bundle.State == BundleState.Scheduled), member => member.BundleId, bundle => bundle.Id, (member, bundle) => new { Bundle = bundle, member.Path })
            .OrderBy(row => row.Path).ToListAsync(cancel);
        foreach (var held in rows.GroupBy(row => row.Bundle, row => row.Path))
        {
            var bundle = held.Key;
            if (bundle.State is not (BundleState.InReview or BundleState.Scheduled)) continue; // The same act changed it, and it is not saved yet.
            var (left, one) = (string.Join(", ", held), held.Count() == 1);
            (bundle.State, bundle.Version) = (BundleState.Draft, bundle.Version + 1);
            bundle.Comment = $"It does not go live: {left} {(one ? "was" : "were")} taken off the site. Take {(one ? "it" : "them")} out, or submit the bundle anew if {(one ? "it is" : "they are")} to come back with it.";
            audit.Add(database, actor, "bundle.held", bundle.Id.ToString(), $"taken off the site: {left}");
        }
    }

    /// <summary>A review of a text whose state is another now can never be approved.</summary>
    public static async Task CloseReviewsAsync(CmsDatabase database, Entry entry, Actor actor, Instant now, CancellationToken cancel)
    {
        foreach (var review in await database.Reviews.Where(review => review.Path == entry.Path && review.DecidedAt == null).ToListAsync(cancel))
            (review.DecidedAt, review.DecidedById, review.DecidedBy, review.Approved, review.Comment) = (now, actor.Id, actor.Name, false, Comment);
    }
}

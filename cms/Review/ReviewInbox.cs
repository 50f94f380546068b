using Microsoft.EntityFrameworkCore;

using Portal.Cms.Bundles;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Staff;

namespace Portal.Cms.Review;

/// <summary>A text that waits for a second person.</summary>
internal sealed record WaitingReview(ReviewRequest Review, string Title);

/// <summary>What waits for a second person, and what of it this person may decide.</summary>
internal sealed class ReviewInbox(CmsDatabase database, BundleDesk bundles, StaffUser user)
{
    /// <param name="mine">True for what this person may decide alone: neither theirs nor beyond their role.</param>
    public async Task<IReadOnlyList<WaitingReview>> TextsAsync(bool mine, CancellationToken cancel = default)
    {
        if (mine && !user.Can(Permissions.Review)) return [];
        var entries = mine ? database.Entries.Where(FourEyes.HasNoPartOf(database, user.Id)) : database.Entries;
        var rows = await database.Reviews.AsNoTracking().Where(review => review.DecidedAt == null && (!mine || review.SubmittedById != user.Id)).OrderBy(review => review.SubmittedAt)
            .Join(entries, review => review.Path, entry => entry.Path, (review, entry) => new { Review = review, entry.Title, entry.Language }).ToListAsync(cancel);
        return [.. rows.Where(row => user.CanRead(row.Language)).Select(row => new WaitingReview(row.Review, row.Title))];
    }

    /// <summary>The same of bundles; there are never many.</summary>
    public async Task<IReadOnlyList<Bundle>> BundlesAsync(bool mine, CancellationToken cancel = default)
    {
        if (mine && !user.Can(Permissions.Review)) return [];
        var waiting = new List<Bundle>();
        foreach (var bundle in await database.Set<Bundle>().AsNoTracking().Where(bundle => bundle.State == BundleState.InReview).OrderBy(bundle => bundle.SubmittedAt).ToListAsync(cancel))
            if (!mine || await bundles.RefusalAsync(bundle, user.Id, cancel) is null) waiting.Add(bundle);
        return waiting;
    }
}

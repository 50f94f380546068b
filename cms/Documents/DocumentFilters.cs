using NodaTime;
using NodaTime.Text;

using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Review;
using Portal.Content.Documents;
using Portal.Content.Languages;

namespace Portal.Cms.Documents;

/// <summary>What needs somebody, as conditions on the list of documents: what the start page counts and what its links show is one thing.</summary>
public sealed class DocumentFilters(CmsDatabase database, TimeProvider time)
{
    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private LocalDate Today => Now.InZone(LondonTime.Zone).Date;

    /// <summary>Texts whose day of review has come, those off the site apart.</summary>
    public IQueryable<Entry> Due(IQueryable<Entry> entries)
    {
        var today = LocalDatePattern.Iso.Format(Today);
        return entries.Where(entry => entry.ReviewBy != null && string.Compare(entry.ReviewBy, today) <= 0 && entry.State != EntryState.Withdrawn);
    }

    /// <summary>Translations of an English text that has changed since. The simple version is a text of its own and never behind.</summary>
    public IQueryable<Entry> Stale(IQueryable<Entry> entries) => entries.Where(entry => entry.Stale > 0 && entry.Language != Language.Simple.Code);

    /// <summary>Places that one can go to and that nobody has confirmed within the last 90 days.</summary>
    public IQueryable<Entry> Unverified(IQueryable<Entry> entries)
    {
        var last = LocalDatePattern.Iso.Format(Today.PlusDays(-AccessPoint.VerifiedForDays));
        return entries.Where(entry => entry.NeedsConfirming && (entry.VerifiedOn == null || string.Compare(entry.VerifiedOn, last) <= 0) && entry.State != EntryState.Withdrawn);
    }

    /// <summary>Public texts whose last day is over: they stay because the site cannot be without them.</summary>
    public IQueryable<Entry> Overstaying(IQueryable<Entry> entries)
    {
        var now = Now;
        return entries.Where(entry => entry.Live != null && entry.ExpireAt <= now);
    }

    /// <summary>Texts that were approved, failed the checks at their instant, and are as they were since.</summary>
    public IQueryable<Entry> Held(IQueryable<Entry> entries) => entries.Where(entry => entry.State == EntryState.Draft
        && database.Reviews.Any(review => review.RevisionId == entry.Head && review.Approved == false && review.DecidedById == null && review.Comment.StartsWith(ReviewDesk.Held)));
}

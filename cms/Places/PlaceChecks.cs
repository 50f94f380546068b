using Microsoft.EntityFrameworkCore;

using NodaTime;
using NodaTime.Text;

using Portal.Cms.Audit;
using Portal.Cms.Bundles;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Review;
using Portal.Content.Documents;
using Portal.Content.Text;

namespace Portal.Cms.Places;

/// <summary>How the last check of a place by telephone stands.</summary>
public enum PlaceCheck
{
    /// <summary>Nobody has confirmed it.</summary>
    Never,

    /// <summary>Confirmed, more than <see cref="AccessPoint.VerifiedForDays"/> days ago.</summary>
    RunOut,

    /// <summary>Counts, and runs out within <see cref="PlaceChecks.SoonDays"/> days.</summary>
    Soon,

    Counts,
}

/// <summary>What came of a confirmation.</summary>
public enum Confirmation
{
    /// <summary>Noted, and a second person was asked.</summary>
    Confirmed,

    /// <summary>Noted in a text with changes that nobody submitted yet, and that goes no further by itself.</summary>
    Noted,

    /// <summary>Not noted: somebody changed what was confirmed.</summary>
    Changed,

    /// <summary>Not noted: what was approved and waits for its instant, the text alone or a bundle with it, would have to be approved anew.</summary>
    Scheduled,
}

/// <summary>Notes that somebody rang a place and that what is written about it is true.</summary>
internal sealed class PlaceChecks(CmsDatabase database, DocumentStore documents, ReviewDesk desk, AuditLog audit, TimeProvider time)
{
    /// <summary>Days before a check runs out from which on it is named on the lists.</summary>
    public const int SoonDays = 14;

    public LocalDate Today => Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(LondonTime.Zone).Date;

    /// <summary>Last day on which the check of an entry counts; null where there is none.</summary>
    public static LocalDate? CountsUntil(Entry entry) =>
        LocalDatePattern.Iso.Parse(entry.VerifiedOn ?? string.Empty) is { Success: true, Value: var day } ? day.PlusDays(AccessPoint.VerifiedForDays - 1) : null;

    public PlaceCheck Of(Entry entry) => CountsUntil(entry) switch
    {
        null => PlaceCheck.Never,
        { } until when until < Today => PlaceCheck.RunOut,
        { } until when until < Today.PlusDays(SoonDays) => PlaceCheck.Soon,
        _ => PlaceCheck.Counts,
    };

    /// <summary>
    /// Writes day and name into the text as a new revision, notes it, and submits it where nothing else waits to be
    /// published: the second person approves a date, not a text. A text that waits for a second person goes on waiting,
    /// with the date and for its own instant; one that was approved for an instant, alone or in a bundle, is left as it is.
    /// </summary>
    /// <param name="version">The version that was confirmed: who saved since may have changed it.</param>
    public async Task<Confirmation> ConfirmAsync(Entry entry, long version, Actor actor, CancellationToken cancel = default)
    {
        if (entry.Version == version && (entry.State == EntryState.Scheduled || await IsScheduledInBundleAsync(entry, cancel))) return Confirmation.Scheduled;
        var head = await documents.HeadAsync(entry, cancel);
        var (asks, publishAt) = (!entry.HasUnpublished || entry.State == EntryState.InReview, entry.PublishAt);
        var text = FieldValues.Apply(DocumentText.Parse(head.Text), typeof(AccessPoint), new Dictionary<string, FieldValue>
        {
            ["verifiedOn"] = new FieldValue.Words(LocalDatePattern.Iso.Format(Today)),
            ["verifiedBy"] = new FieldValue.Words(actor.Name),
        }).ToString();
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        audit.Add(database, actor, "place.confirm", entry.Path, LocalDatePattern.Iso.Format(Today));
        var saving = await documents.SaveAsync(entry.Path, text, version, actor, "Confirmed by telephone", keepDraft: true, cancel);
        if (saving.Conflict is not null) return Confirmation.Changed;
        var isAsked = saving.Entry.State == EntryState.InReview; // Confirmed twice on one day by one person: nothing changed.
        if (!isAsked && asks && saving.Entry.HasUnpublished) isAsked = await desk.SubmitAsync(saving.Entry, saving.Entry.Version, actor, publishAt, cancel);
        await transaction.CommitAsync(cancel);
        return isAsked || !saving.Entry.HasUnpublished ? Confirmation.Confirmed : Confirmation.Noted;
    }

    private Task<bool> IsScheduledInBundleAsync(Entry entry, CancellationToken cancel) => database.Set<BundleMember>().AnyAsync(member =>
        member.Path == entry.Path && member.RevisionId == entry.Head && database.Set<Bundle>().Any(bundle => bundle.Id == member.BundleId && bundle.State == BundleState.Scheduled), cancel);
}

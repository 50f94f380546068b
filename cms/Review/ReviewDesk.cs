using Microsoft.EntityFrameworkCore;
using NodaTime;
using Portal.Cms.Audit;
using Portal.Cms.Checks;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Translations;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Review;

/// <summary>
/// From a saved text to a public one: submit, a second person's yes or no, live at once or at an instant, withdraw. What
/// is decided, the note of who decided it and the wish to publish are written in one transaction.
/// </summary>
internal sealed class ReviewDesk(CmsDatabase database, SiteContent content, AuditLog audit, DocumentChecks checks, Publisher publisher, TimeProvider time)
{
    /// <summary>How the reason begins for which an approved text did not go live at its instant.</summary>
    public const string Held = "It did not go live: ";

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Asks a second person to look at the newest revision. False where it changed since <paramref name="version"/>.</summary>
    /// <param name="publishAt">When it is to go live once approved; null for at once.</param>
    public async Task<bool> SubmitAsync(Entry entry, long version, Actor actor, Instant? publishAt, CancellationToken cancel = default)
    {
        if (entry.Version != version || actor.Id is not { } author) return false;
        (entry.State, entry.PublishAt, entry.Version) = (EntryState.InReview, publishAt, entry.Version + 1);
        database.Reviews.Add(new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Path = entry.Path,
            RevisionId = entry.Head,
            SubmittedById = author,
            SubmittedBy = actor.Name,
            SubmittedAt = Now,
            PublishAt = publishAt,
        });
        audit.Add(database, actor, "document.submit", entry.Path);
        return await SavedAsync(cancel);
    }

    /// <summary>Why this person cannot approve this revision; null where they can. Four eyes: never who wrote or submitted it.</summary>
    public async Task<string?> RefusalAsync(ReviewRequest review, Guid person, CancellationToken cancel = default)
    {
        if (review.DecidedAt is not null) return "It was decided already.";
        if (review.SubmittedById == person) return "You submitted this. Somebody else must approve it.";
        return await database.Entries.Where(entry => entry.Path == review.Path).AnyAsync(FourEyes.HasPartOf(database, person), cancel) ? "You wrote part of this. Somebody else must approve it." : null;
    }

    /// <summary>A second person's yes. False where the text changed meanwhile.</summary>
    /// <param name="accepted">Names of the rules whose warnings the person read and let pass: they go into the log, the words do not.</param>
    /// <exception cref="InvalidOperationException">The person may not approve it.</exception>
    public async Task<bool> ApproveAsync(ReviewRequest review, Actor actor, string comment, IReadOnlyCollection<string> accepted, CancellationToken cancel = default)
    {
        if (actor.Id is not { } person || await RefusalAsync(review, person, cancel) is not null) throw new InvalidOperationException($"{actor.Name} cannot approve {review.Path}.");
        var entry = await database.Entries.FirstAsync(each => each.Path == review.Path, cancel);
        if (entry.Head != review.RevisionId || entry.State != EntryState.InReview) return false;
        Decide(review, person, actor.Name, approved: true, comment);
        audit.Add(database, actor, "document.approve", entry.Path, accepted.Count == 0 ? string.Empty : "warnings accepted: " + string.Join("; ", accepted));
        if (review.PublishAt is { } at && at > Now)
        {
            (entry.State, entry.PublishAt, entry.Version) = (EntryState.Scheduled, at, entry.Version + 1);
            return await SavedAsync(cancel);
        }

        await GoLiveAsync(entry, actor, cancel);
        return await SavedAsync(cancel) && publisher.Wake();
    }

    public async Task<bool> SendBackAsync(ReviewRequest review, Actor actor, string comment, CancellationToken cancel = default)
    {
        if (actor.Id is not { } person || review.DecidedAt is not null) return false;
        var entry = await database.Entries.FirstAsync(each => each.Path == review.Path, cancel);
        Decide(review, person, actor.Name, approved: false, comment);
        (entry.State, entry.PublishAt, entry.Version) = (EntryState.Draft, null, entry.Version + 1);
        audit.Add(database, actor, "document.send-back", entry.Path, comment);
        return await SavedAsync(cancel);
    }

    /// <summary>Why a text cannot leave the site; null where it can.</summary>
    public async Task<string?> NeededForAsync(Entry entry, CancellationToken cancel = default) =>
        EntryAccess.NeededFor(entry, ContentReader.Settings(await content.TextsAsync([DataTable.Settings.Path], cancel)));

    /// <summary>Takes the approval of a text back that waits for its instant: it is a draft again.</summary>
    public async Task<bool> UnscheduleAsync(Entry entry, Actor actor, CancellationToken cancel = default)
    {
        if (entry.State != EntryState.Scheduled) return false;
        (entry.State, entry.PublishAt, entry.Version) = (EntryState.Draft, null, entry.Version + 1);
        if (entry.Live is null) entry.ExpireAt = null; // Else it would leave, later and unasked, as soon as it is public.
        audit.Add(database, actor, "document.unschedule", entry.Path);
        return await SavedAsync(cancel);
    }

    /// <summary>
    /// Takes a text off the site now, a base text with its translations, which cannot stand without it. One person can
    /// always do this alone; it is noted with the reason.
    /// </summary>
    public async Task<bool> WithdrawAsync(Entry entry, Actor actor, string reason, CancellationToken cancel = default)
    {
        if (entry.Live is null || await NeededForAsync(entry, cancel) is not null) return false;
        var leaving = await TakeOffAsync(entry, actor, cancel);
        foreach (var each in leaving) audit.Add(database, actor, "document.withdraw", each.Path, reason);
        await Departure.HoldBundlesAsync(database, audit, [.. leaving.Select(each => each.Path)], actor, cancel);
        database.Outbox.Add(new() { At = Now, By = actor.Name, What = $"withdraw {entry.Path}" });
        return await SavedAsync(cancel) && publisher.Wake();
    }

    /// <summary>Sets or clears the instant a public or a scheduled text leaves the site by itself. False where it changed since <paramref name="version"/>.</summary>
    public async Task<bool> ExpireAsync(Entry entry, long version, Actor actor, Instant? at, CancellationToken cancel = default)
    {
        if (entry.Version != version) return false;
        if (at is not null && await NeededForAsync(entry, cancel) is not null) return false;
        (entry.ExpireAt, entry.Version) = (at, entry.Version + 1);
        audit.Add(database, actor, "document.expire", entry.Path, at?.ToString() ?? "never");
        return await SavedAsync(cancel) && publisher.Wake();
    }

    /// <summary>Lets an approved text go live at another instant than its own, or now: what was approved stays the same.</summary>
    /// <param name="at">Null for now.</param>
    public async Task<bool> RescheduleAsync(Entry entry, long version, Actor actor, Instant? at, CancellationToken cancel = default)
    {
        if (entry.Version != version || entry.State != EntryState.Scheduled) return false;
        audit.Add(database, actor, "document.reschedule", entry.Path, at?.ToString() ?? "now");
        if (at > Now) (entry.PublishAt, entry.Version) = (at, entry.Version + 1);
        else await GoLiveAsync(entry, actor, cancel);
        return await SavedAsync(cancel) && publisher.Wake();
    }

    /// <summary>
    /// Moves what is due: scheduled texts go live, expired ones leave. A text that no longer passes the checks is held back
    /// and is a draft again, sent back with the reason: it would keep everything else from being published. One that the site
    /// has come to need stays past its last day, and the start page says so. Returns how many moved.
    /// </summary>
    public async Task<int> MoveDueAsync(CancellationToken cancel = default)
    {
        var now = Now;
        var due = await database.Entries.Where(entry => entry.State == EntryState.Scheduled && entry.PublishAt <= now).ToListAsync(cancel);
        foreach (var entry in due) await PublishDueAsync(entry, cancel);
        var came = due.Count > 0 && !await SavedAsync(cancel) ? 0 : due.Count;

        // After those: the settings may be among them, and name a line that is about to leave.
        var left = 0;
        foreach (var entry in await database.Entries.Where(entry => entry.Live != null && entry.ExpireAt <= now).ToListAsync(cancel))
        {
            if (entry.Live is null || await NeededForAsync(entry, cancel) is not null) continue; // Null: it left with its English text.
            foreach (var each in await TakeOffAsync(entry, Actor.Schedule, cancel)) audit.Add(database, Actor.Schedule, "document.expired", each.Path);
            database.Outbox.Add(new() { At = now, By = Actor.Schedule.Name, What = $"expire {entry.Path}" });
            left++;
        }

        return left > 0 && !await SavedAsync(cancel) ? came : came + left;
    }

    private async Task PublishDueAsync(Entry entry, CancellationToken cancel)
    {
        var text = await database.Revisions.Where(revision => revision.Id == entry.Head).Select(revision => revision.Text).FirstAsync(cancel);
        var wrong = (await checks.OfAsync(new Dictionary<string, string?> { [entry.Path] = text }, cancel)).Where(finding => finding.Blocks).ToList();
        if (wrong.Count == 0)
        {
            await GoLiveAsync(entry, Actor.Schedule, cancel);
            return;
        }

        (entry.State, entry.PublishAt, entry.Version) = (EntryState.Draft, null, entry.Version + 1);
        if (entry.Live is null) entry.ExpireAt = null;
        audit.Add(database, Actor.Schedule, "document.held", entry.Path, string.Join("; ", wrong.Select(finding => finding.Rule).Distinct()));

        // Whoever submitted it is told as they are of any no; who had approved it stands in the log.
        if (await database.Reviews.Where(review => review.RevisionId == entry.Head && review.Approved == true).OrderByDescending(review => review.DecidedAt).FirstOrDefaultAsync(cancel) is { } approved)
            Decide(approved, null, Actor.Schedule.Name, approved: false, Held + string.Join(' ', wrong.Select(finding => finding.Problem.ToString()).Distinct()));
    }

    /// <summary>The text itself and, where it is the base language's, every public text that stands on it.</summary>
    private async Task<List<Entry>> WithTranslationsAsync(Entry entry, CancellationToken cancel) => entry.Document is null || entry.Language != Language.Base.Code
        ? [entry]
        : await database.Entries.Where(each => each.Document == entry.Document && each.Live != null).ToListAsync(cancel);

    /// <summary>Takes it off with what stands on it, and returns them all.</summary>
    private async Task<List<Entry>> TakeOffAsync(Entry entry, Actor actor, CancellationToken cancel)
    {
        var leaving = await WithTranslationsAsync(entry, cancel);
        foreach (var each in leaving)
        {
            each.Version++;
            await Departure.TakeOffAsync(database, audit, each, actor, Now, cancel);
        }

        return leaving;
    }

    private async Task GoLiveAsync(Entry entry, Actor actor, CancellationToken cancel)
    {
        await SmallCorrection.FollowAsync(database, entry, Now, cancel);
        (entry.Live, entry.LiveSince, entry.PublishAt, entry.State, entry.Version) = (entry.Head, Now, null, EntryState.Published, entry.Version + 1);
        audit.Add(database, actor, "document.publish", entry.Path);
        database.Outbox.Add(new() { At = Now, By = actor.Name, What = $"publish {entry.Path}" });
    }

    private void Decide(ReviewRequest review, Guid? person, string name, bool approved, string comment) =>
        (review.DecidedById, review.DecidedBy, review.DecidedAt, review.Approved, review.Comment) = (person, name, Now, approved, comment);

    /// <summary>False where somebody else wrote the entry between our look and our write: then nothing was written.</summary>
    private async Task<bool> SavedAsync(CancellationToken cancel)
    {
        try
        {
            await database.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            database.ChangeTracker.Clear();
            return false;
        }
    }
}

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Checks;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Review;
using Portal.Cms.Translations;

namespace Portal.Cms.Bundles;

/// <summary>
/// A bundle's way to the public and back, all or nothing: one approval covers the exact revisions of its members, they go
/// live in one transaction with one wish to publish, and they leave in one. Whatever stands in the way is named.
/// </summary>
internal sealed class BundleDesk(CmsDatabase database, ReviewDesk desk, DocumentChecks checks, AuditLog audit, Publisher publisher, TimeProvider time)
{
    /// <summary>What stands in the way of an act on a bundle that is another now.</summary>
    public const string Meanwhile = "Somebody changed it meanwhile. Look at it again.";

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public Task<List<BundleMember>> MembersAsync(Bundle bundle, CancellationToken cancel = default) =>
        database.Set<BundleMember>().Where(member => member.BundleId == bundle.Id).OrderBy(member => member.Path).ToListAsync(cancel);

    /// <summary>What the rules say of the members as they would stand on the site together.</summary>
    public async Task<IReadOnlyList<Finding>> CheckAsync(Bundle bundle, CancellationToken cancel = default)
    {
        var texts = await Revisions(bundle).Select(each => new { each.Member.Path, each.Text }).ToListAsync(cancel);
        return await checks.OfAsync(texts.ToDictionary(each => each.Path, each => (string?)each.Text), cancel);
    }

    /// <summary>Asks a second person to look at the bundle; from here on it is these revisions or none. Returns what stands in the way.</summary>
    public async Task<IReadOnlyList<string>> SubmitAsync(Bundle bundle, long version, Actor actor, CancellationToken cancel = default)
    {
        if (bundle.Version != version || bundle.State is BundleState.InReview or BundleState.Scheduled) return [Meanwhile];
        var members = await MembersAsync(bundle, cancel);
        if (members.Count == 0) return ["Put at least one text into the bundle."];
        foreach (var member in members)
        {
            if (await database.Entries.AsNoTracking().FirstOrDefaultAsync(entry => entry.Path == member.Path, cancel) is not { } entry) return [$"{member.Path} does not exist. Take it out."];
            if (entry.Confidential) return [$"{member.Path} is confidential: it is never published. Take it out."];
            member.RevisionId = entry.Head;
        }

        var wrong = Blocking(await CheckAsync(bundle, cancel));
        if (wrong.Count > 0) return wrong;
        (bundle.State, bundle.SubmittedById, bundle.SubmittedBy, bundle.SubmittedAt, bundle.Comment, bundle.Version) = (BundleState.InReview, actor.Id, actor.Name, Now, string.Empty, bundle.Version + 1);
        audit.Add(database, actor, "bundle.submit", bundle.Id.ToString(), bundle.Name);
        return await SavedAsync(cancel);
    }

    /// <summary>Why this person cannot approve the bundle; null where they can. Never who submitted it, nor who wrote part of a member.</summary>
    public async Task<string?> RefusalAsync(Bundle bundle, Guid person, CancellationToken cancel = default)
    {
        if (bundle.State != BundleState.InReview) return "It was decided already.";
        if (bundle.SubmittedById == person) return "You submitted this. Somebody else must approve it.";
        var wrote = await database.Entries.Where(entry => database.Set<BundleMember>().Any(member => member.BundleId == bundle.Id && member.Path == entry.Path))
            .Where(FourEyes.HasPartOf(database, person)).Select(entry => entry.Path).FirstOrDefaultAsync(cancel);
        return wrote is null ? null : $"You wrote part of {wrote}. Somebody else must approve it.";
    }

    /// <summary>A second person's yes to every member at once. Returns what stands in the way; then nothing was written.</summary>
    /// <param name="accepted">Names of the rules whose warnings the person read and let pass.</param>
    /// <exception cref="InvalidOperationException">The person may not approve it.</exception>
    public async Task<IReadOnlyList<string>> ApproveAsync(Bundle bundle, Actor actor, IReadOnlyCollection<string> accepted, CancellationToken cancel = default)
    {
        if (actor.Id is not { } person || await RefusalAsync(bundle, person, cancel) is not null) throw new InvalidOperationException($"{actor.Name} cannot approve the bundle {bundle.Id}.");
        if (await ObstaclesAsync(bundle, cancel) is { Count: > 0 } obstacles) return obstacles;
        audit.Add(database, actor, "bundle.approve", bundle.Id.ToString(), accepted.Count == 0 ? string.Empty : "warnings accepted: " + string.Join("; ", accepted));
        if (bundle.PublishAt > Now) (bundle.State, bundle.Version) = (BundleState.Scheduled, bundle.Version + 1);
        else await GoLiveAsync(bundle, actor, cancel);
        return Woken(await SavedAsync(cancel));
    }

    /// <summary>A second person's no, or an approval taken back: the bundle is a draft again.</summary>
    public async Task<IReadOnlyList<string>> SendBackAsync(Bundle bundle, Actor actor, string comment, CancellationToken cancel = default)
    {
        if (bundle.State is not (BundleState.InReview or BundleState.Scheduled)) return [Meanwhile];
        audit.Add(database, actor, bundle.State == BundleState.Scheduled ? "bundle.unschedule" : "bundle.send-back", bundle.Id.ToString());
        (bundle.State, bundle.Comment, bundle.Version) = (BundleState.Draft, comment, bundle.Version + 1);
        return await SavedAsync(cancel);
    }

    /// <summary>Lets an approved bundle go live at another instant than its own, or now: what was approved stays the same. Returns what stands in the way.</summary>
    /// <param name="at">Null for now.</param>
    public async Task<IReadOnlyList<string>> RescheduleAsync(Bundle bundle, long version, Actor actor, Instant? at, CancellationToken cancel = default)
    {
        if (bundle.Version != version || bundle.State != BundleState.Scheduled) return [Meanwhile];
        if (await ObstaclesAsync(bundle, cancel) is { Count: > 0 } obstacles) return obstacles;
        audit.Add(database, actor, "bundle.reschedule", bundle.Id.ToString(), at?.ToString() ?? "now");
        if (at > Now) (bundle.PublishAt, bundle.Version) = (at, bundle.Version + 1);
        else await GoLiveAsync(bundle, actor, cancel);
        return Woken(await SavedAsync(cancel));
    }

    /// <summary>
    /// Takes the bundle off the site now; one person can do this alone. What was public before it is public again; a member
    /// that another public bundle needs stays, and so does one that was published anew by itself. One that the site has come
    /// to need stays too, as long as it does: its last day is over, which the start page says. Another bundle that waits does
    /// not bring back what a person took off; one that only came to its end may be followed by the next.
    /// </summary>
    public async Task<IReadOnlyList<string>> WithdrawAsync(Bundle bundle, Actor actor, string reason, CancellationToken cancel = default)
    {
        if (bundle.LiveSince is null) return [Meanwhile];
        audit.Add(database, actor, "bundle.withdraw", bundle.Id.ToString(), reason);
        await Departure.HoldBundlesAsync(database, audit, await LeaveAsync(bundle, actor, cancel), actor, cancel);
        return Woken(await SavedAsync(cancel));
    }

    /// <summary>Moves what is due: approved bundles go live or are held back with the reason, expired ones leave.</summary>
    public async Task MoveDueAsync(CancellationToken cancel = default)
    {
        var now = Now;
        foreach (var bundle in await database.Set<Bundle>().Where(bundle => (bundle.State == BundleState.Scheduled && bundle.PublishAt <= now) || (bundle.LiveSince != null && bundle.ExpireAt <= now)).ToListAsync(cancel))
        {
            if (bundle.State == BundleState.Scheduled && bundle.PublishAt <= now)
            {
                if (await ObstaclesAsync(bundle, cancel) is { Count: > 0 } obstacles)
                {
                    (bundle.State, bundle.PublishAt, bundle.Comment, bundle.Version) = (BundleState.Draft, null, ReviewDesk.Held + string.Join(' ', obstacles), bundle.Version + 1);
                    audit.Add(database, Actor.Schedule, "bundle.held", bundle.Id.ToString());
                }
                else await GoLiveAsync(bundle, Actor.Schedule, cancel);
            }

            if (bundle.LiveSince is not null && bundle.ExpireAt <= now)
            {
                audit.Add(database, Actor.Schedule, "bundle.expired", bundle.Id.ToString());
                await LeaveAsync(bundle, Actor.Schedule, cancel);
            }

            await SavedAsync(cancel);
        }
    }

    /// <summary>Writes a change to the bundle or its members. Whatever was submitted or approved was something else, so it is a draft again.</summary>
    public async Task<IReadOnlyList<string>> ChangeAsync(Bundle bundle, long version, Actor actor, Action change, CancellationToken cancel = default)
    {
        if (bundle.Version != version) return [Meanwhile];
        change();
        if (bundle.State is BundleState.InReview or BundleState.Scheduled) bundle.State = BundleState.Draft;
        bundle.Version++;
        audit.Add(database, actor, "bundle.change", bundle.Id.ToString());
        return await SavedAsync(cancel);
    }

    /// <summary>Why the approved revisions cannot go live now; empty where they can.</summary>
    private async Task<IReadOnlyList<string>> ObstaclesAsync(Bundle bundle, CancellationToken cancel)
    {
        var changed = await Revisions(bundle).Where(each => each.Entry.Head != each.Member.RevisionId).Select(each => each.Member.Path).ToListAsync(cancel);
        if (await Revisions(bundle).Where(each => each.Entry.Confidential).Select(each => each.Member.Path).FirstOrDefaultAsync(cancel) is { } secret) return [$"{secret} is confidential: it is never published. Take it out."];
        return changed.Count > 0 ? [.. changed.Select(path => $"{path} was changed after it was submitted. Submit the bundle anew.")] : Blocking(await CheckAsync(bundle, cancel));
    }

    private async Task GoLiveAsync(Bundle bundle, Actor actor, CancellationToken cancel)
    {
        foreach (var (entry, member) in (await Revisions(bundle).Select(each => new { each.Entry, each.Member }).ToListAsync(cancel)).Select(each => (each.Entry, each.Member)))
        {
            // What an earlier round of this bundle put there is the bundle's own, not what stood before it. The same text may have stood before.
            if (member.Placed is null) member.Before = entry.Live;
            member.Placed = entry.Head;
            if (entry.Live != entry.Head) entry.LiveSince = Now;
            await SmallCorrection.FollowAsync(database, entry, Now, cancel);
            (entry.Live, entry.PublishAt, entry.State, entry.Version) = (entry.Head, null, EntryState.Published, entry.Version + 1);
            await CloseReviewsAsync(entry.Path, actor, cancel);
            audit.Add(database, actor, "document.publish", entry.Path, $"bundle {bundle.Id}");
        }

        (bundle.State, bundle.LiveSince, bundle.PublishAt, bundle.Version) = (BundleState.Published, bundle.LiveSince ?? Now, null, bundle.Version + 1);
        audit.Add(database, actor, "bundle.publish", bundle.Id.ToString(), bundle.Name);
        database.Outbox.Add(new() { At = Now, By = actor.Name, What = $"publish the bundle {bundle.Name}" });
    }

    /// <summary>Takes its members off or back to what stood before, and returns the paths of those.</summary>
    private async Task<List<string>> LeaveAsync(Bundle bundle, Actor actor, CancellationToken cancel)
    {
        var rows = await database.Set<BundleMember>().Where(member => member.BundleId == bundle.Id).Join(database.Entries, member => member.Path, entry => entry.Path, (member, entry) => new
        {
            Member = member,
            Entry = entry,
            Shared = database.Set<BundleMember>().Any(other => other.Path == member.Path && other.BundleId != bundle.Id && database.Set<Bundle>().Any(each => each.Id == other.BundleId && each.LiveSince != null)),
        }).ToListAsync(cancel);
        var (stays, left) = (new List<string>(), new List<string>());
        foreach (var (entry, member, shared) in rows.Where(row => row.Member.Placed is not null).Select(row => (row.Entry, row.Member, row.Shared)))
        {
            var (placed, before) = (member.Placed, member.Before);
            (member.Placed, member.Before) = (null, null);
            if (shared) await HandOverAsync(bundle, member.Path, placed, before, cancel);
            if (shared || entry.Live is null || before == placed || (before is not null && entry.Live != placed)) continue;
            if (before is null && await desk.NeededForAsync(entry, cancel) is { } needed)
            {
                (entry.ExpireAt, entry.Version) = (Now, entry.Version + 1);
                stays.Add($"{entry.Path} stays. {needed}");
                continue;
            }

            entry.Version++;
            left.Add(entry.Path);
            audit.Add(database, actor, "document.withdraw", entry.Path, $"bundle {bundle.Id}");
            if (before is null)
            {
                await Departure.TakeOffAsync(database, audit, entry, actor, Now, cancel);
                continue;
            }

            (entry.Live, entry.ExpireAt, entry.LiveSince, entry.State) = (before, null, Now, EntryState.Draft);
            await Departure.EndAsync(database, audit, entry, actor, Now, cancel);
        }

        bundle.Comment = string.Join(' ', stays);
        (bundle.State, bundle.LiveSince, bundle.ExpireAt, bundle.Version) = (BundleState.Withdrawn, null, null, bundle.Version + 1);
        database.Outbox.Add(new() { At = Now, By = actor.Name, What = $"withdraw the bundle {bundle.Name}" });
        return left;
    }

    /// <summary>What stood before this bundle stood before the bundles too that found its text there.</summary>
    private async Task HandOverAsync(Bundle bundle, string path, Guid? placed, Guid? before, CancellationToken cancel)
    {
        foreach (var other in await database.Set<BundleMember>().Where(other => other.Path == path && other.BundleId != bundle.Id && other.Placed != null && other.Before == placed).ToListAsync(cancel)) other.Before = before;
    }

    /// <summary>The members with their texts: those submitted, else the newest.</summary>
    private IQueryable<MemberRow> Revisions(Bundle bundle) => database.Set<BundleMember>().Where(member => member.BundleId == bundle.Id)
        .Join(database.Entries, member => member.Path, entry => entry.Path, (member, entry) => new { member, entry })
        .Join(database.Revisions, each => each.entry.Head, revision => revision.Id, (each, revision) => new MemberRow { Member = each.member, Entry = each.entry, Text = revision.Text });

    private async Task CloseReviewsAsync(string path, Actor actor, CancellationToken cancel)
    {
        foreach (var review in await database.Reviews.Where(review => review.Path == path && review.DecidedAt == null).ToListAsync(cancel))
            (review.DecidedAt, review.DecidedById, review.DecidedBy, review.Approved, review.Comment) = (Now, actor.Id, actor.Name, true, "Published with a bundle.");
    }

    private static List<string> Blocking(IEnumerable<Finding> findings) => [.. findings.Where(finding => finding.Blocks).Select(finding => finding.Problem.ToString())];

    private IReadOnlyList<string> Woken(IReadOnlyList<string> obstacles) => obstacles.Count == 0 && publisher.Wake() ? [] : obstacles;

    private async Task<IReadOnlyList<string>> SavedAsync(CancellationToken cancel)
    {
        try
        {
            await database.SaveChangesAsync(cancel);
            return [];
        }
        catch (DbUpdateConcurrencyException)
        {
            database.ChangeTracker.Clear();
            return [Meanwhile];
        }
    }

    private sealed class MemberRow
    {
        public required BundleMember Member { get; init; }

        public required Entry Entry { get; init; }

        public required string Text { get; init; }
    }
}

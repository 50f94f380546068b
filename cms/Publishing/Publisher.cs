using System.Data.Common;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Bundles;
using Portal.Cms.Database;
using Portal.Cms.Delivery;
using Portal.Cms.Hosting;
using Portal.Cms.Review;
using Portal.Content.Problems;
using Portal.Site.Building;

namespace Portal.Cms.Publishing;

/// <summary>
/// The one that puts the site in place. It wakes for a wish in the outbox, for a text whose instant has come, and after
/// midnight in Kent; merges what waits into one build of what is public, places what differs, remembers the publication,
/// and takes the wishes off. What fails is kept, told and tried again, later each time; the site that stood there stands.
/// </summary>
internal sealed class Publisher(IServiceScopeFactory scopes, CmsSettings settings, SiteMemory memory, SitePlacer placer, DeliveryFeed delivery, IServiceProvider services, TimeProvider time, ILogger<Publisher> log) : BackgroundService
{
    /// <summary>What the wish of a new day says: campaigns and notices follow the day in Kent.</summary>
    public const string NewDay = "a new day";

    private const string Start = "start";

    private static readonly Duration Tick = Duration.FromSeconds(15);
    private static readonly Duration LongestWait = Duration.FromMinutes(10);

    private readonly Bell wake = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private BuiltSite? built;
    private (Guid Publication, IReadOnlyDictionary<string, string> Hashes)? recorded;
    private bool resumed;
    private int failures;

    /// <summary>Why the last try failed, where it did; in words for staff. Kept here too, since a database that cannot be written keeps nothing.</summary>
    public string? Trouble { get; private set; }

    /// <summary>When it is tried again; null while nothing failed.</summary>
    public Instant? NextTry { get; private set; }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private string Today => DayOf(Now);

    /// <summary>Says that a wish was written. Always true, so that it may end a condition.</summary>
    public bool Wake()
    {
        wake.Ring();
        return true;
    }

    /// <summary>Publishes what waits, now; tries that overlap take turns. Null where nothing waits.</summary>
    public async Task<Publication?> RunOnceAsync(CancellationToken cancel = default)
    {
        await turn.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var publication = await TryAsync(scope.ServiceProvider, cancel);
            (Trouble, failures) = publication is { Failure: { } why, IsRefusedRollBack: false } ? (why, failures + 1) : (null, 0);
            return publication;
        }
        catch (Exception error) when (error is DbException or DbUpdateException or IOException or UnauthorizedAccessException)
        {
            (Trouble, failures) = (Told(error), failures + 1);
            Log.Failed(log, error);
            throw;
        }
        finally
        {
            NextTry = failures == 0 ? null : Now + Wait;
            turn.Release();
        }
    }

    public override void Dispose()
    {
        wake.Dispose();
        turn.Dispose();
        base.Dispose();
    }

    private Duration Wait => failures == 0 ? Tick : Duration.Min(Tick * (1 << Math.Min(failures - 1, 6)), LongestWait);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // Nobody who starts the host waits for a build.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (error is not (DbException or DbUpdateException or IOException or UnauthorizedAccessException)) Log.Failed(log, error); // The others are told already.
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var woken = wake.WaitAsync(limit.Token);
            await Task.WhenAny(woken, Task.Delay(Wait.ToTimeSpan(), time, limit.Token));
            await limit.CancelAsync();
            await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Publication?> TryAsync(IServiceProvider scoped, CancellationToken cancel)
    {
        if (!resumed) await placer.ResumeAsync(cancel);
        var (database, store, content) = (scoped.GetRequiredService<CmsDatabase>(), scoped.GetRequiredService<PublicationStore>(), scoped.GetRequiredService<SiteContent>());
        await scoped.GetRequiredService<ReviewDesk>().MoveDueAsync(cancel);
        await scoped.GetRequiredService<BundleDesk>().MoveDueAsync(cancel);
        var last = await store.LastAsync(cancel);
        if (!resumed && last is not null && await store.HashesAsync(last.Id, cancel) is { } hashes) placer.Look(hashes);
        if (await OwnWishAsync(database, content, last, cancel) is { } own)
        {
            database.Outbox.Add(new() { At = Now, By = own == NewDay ? Actor.Schedule.Name : Actor.Portal.Name, What = own });
            await database.SaveChangesAsync(cancel);
        }

        resumed = true;
        var wishes = await database.Outbox.OrderBy(row => row.Id).ToListAsync(cancel);
        if (wishes.Count == 0 && (last?.RollBackOf is null || placer.IsThere)) return null;
        var attempt = new Attempt(database, store, content, scoped.GetRequiredService<SiteThen>(), last, wishes);
        try
        {
            // Whoever spoke last says what the site is to be, the texts of now or the files of then; everything else is of the one that holds.
            if (wishes.LastOrDefault(wish => wish.RollBackTo is not null) is not { RollBackTo: { } target }) return last?.RollBackOf is null ? await PublishAsync(attempt, cancel) : await HoldAsync(attempt, last, cancel);
            return target == OutboxRow.End ? await PublishAsync(attempt, cancel) : await RollBackAsync(attempt, target, cancel);
        }
        catch (Exception error) when (IsOfFiles(error))
        {
            Log.Failed(log, error);
            return await FailedAsync(attempt, Told(error), cancel);
        }
    }

    /// <summary>What nobody asks for and is to be done all the same; null where nothing is, or a wish waits that does it too.</summary>
    private async Task<string?> OwnWishAsync(CmsDatabase database, SiteContent content, Publication? last, CancellationToken cancel)
    {
        if (await database.Outbox.AnyAsync(cancel)) return null;
        if (last is null) return await database.Entries.AnyAsync(entry => entry.Live != null, cancel) ? Start : null;
        if (last.RollBackOf is not null) return null; // What a person put back stays until a person ends it.
        if (last.Day != Today) return NewDay;
        if (resumed) return null;

        // The program ended before it published, is a newer one, or the folder holds no site or another.
        return last.Program != ProgramPrint.Value || !placer.IsThere || last.Inputs != (await content.StateAsync(cancel)).Print() ? Start : null;
    }

    private async Task<Publication> PublishAsync(Attempt attempt, CancellationToken cancel)
    {
        var at = Now;
        var state = await attempt.Content.StateAsync(cancel);
        var (publication, why) = await MakeAsync(attempt, at, state, MadeOf.Of(state), null, cancel);
        return publication ?? await FailedAsync(attempt, why, cancel);
    }

    /// <summary>Makes a site and puts it in place.</summary>
    /// <param name="at">When <paramref name="state"/> was looked up, or before.</param>
    /// <param name="rollBackOf">The publication it stands for; null for the texts of now.</param>
    /// <returns>Why it cannot be made, where it cannot; then nothing was written.</returns>
    private async Task<(Publication? Publication, string Why)> MakeAsync(Attempt attempt, Instant at, SiteState state, MadeOf made, Guid? rollBackOf, CancellationToken cancel)
    {
        var files = await attempt.Content.FilesAsync(state, cancel);
        var day = Now; // Of the pages themselves: placing them may take them past midnight.
        var build = IncrementalBuilder.Build(files, new(day, BaseUrl: null, settings.SiteFolder + ".cache"), built);
        if (build.Site is not { } site || build.Made is not { } draft)
        {
            var errors = build.Problems.Where(problem => problem.Weight == Weight.Error).ToList();
            return (null, $"{errors.Count} mistakes, the first: {errors[0]}");
        }

        byte[] Bytes(string path) => draft.Files.TryGetValue(path, out var bytes) ? bytes : attempt.Store.Bytes(site.Hashes[path]);
        Publication publication;
        try
        {
            var placement = await placer.PlaceAsync(site.Hashes, Bytes, cancel);
            publication = await attempt.DescribeAsync(at, DayOf(day), placement, state.Print(), rollBackOf, time, cancel);
            await RecordAsync(attempt, publication, site.Hashes, made, Bytes, () => DeliveryWriter.WriteAsync(attempt.Database, site.Map, site.Assets.Assets, publication, cancel), cancel);
        }
        catch (FileNotFoundException) when (built is not null)
        {
            built = null; // Bytes of an earlier build are no longer kept: everything is made anew.
            return await MakeAsync(attempt, at, state, made, rollBackOf, cancel);
        }

        built = site;
        memory.Take(site);
        await attempt.Store.ForgetAsync(cancel);
        return (publication, string.Empty);
    }

    /// <summary>
    /// Puts the files of an earlier publication in place again, as any publication is put in place. Where something of it
    /// left the site since, its site is made anew of its texts without that; where that cannot be, what stands stays.
    /// </summary>
    private async Task<Publication> RollBackAsync(Attempt attempt, Guid target, CancellationToken cancel)
    {
        var at = Now;
        if (await attempt.Database.Publications.AsNoTracking().FirstOrDefaultAsync(each => each.Id == target, cancel) is not { } old || await attempt.Store.MadeOfAsync(target, cancel) is not { } made)
        {
            attempt.Database.Outbox.RemoveRange(attempt.Wishes);
            return await FailedAsync(attempt, "The publication to roll back to is no longer kept.", cancel, target);
        }

        var remains = await attempt.Then.OfAsync(made, old.At, cancel);
        if (remains.Made.IsSameAs(made)) return await PutBackAsync(attempt, old, target, made, at, cancel);
        var told = attempt with { What = $"{attempt.What}, {remains.Without}" };
        var (publication, why) = await MakeAsync(told, at, remains.State, MadeOf.Of(remains.State), target, cancel);
        if (publication is not null) return publication;
        attempt.Database.Outbox.RemoveRange(attempt.Wishes);
        return await FailedAsync(told, $"The site of then cannot be made {remains.Without}: {why}", cancel, target);
    }

    /// <summary>
    /// What waits while the site is rolled back: what left the site leaves this one too, at once, and its form, its keys and
    /// its leave button are those of now; everything else waits until somebody ends it. Null where there is nothing to do.
    /// </summary>
    private async Task<Publication?> HoldAsync(Attempt attempt, Publication last, CancellationToken cancel)
    {
        var at = Now;
        if (await attempt.Store.MadeOfAsync(last.Id, cancel) is not { } made) return await PublishAsync(attempt, cancel); // An earlier version of the program put it there, which nobody can tell what left of.
        var held = attempt with { Wishes = [], What = "still rolled back", By = Actor.Portal.Name };
        var remains = await attempt.Then.OfAsync(made, last.At, cancel);
        if (remains.Made.IsSameAs(made)) return placer.IsThere ? null : await PutBackAsync(held, last, last.RollBackOf, made, at, cancel);
        var (publication, why) = await MakeAsync(held with { What = $"still rolled back, {remains.Without}" }, at, remains.State, MadeOf.Of(remains.State), last.RollBackOf, cancel);

        // What left must not stay for the sake of the rest.
        return publication ?? await PublishAsync(attempt with { What = $"{attempt.What}; the roll back is over, since its site cannot be made {remains.Without}: {why}" }, cancel);
    }

    /// <summary>Puts the files of a publication in place as they were.</summary>
    private async Task<Publication> PutBackAsync(Attempt attempt, Publication old, Guid? rollBackOf, MadeOf made, Instant at, CancellationToken cancel)
    {
        var hashes = (await attempt.Store.HashesAsync(old.Id, cancel))!; // It has a manifest: what it was made of stands there too.
        byte[] Bytes(string path) => attempt.Store.Bytes(hashes[path]);
        var placement = await placer.PlaceAsync(hashes, Bytes, cancel);
        var publication = await attempt.DescribeAsync(at, DayOf(at), placement, string.Empty, rollBackOf, time, cancel);
        await RecordAsync(attempt, publication, hashes, made, Bytes, () => DeliveryWriter.RestoreAsync(attempt.Database, old.At, publication, cancel), cancel);
        await attempt.Store.ForgetAsync(cancel);
        return publication;
    }

    /// <summary>Remembers a publication, what the headless interface delivers of it, and that the wishes are carried out: all in one transaction.</summary>
    private async Task RecordAsync(Attempt attempt, Publication publication, IReadOnlyDictionary<string, string> hashes, MadeOf made, Func<string, byte[]> bytes, Func<Task> deliver, CancellationToken cancel)
    {
        var kept = recorded is { } ours && ours.Publication == attempt.Last?.Id ? ours.Hashes : null; // Else another process published last.
        await using var transaction = await attempt.Database.Database.BeginTransactionAsync(cancel);
        await attempt.Store.AddAsync(publication, hashes, made, kept, bytes, cancel);
        attempt.Database.Outbox.RemoveRange(attempt.Wishes);
        await attempt.Database.SaveChangesAsync(cancel);
        await deliver();
        await transaction.CommitAsync(cancel);
        recorded = (publication.Id, hashes);
        delivery.Refresh();
        services.GetService<NetlifyDeployer>()?.Wake();
    }

    /// <summary>Says once why the site is not what it should be; the wishes stay and are tried again, but for a roll back that cannot be.</summary>
    /// <param name="refused">The publication that cannot be rolled back to; null for any other failure.</param>
    private async Task<Publication> FailedAsync(Attempt attempt, string why, CancellationToken cancel, Guid? refused = null)
    {
        var newest = await attempt.Database.Publications.OrderByDescending(each => each.Number).FirstOrDefaultAsync(cancel);
        if (newest is not null && newest.Failure == why && newest.What == attempt.What)
        {
            await attempt.Database.SaveChangesAsync(cancel); // A wish that cannot be carried out was taken off.
            return newest;
        }

        var publication = await attempt.DescribeAsync(Now, Today, null, string.Empty, refused, time, cancel, why);
        attempt.Database.Publications.Add(publication);
        await attempt.Database.SaveChangesAsync(cancel);
        return publication;
    }

    /// <summary>True where a file or folder is to blame; pages are drawn on several threads, which fail together.</summary>
    private static bool IsOfFiles(Exception error) => error is IOException or UnauthorizedAccessException || (error is AggregateException several && several.Flatten().InnerExceptions.All(IsOfFiles));

    private static string DayOf(Instant instant) => instant.InZone(LondonTime.Zone).Date.ToString("uuuu-MM-dd", null);

    private static string Told(Exception error) => error switch
    {
        AggregateException several => Told(several.Flatten().InnerExceptions[0]),
        DbException or DbUpdateException => $"The database cannot be read or written: {(error.InnerException ?? error).Message}",
        _ => $"The site's folder cannot be written: {error.Message}",
    };

    private static class Log
    {
        private static readonly Action<ILogger, Exception?> FailedMessage = LoggerMessage.Define(LogLevel.Error, new(1, nameof(Failed)), "The site could not be published. The one in place stands; it is tried again.");

        public static void Failed(ILogger log, Exception error) => FailedMessage(log, error);
    }
}

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

    private string Today => Now.InZone(LondonTime.Zone).Date.ToString("uuuu-MM-dd", null);

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
            (Trouble, failures) = publication?.Failure is { } why ? (why, failures + 1) : (null, 0);
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
        if (await OwnWishAsync(database, content, last, cancel) is { } own)
        {
            database.Outbox.Add(new() { At = Now, By = own == NewDay ? Actor.Schedule.Name : Actor.Portal.Name, What = own });
            await database.SaveChangesAsync(cancel);
        }

        resumed = true;
        var wishes = await database.Outbox.OrderBy(row => row.Id).ToListAsync(cancel);
        if (wishes.Count == 0) return null;
        var attempt = new Attempt(database, store, content, last, wishes);
        try
        {
            // The wish that came last says what the site is to be: the texts of now, or the files of then.
            return wishes[^1].RollBackTo is { } target ? await RollBackAsync(attempt, target, cancel) : await PublishAsync(attempt, cancel);
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
        if (last.RollBackOf is not null) return resumed || placer.IsThere ? null : Start; // What a person put back stays until a person publishes.
        if (last.Day != Today) return NewDay;
        if (resumed) return null;

        // The program ended before it published, is a newer one, or somebody took the folder away.
        return last.Program != ProgramPrint.Value || !placer.IsThere || last.Inputs != (await content.StateAsync(cancel)).Print() ? Start : null;
    }

    private async Task<Publication> PublishAsync(Attempt attempt, CancellationToken cancel)
    {
        var state = await attempt.Content.StateAsync(cancel);
        var files = await attempt.Content.FilesAsync(state, cancel);
        var build = IncrementalBuilder.Build(files, new(Now, BaseUrl: null, settings.SiteFolder + ".cache"), built);
        if (build.Site is not { } site || build.Made is not { } made)
        {
            var errors = build.Problems.Where(problem => problem.Weight == Weight.Error).ToList();
            return await FailedAsync(attempt, $"{errors.Count} mistakes, the first: {errors[0]}", cancel);
        }

        byte[] Bytes(string path) => made.Files.TryGetValue(path, out var bytes) ? bytes : attempt.Store.Bytes(site.Hashes[path]);
        Publication publication;
        try
        {
            var placement = await placer.PlaceAsync(site.Hashes, Bytes, cancel);
            publication = await attempt.DescribeAsync(Now, Today, placement, state.Print(), null, time, cancel);
            await RecordAsync(attempt, publication, site.Hashes, Bytes, () => DeliveryWriter.WriteAsync(attempt.Database, site.Map, site.Assets.Assets, publication, cancel), cancel);
        }
        catch (FileNotFoundException) when (built is not null)
        {
            built = null; // Bytes of an earlier build are no longer kept: everything is made anew.
            return await PublishAsync(attempt, cancel);
        }

        built = site;
        memory.Take(site);
        await attempt.Store.ForgetAsync(cancel);
        return publication;
    }

    /// <summary>Puts the files of an earlier publication in place again, as any publication is put in place.</summary>
    private async Task<Publication> RollBackAsync(Attempt attempt, Guid target, CancellationToken cancel)
    {
        if (await attempt.Store.HashesAsync(target, cancel) is not { } hashes)
        {
            attempt.Database.Outbox.RemoveRange(attempt.Wishes);
            return await FailedAsync(attempt, "The publication to roll back to is no longer kept.", cancel);
        }

        byte[] Bytes(string path) => attempt.Store.Bytes(hashes[path]);
        var placement = await placer.PlaceAsync(hashes, Bytes, cancel);
        var publication = await attempt.DescribeAsync(Now, Today, placement, string.Empty, target, time, cancel);
        var then = await attempt.Database.Publications.Where(each => each.Id == target).Select(each => each.At).FirstAsync(cancel);
        await RecordAsync(attempt, publication, hashes, Bytes, () => DeliveryWriter.RestoreAsync(attempt.Database, then, publication, cancel), cancel);
        await attempt.Store.ForgetAsync(cancel);
        return publication;
    }

    /// <summary>Remembers a publication, what the headless interface delivers of it, and that the wishes are carried out: all in one transaction.</summary>
    private async Task RecordAsync(Attempt attempt, Publication publication, IReadOnlyDictionary<string, string> hashes, Func<string, byte[]> bytes, Func<Task> deliver, CancellationToken cancel)
    {
        var kept = recorded is { } ours && ours.Publication == attempt.Last?.Id ? ours.Hashes : null; // Else another process published last.
        await using var transaction = await attempt.Database.Database.BeginTransactionAsync(cancel);
        await attempt.Store.AddAsync(publication, hashes, kept, bytes, cancel);
        attempt.Database.Outbox.RemoveRange(attempt.Wishes);
        await attempt.Database.SaveChangesAsync(cancel);
        await deliver();
        await transaction.CommitAsync(cancel);
        recorded = (publication.Id, hashes);
        delivery.Refresh();
        services.GetService<NetlifyDeployer>()?.Wake();
    }

    /// <summary>Says once why the site is not what it should be; the wishes stay and are tried again.</summary>
    private async Task<Publication> FailedAsync(Attempt attempt, string why, CancellationToken cancel)
    {
        var newest = await attempt.Database.Publications.OrderByDescending(each => each.Number).FirstOrDefaultAsync(cancel);
        if (newest is not null && newest.Failure == why && newest.What == attempt.What) return newest;
        var publication = await attempt.DescribeAsync(Now, Today, null, string.Empty, null, time, cancel, why);
        attempt.Database.Publications.Add(publication);
        await attempt.Database.SaveChangesAsync(cancel);
        return publication;
    }

    /// <summary>True where a file or folder is to blame; pages are drawn on several threads, which fail together.</summary>
    private static bool IsOfFiles(Exception error) => error is IOException or UnauthorizedAccessException || (error is AggregateException several && several.Flatten().InnerExceptions.All(IsOfFiles));

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

    /// <summary>One try: what waits, and what it is done with.</summary>
    private sealed record Attempt(CmsDatabase Database, PublicationStore Store, SiteContent Content, Publication? Last, List<OutboxRow> Wishes)
    {
        public string What { get; } = string.Join("; ", Wishes.Select(wish => wish.What).Distinct());

        public async Task<Publication> DescribeAsync(Instant at, string day, Placement? placement, string inputs, Guid? rollBackOf, TimeProvider time, CancellationToken cancel, string? failure = null) => new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Number = await Store.NextNumberAsync(cancel),
            At = at,
            By = string.Join(", ", Wishes.Select(wish => wish.By).Distinct()),
            What = What,
            Day = day,
            Inputs = inputs,
            Program = ProgramPrint.Value,
            RollBackOf = rollBackOf,
            Written = placement?.Written ?? 0,
            Removed = placement?.Removed ?? 0,
            Failure = failure,
        };
    }
}

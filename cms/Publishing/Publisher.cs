using System.Security.Cryptography;

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
internal sealed class Publisher(IServiceScopeFactory scopes, CmsSettings settings, LocalSite site, DeliveryFeed delivery, IServiceProvider services, TimeProvider time, ILogger<Publisher> log) : BackgroundService
{
    /// <summary>Publications whose files are kept for a roll back.</summary>
    public const int Kept = 10;

    private const string NewDay = "a new day";

    private static readonly Duration Tick = Duration.FromSeconds(15);
    private static readonly Duration LongestWait = Duration.FromMinutes(10);
    private static readonly DateTimeZone Kent = DateTimeZoneProviders.Tzdb["Europe/London"];

    private readonly SemaphoreSlim wake = new(0, 1);
    private readonly SemaphoreSlim turn = new(1, 1);
    private int failures;
    private LocalDate built;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private LocalDate Today => Now.InZone(Kent).Date;

    /// <summary>Says that a wish was written. Always true, so that it may end a condition.</summary>
    public bool Wake()
    {
        if (wake.CurrentCount == 0) wake.Release();
        return true;
    }

    /// <summary>Publishes what waits, now. Null where nothing does.</summary>
    public async Task<Publication?> RunOnceAsync(CancellationToken cancel = default)
    {
        await turn.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ReviewDesk>().MoveDueAsync(cancel);
            await scope.ServiceProvider.GetRequiredService<BundleDesk>().MoveDueAsync(cancel);
            var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
            if (built != default && built != Today && !await database.Outbox.AnyAsync(row => row.What == NewDay, cancel)) database.Outbox.Add(new() { At = Now, By = Actor.Schedule.Name, What = NewDay });
            await database.SaveChangesAsync(cancel);
            var wishes = await database.Outbox.OrderBy(row => row.Id).ToListAsync(cancel);
            if (wishes.Count == 0) return null;

            var publication = await PublishAsync(scope.ServiceProvider.GetRequiredService<SiteContent>(), database, wishes, cancel);
            failures = publication.Failure is null ? 0 : failures + 1;
            return publication;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Does something to the published folder while nothing is being published.</summary>
    public async Task AloneAsync(Action act, CancellationToken cancel = default)
    {
        await turn.WaitAsync(cancel);
        try
        {
            act();
        }
        finally
        {
            turn.Release();
        }
    }

    public override void Dispose()
    {
        wake.Dispose();
        turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                failures++;
                Log.Failed(log, error);
            }

            var wait = failures == 0 ? Tick : Duration.Min(Tick * (1 << Math.Min(failures, 6)), LongestWait);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var woken = wake.WaitAsync(limit.Token);
            await Task.WhenAny(woken, Task.Delay(wait.ToTimeSpan(), time, limit.Token));
            await limit.CancelAsync();
            await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Publication> PublishAsync(SiteContent content, CmsDatabase database, List<OutboxRow> wishes, CancellationToken cancel)
    {
        var (by, what) = (string.Join(", ", wishes.Select(wish => wish.By).Distinct()), string.Join("; ", wishes.Select(wish => wish.What).Distinct()));
        var build = SiteBuilder.Build(await content.LiveAsync(cancel), new(Now, BaseUrl: null, settings.SiteFolder + ".cache"));
        if (build.Output is not { } output)
        {
            var errors = build.Problems.Where(problem => problem.Weight == Weight.Error).ToList();
            return await FailedAsync(database, by, what, $"{errors.Count} mistakes, the first: {errors[0]}", cancel);
        }

        var placement = new OutputWriter(settings.SiteFolder).Place(output);
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        var manifest = await KeepAsync(database, output, cancel);
        var publication = new Publication { Id = Guid.CreateVersion7(time.GetUtcNow()), At = Now, By = by, What = what, Manifest = manifest, Written = placement.Written, Removed = placement.Removed };
        database.Publications.Add(publication);
        database.Outbox.RemoveRange(wishes);
        await DeliveryWriter.WriteAsync(database, build.Map!, build.Assets!, publication, cancel); // Both are there where there is an output.
        await database.SaveChangesAsync(cancel);
        await ForgetAsync(database, cancel);
        await transaction.CommitAsync(cancel);
        delivery.Refresh();
        built = Today;
        services.GetService<NetlifyDeployer>()?.Wake();
        await site.ShowAsync(build.Rules!, cancel);
        return publication;
    }

    /// <summary>Says once why the site is not what it should be; the wishes stay and are tried again.</summary>
    private async Task<Publication> FailedAsync(CmsDatabase database, string by, string what, string why, CancellationToken cancel)
    {
        var last = await database.Publications.OrderByDescending(each => each.At).FirstOrDefaultAsync(cancel);
        if (last is not null && last.Failure == why && last.What == what) return last;
        var publication = new Publication { Id = Guid.CreateVersion7(time.GetUtcNow()), At = Now, By = by, What = what, Manifest = string.Empty, Failure = why };
        database.Publications.Add(publication);
        await database.SaveChangesAsync(cancel);
        return publication;
    }

    /// <summary>Keeps the bytes that no earlier publication has; returns the manifest.</summary>
    private static async Task<string> KeepAsync(CmsDatabase database, SiteOutput output, CancellationToken cancel)
    {
        var known = (await database.Files.Select(file => file.Hash).ToListAsync(cancel)).ToHashSet();
        var lines = new List<string>();
        foreach (var (path, bytes) in output.Files)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (known.Add(hash)) database.Files.Add(new() { Hash = hash, Bytes = bytes });
            lines.Add($"{hash} {path}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>Lets go of files that only older publications name.</summary>
    private static async Task ForgetAsync(CmsDatabase database, CancellationToken cancel)
    {
        var old = await database.Publications.Where(each => each.Manifest != string.Empty).OrderByDescending(each => each.At).Skip(Kept).ToListAsync(cancel);
        if (old.Count == 0) return;
        foreach (var publication in old) publication.Manifest = string.Empty;
        await database.SaveChangesAsync(cancel);
        var kept = await database.Publications.Where(each => each.Manifest != string.Empty).Select(each => each.Manifest).ToListAsync(cancel);
        var named = kept.SelectMany(manifest => manifest.Split('\n')).Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)])
            .Concat(await database.Media.Select(file => file.Hash).ToListAsync(cancel)).ToHashSet();
        foreach (var hash in (await database.Files.Select(file => file.Hash).ToListAsync(cancel)).Where(hash => !named.Contains(hash)))
            await database.Files.Where(file => file.Hash == hash).ExecuteDeleteAsync(cancel);
    }

    private static class Log
    {
        private static readonly Action<ILogger, Exception?> FailedMessage = LoggerMessage.Define(LogLevel.Error, new(1, nameof(Failed)), "The site could not be published. The one in place stands; it is tried again.");

        public static void Failed(ILogger log, Exception error) => FailedMessage(log, error);
    }
}

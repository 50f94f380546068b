using System.Collections.Concurrent;
using System.Security.Cryptography;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Cms.Publishing;

/// <summary>
/// Brings the newest publication to the host, a roll back like any other, and tries until the host serves it. The queue is
/// the list of publications itself: nothing is built again, and a deploy that the end of the program cut off goes on.
/// </summary>
internal sealed class NetlifyDeployer(IServiceScopeFactory scopes, NetlifyDeploy netlify, TimeProvider time, ILogger<NetlifyDeployer> log) : BackgroundService
{
    private static readonly Duration Tick = Duration.FromSeconds(15);
    private static readonly Duration LongestWait = Duration.FromMinutes(15);

    private readonly Bell wake = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly ConcurrentDictionary<string, string> digests = new(); // SHA-1 by the SHA-256 that we keep files by.

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Says that there is a new publication.</summary>
    public void Wake() => wake.Ring();

    /// <summary>Deploys the newest publication, now. Null where the host serves it already, or there is none.</summary>
    public async Task<Deploy?> RunOnceAsync(CancellationToken cancel = default)
    {
        await turn.WaitAsync(cancel);
        try
        {
            return await DeployAsync(cancel);
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
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                failures = (await RunOnceAsync(stoppingToken))?.Failure is null ? 0 : failures + 1;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                failures++;
                Log.Broke(log, error);
            }

            var wait = failures == 0 ? Tick : Duration.Min(Tick * (1 << Math.Min(failures, 6)), LongestWait);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var woken = wake.WaitAsync(limit.Token);
            await Task.WhenAny(woken, Task.Delay(wait.ToTimeSpan(), time, limit.Token));
            await limit.CancelAsync();
            await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Deploy?> DeployAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        if (await NewestAsync(scope.ServiceProvider.GetRequiredService<PublicationStore>(), cancel) is not var (publication, files)) return null;
        var deploy = await database.Deploys.FindAsync([publication], cancel);
        if (deploy is { LiveSince: not null }) return null;
        if (deploy is null) database.Deploys.Add(deploy = new() { PublicationId = publication });
        try
        {
            await netlify.RunAsync(await WithDigestsAsync(database, files, cancel), deploy.HostId, BeginAsync, cancel);
            (deploy.LiveSince, deploy.Failure) = (Now, null);
        }
        catch (NetlifyException error)
        {
            (deploy.Failure, deploy.Failures) = (error.Message, deploy.Failures + 1);
            Log.Failed(log, error.Message);
        }

        await database.SaveChangesAsync(cancel);
        return deploy;

        async Task BeginAsync(string id)
        {
            deploy.HostId = id;
            await database.SaveChangesAsync(cancel);
        }
    }

    /// <summary>The publication that stands in the folder: its id, and the hash of each file by its path.</summary>
    private static async Task<(Guid Id, IReadOnlyDictionary<string, string> Files)?> NewestAsync(PublicationStore publications, CancellationToken cancel) =>
        await publications.LastAsync(cancel) is { } newest && await publications.HashesAsync(newest.Id, cancel) is { } files ? (newest.Id, files) : null;

    private async Task<IReadOnlyList<DeployFile>> WithDigestsAsync(CmsDatabase database, IReadOnlyDictionary<string, string> files, CancellationToken cancel)
    {
        foreach (var hash in files.Values.Where(hash => !digests.ContainsKey(hash)).Distinct().ToList())
        {
#pragma warning disable CA5350 // The host's interface names files by SHA-1; ours are kept by SHA-256.
            digests[hash] = Convert.ToHexStringLower(SHA1.HashData(await BytesAsync(database, hash, cancel)));
#pragma warning restore CA5350
        }

        return [.. files.Select(file => new DeployFile(file.Key, digests[file.Value], async token =>
        {
            await using var scope = scopes.CreateAsyncScope(); // Several are sent at once, and a context is for one.
            return await BytesAsync(scope.ServiceProvider.GetRequiredService<CmsDatabase>(), file.Value, token);
        }))];
    }

    private static Task<byte[]> BytesAsync(CmsDatabase database, string hash, CancellationToken cancel) =>
        database.Files.AsNoTracking().Where(file => file.Hash == hash).Select(file => file.Bytes).SingleAsync(cancel);

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> FailedMessage = LoggerMessage.Define<string>(LogLevel.Error, new(1, nameof(Failed)), "The site could not be deployed; what the host serves stands, and it is tried again. {Reason}");

        private static readonly Action<ILogger, Exception?> BrokeMessage = LoggerMessage.Define(LogLevel.Error, new(2, nameof(Broke)), "The site could not be deployed; what the host serves stands, and it is tried again.");

        public static void Failed(ILogger log, string reason) => FailedMessage(log, reason, null);

        public static void Broke(ILogger log, Exception error) => BrokeMessage(log, error);
    }
}

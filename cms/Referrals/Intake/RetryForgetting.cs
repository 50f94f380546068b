using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// Forgets after 48 hours what would recognise a second try of a message: nobody tries for so long, and the hash would
/// tie the row to a browser's memory.
/// </summary>
internal sealed class RetryForgetting(IServiceScopeFactory scopes, TimeProvider time, ILogger<RetryForgetting> log) : BackgroundService
{
    private static readonly Duration Kept = Duration.FromHours(48);
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);
    private static readonly Action<ILogger, Exception?> Failed = LoggerMessage.Define(LogLevel.Error, new(1, nameof(Failed)), "Old retry hashes could not be forgotten. It is tried again in an hour.");

    /// <summary>How many were forgotten.</summary>
    public async Task<int> RunAsync(CancellationToken cancel = default)
    {
        // Only the hour is known, so some are forgotten up to an hour sooner.
        var last = Instant.FromDateTimeOffset(time.GetUtcNow()) - Kept;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CmsDatabase>().Set<Referral>().Where(row => row.RetryHash != null && row.Received <= last)
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.RetryHash, (byte[]?)null), cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // Nobody who starts the host waits for it.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Failed(log, error);
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

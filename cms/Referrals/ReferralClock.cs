using Portal.Cms.Hosting;
using Portal.Cms.Referrals.Alerts;
using Portal.Cms.Referrals.Inbox;
using Portal.Cms.Referrals.Rota;

namespace Portal.Cms.Referrals;

/// <summary>What happens to messages by the clock: mails, the form that closes itself, deletion. One that fails does not keep the others.</summary>
internal sealed partial class ReferralClock(OverdueWatch watch, AlertPost post, ReferralRetention retention, TimeProvider time, ILogger<ReferralClock> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenDeletions = TimeSpan.FromHours(1);

    private readonly Bell wake = new();

    /// <summary>Says that a mail may be wanted at once. Without it the next tick finds it, within half a minute.</summary>
    public void Wake() => wake.Ring();

    public override void Dispose()
    {
        wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset? deleted = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var woken = wake.WaitAsync(limit.Token);
            await Task.WhenAny(woken, Task.Delay(Tick, time, limit.Token));
            await limit.CancelAsync();
            await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            await TryAsync(watch.RunOnceAsync, stoppingToken);
            await TryAsync(post.RunOnceAsync, stoppingToken);
            if (deleted is { } last && time.GetUtcNow() - last < BetweenDeletions) continue;
            await TryAsync(retention.RunOnceAsync, stoppingToken);
            deleted = time.GetUtcNow();
        }
    }

    private async Task TryAsync<T>(Func<CancellationToken, Task<T>> chore, CancellationToken cancel)
    {
        try
        {
            await chore(cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            LogFailure(error);
        }
    }

    [LoggerMessage(LogLevel.Error, "What is due for messages could not be done. It is tried again.")]
    private partial void LogFailure(Exception error);
}

using System.Security.Cryptography;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Cms.Delivery;

/// <summary>
/// Tells the webhooks what waits for them: each in the order of the publications, so that a later one waits until an
/// earlier one was taken or given up. A try that fails is made again, later each time, for three days.
/// </summary>
internal sealed partial class WebhookSender(IServiceScopeFactory scopes, WebhookClient client, IDataProtectionProvider protection, TimeProvider time, ILogger<WebhookSender> log) : BackgroundService
{
    /// <summary>Days after which a message is given up.</summary>
    public const int LongestDays = 3;

    private const int KeptDays = 30;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(15);
    private static readonly Duration FirstWait = Duration.FromSeconds(30);
    private static readonly Duration Lease = Duration.FromMinutes(2);
    private static readonly Duration LongestWait = Duration.FromHours(6);

    private readonly Bell wake = new();
    private readonly SemaphoreSlim turn = new(1, 1);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Says that a publication may have left messages.</summary>
    public void Wake() => wake.Ring();

    /// <summary>Sends what is due; the webhooks beside one another, the messages of one after one another.</summary>
    public async Task RunOnceAsync(CancellationToken cancel = default)
    {
        await turn.WaitAsync(cancel);
        try
        {
            List<Guid> waiting;
            await using (var scope = scopes.CreateAsyncScope())
            {
                var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
                waiting = await database.WebhookMessages.Where(message => message.State == WebhookState.Waiting).Select(message => message.WebhookId).Distinct().ToListAsync(cancel);
                var old = Now - Duration.FromDays(KeptDays);
                if (waiting.Count > 0) await database.WebhookMessages.Where(message => message.State != WebhookState.Waiting && message.WrittenAt < old).ExecuteDeleteAsync(cancel);
            }

            await Task.WhenAll(waiting.Select(hook => TellAsync(hook, cancel)));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>How long to wait after a number of tries: half a minute, then twice as long each time, at most six hours.</summary>
    public static Duration WaitAfter(int tries) => Duration.Min(LongestWait, FirstWait * (1L << Math.Clamp(tries - 1, 0, 20)));

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
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var woken = wake.WaitAsync(limit.Token);
            await Task.WhenAny(woken, Task.Delay(Tick, time, limit.Token));
            await limit.CancelAsync();
            await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogFailure(error);
            }
        }
    }

    private async Task TellAsync(Guid id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        while (await database.WebhookMessages.Where(message => message.WebhookId == id && message.State == WebhookState.Waiting).OrderBy(message => message.Id).FirstOrDefaultAsync(cancel) is { } message && message.NextAt <= Now)
        {
            if (await database.Webhooks.AsNoTracking().FirstOrDefaultAsync(hook => hook.Id == id, cancel) is not { } webhook) return;
            if (!await TakeAsync(database, message, cancel)) return; // Another instance is sending it.
            var result = await TryAsync(webhook, message, cancel);
            (message.Tries, message.Result) = (message.Tries + 1, result.Text); // The row's own column, no task's result.
            message.NextAt = Now + WaitAfter(message.Tries);
            if (result.IsTaken) message.State = WebhookState.Sent;
            else if (Now - message.WrittenAt >= Duration.FromDays(LongestDays)) message.State = WebhookState.GivenUp;
            try
            {
                await database.SaveChangesAsync(cancel);
            }
            catch (DbUpdateConcurrencyException)
            {
                return; // The webhook was removed meanwhile, and what it waited for with it.
            }

            if (message.State == WebhookState.Waiting) return;
        }
    }

    /// <summary>Takes a message for this process alone. Where it ends before it wrote what came of it, another takes it after <see cref="Lease"/>.</summary>
    private async Task<bool> TakeAsync(CmsDatabase database, WebhookMessage message, CancellationToken cancel)
    {
        var (seen, until) = (message.NextAt, Now + Lease);
        return await database.WebhookMessages.Where(each => each.Id == message.Id && each.State == WebhookState.Waiting && each.NextAt == seen)
            .ExecuteUpdateAsync(set => set.SetProperty(each => each.NextAt, until), cancel) == 1;
    }

    private async Task<WebhookResult> TryAsync(Webhook webhook, WebhookMessage message, CancellationToken cancel)
    {
        try
        {
            return await client.SendAsync(webhook.Url, protection.CreateProtector(Webhooks.Purpose).Unprotect(webhook.Secret), message.Id, message.Body, cancel);
        }
        catch (CryptographicException)
        {
            return new(false, "its secret cannot be read: remove it and add it again");
        }
    }

    [LoggerMessage(LogLevel.Error, "The webhooks could not be told. It is tried again.")]
    private partial void LogFailure(Exception error);
}

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Publishing;

namespace Portal.Cms.Referrals.Keys;

/// <summary>
/// Looks every minute whether somebody with a key may no longer open messages, and ends their key: who comes back is let
/// in anew. They are out of the key set before that, at once; here the log and the site are told.
/// </summary>
internal sealed class KeyWatch(IServiceScopeFactory scopes, Publisher publisher, TimeProvider time, ILogger<KeyWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    private static readonly Action<ILogger, Exception?> Failed = LoggerMessage.Define(LogLevel.Error, new(1, nameof(Failed)), "The keys could not be looked at. It is tried again in a minute.");

    private string? seen;

    public async Task RunAsync(CancellationToken cancel = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        var may = KeySets.Allowed(database).Select(account => account.Id);
        var lost = database.Set<KeyMember>().Where(member => member.EndedAt == null && !may.Contains(member.AccountId)).AsTracking(); // The accounts within are asked without.
        var set = await KeySets.CurrentAsync(database, cancel);
        if (set.Id == seen && !await lost.AnyAsync(cancel)) return;

        var audit = scope.ServiceProvider.GetRequiredService<AuditLog>();
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        foreach (var member in await lost.ToListAsync(cancel))
        {
            member.End(Instant.FromDateTimeOffset(time.GetUtcNow()));
            audit.Add(database, Actor.Portal, "referral.key.end", member.AccountId.ToString(), "the account may no longer open messages");
        }

        await database.SaveChangesAsync(cancel);
        await scope.ServiceProvider.GetRequiredService<KeyChange>().NoteAsync(Actor.Portal, cancel);
        await transaction.CommitAsync(cancel);
        seen = set.Id;
        publisher.Wake();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested) return;
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Failed(log, error);
            }
        }
    }
}

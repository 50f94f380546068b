using System.Data.Common;
using System.Threading.Channels;

using Microsoft.Data.Sqlite;

using NodaTime;

using Npgsql;

using Portal.Cms.Database;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// The one that writes messages. All that wait when it looks go into one transaction, so that one flush of the disk
/// serves many; each is answered after the commit and never before. What keeps one message from being written (its
/// twin came through another instance meanwhile) is not the others' fault: they are then written one by one.
/// </summary>
internal sealed class ReferralWriter(IServiceScopeFactory scopes, ReferralClock clock, TimeProvider time, ILogger<ReferralWriter> log) : BackgroundService
{
    /// <summary>Messages in one transaction at most: with the largest of 40 KiB, 2.5 MiB of log for one flush.</summary>
    private const int MostTogether = 64;

    /// <summary>Messages that may wait; more are told to come back. Four seconds' work of a slow disk, 20 MiB of memory.</summary>
    private const int MostWaiting = 512;

    /// <summary>SQLITE_CONSTRAINT_UNIQUE.</summary>
    private const int UniqueInSqlite = 2067;

    /// <summary>Tries of one message whose twin or whose reference is there already.</summary>
    private const int MostTries = 3;

    private static readonly Action<ILogger, string, Exception?> FailedMessage = LoggerMessage.Define<string>(LogLevel.Error, new(1, "Failed"), "Messages could not be written ({Why}). Their senders were told to try again.");

    private readonly Channel<WriteRequest> queue = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Writes a message, or finds it there. Never throws: a failure of the database is an outcome.</summary>
    public Task<WriteResult> WriteAsync(IncomingReferral message) => AskAsync(new(message));

    /// <summary>Marks the message of a token as confirmed.</summary>
    /// <param name="confirm">Hash of the token.</param>
    /// <param name="retry">What the message's <see cref="Referral.RetryHash"/> is: finds one that was confirmed before.</param>
    public Task<WriteResult> ConfirmAsync(byte[] confirm, byte[] retry, bool tooFast) => AskAsync(new(null, confirm, retry, tooFast));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await using var end = stoppingToken.Register(() => queue.Writer.TryComplete());
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None)) // What waits at the end is still written.
        {
            var batch = new List<WriteRequest>(MostTogether);
            while (batch.Count < MostTogether && queue.Reader.TryRead(out var request)) batch.Add(request);
            await WriteAsync(batch);
        }
    }

    private Task<WriteResult> AskAsync(WriteRequest request) => queue.Writer.TryWrite(request) ? request.Done.Task : Task.FromResult(WriteResult.Busy);

    private async Task WriteAsync(List<WriteRequest> batch)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var results = await TryAsync(batch);
                for (var at = 0; at < batch.Count; at++) batch[at].Done.SetResult(results[at]);
                if (results.Any(result => result is { Outcome: WriteOutcome.Stored, Urgent: true })) clock.Wake(); // Whoever is on duty is told at once.
                return;
            }
            catch (Exception error) when (IsTwin(error) && batch.Count > 1)
            {
                foreach (var request in batch) await WriteAsync([request]);
                return;
            }
            catch (Exception error) when (IsTwin(error) && tries < MostTries)
            {
                // Found there in the next try, or given another reference.
            }
#pragma warning disable CA1031 // Whatever it was, it is not known whether the messages are there, and the next batch must be written.
            catch (Exception error)
#pragma warning restore CA1031
            {
                FailedMessage(log, Why(error), null); // Not the error: it could repeat a value.
                foreach (var request in batch) request.Done.SetResult(WriteResult.Failed);
                return;
            }
        }
    }

    private async Task<IReadOnlyList<WriteResult>> TryAsync(List<WriteRequest> batch)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        return await new ReferralBatch(database, Instant.FromDateTimeOffset(time.GetUtcNow())).WriteAsync(batch);
    }

    /// <summary>A unique value is there already, or two instances wait for each other's: one writes again, and finds it.</summary>
    private static bool IsTwin(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
            if (cause is SqliteException { SqliteExtendedErrorCode: UniqueInSqlite } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }) return true;
        return false;
    }

    private static string Why(Exception error) => (error as DbException ?? error.InnerException as DbException) switch
    {
        SqliteException sqlite => $"SQLite {sqlite.SqliteErrorCode}, {sqlite.SqliteExtendedErrorCode}",
        PostgresException postgres => $"PostgreSQL {postgres.SqlState}",
        _ => error.GetType().Name,
    };
}

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Content.Reading;

namespace Portal.Cms.Leave;

/// <summary>
/// Looks every night at 03:00 in Kent whether the pages of the leave button are there. Where the first is not, and was not
/// when asked twice more, the site is published with the second; and with the first again after a night it is back.
/// </summary>
internal sealed class NightlyLeaveCheck(IServiceScopeFactory scopes, LeaveProbe probe, Publisher publisher, TimeProvider time, ILogger<NightlyLeaveCheck> log) : BackgroundService
{
    private const int Tries = 3;

    private static readonly LocalTime Hour = new(3, 0);
    private static readonly Duration BetweenTries = Duration.FromMinutes(5);
    private static readonly Action<ILogger, Exception?> Failed = LoggerMessage.Define(LogLevel.Error, new(1, nameof(Failed)), "The leave button's pages could not be checked. It is tried again the next night.");

    /// <summary>True between two tries.</summary>
    public bool IsPausing { get; private set; }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>The next time it is three in the morning in Kent.</summary>
    public static Instant Next(Instant now)
    {
        var today = now.InZone(LondonTime.Zone).Date;
        var hour = LondonTime.Zone.AtStrictly(today + Hour).ToInstant(); // Clocks change before three.
        return hour > now ? hour : LondonTime.Zone.AtStrictly(today.PlusDays(1) + Hour).ToInstant();
    }

    /// <summary>Checks as every night. Null where this night was checked already, or the settings cannot be read.</summary>
    public Task<LeaveCheck?> RunAsync(CancellationToken cancel = default) => CheckAsync(null, cancel);

    /// <summary>
    /// Checks because somebody asks, with one try: a page that answers leads again, but one that does not is given up by
    /// the night's check alone. Its result stands in the place of the day's last one.
    /// </summary>
    public Task<LeaveCheck?> RunAsync(Actor asked, CancellationToken cancel = default) => CheckAsync(asked, cancel);

    private async Task<LeaveCheck?> CheckAsync(Actor? asked, CancellationToken cancel)
    {
        var today = Now.InZone(LondonTime.Zone).Date;
        var (night, hour) = (today.ToString("uuuu-MM-dd", null), LondonTime.Zone.AtStrictly(today + Hour).ToInstant());
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        if (asked is null && await database.LeaveChecks.AnyAsync(check => check.Night == night && check.At >= hour, cancel)) return null;
        if (ContentReader.Settings(await scope.ServiceProvider.GetRequiredService<SiteContent>().TextsAsync([DataTable.Settings.Path], cancel)) is not { Leave: var leave }) return null;

        var first = await probe.AskAsync(leave.Url, leave.Allowed, cancel);
        for (var tries = 1; asked is null && tries < Tries && first is not null; tries++)
        {
            IsPausing = true;
            await Task.Delay(BetweenTries.ToTimeSpan(), time, cancel);
            IsPausing = false;
            first = await probe.AskAsync(leave.Url, leave.Allowed, cancel);
        }

        var second = leave.Second is { } other ? await probe.AskAsync(other, leave.Allowed, cancel) : null;
        var last = await LeaveChoice.LastAsync(database, cancel);
        var before = last is { UsesSecond: true } && LeaveChoice.Concerns(last, leave);
        var check = new LeaveCheck
        {
            Night = night,
            At = Now,
            First = leave.Url,
            FirstFault = first,
            Second = leave.Second,
            SecondFault = second,

            // With neither there, nothing is gained by going from one to the other.
            UsesSecond = first is not null && leave.Second is not null && (before || (second is null && asked is null)),
        };
        var audit = scope.ServiceProvider.GetRequiredService<AuditLog>();
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        await database.LeaveChecks.Where(each => each.Night == night).ExecuteDeleteAsync(cancel);
        database.LeaveChecks.Add(check);
        if (asked is { } person) audit.Add(database, person, "leave.check", DataTable.Settings.Path, $"{first ?? "The first choice answers."} {second ?? (leave.Second is null ? "There is no second choice." : "The second choice answers.")}");
        if (check.UsesSecond != before) Note(audit, database, check);
        try
        {
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (asked is null)
        {
            return null; // Another instance wrote what it found this night.
        }

        await transaction.CommitAsync(cancel);
        publisher.Wake();
        return check;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = Now;
            await Task.Delay((Next(now) - now).ToTimeSpan(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

    private static void Note(AuditLog audit, CmsDatabase database, LeaveCheck check)
    {
        audit.Add(database, Actor.Schedule, check.UsesSecond ? "leave.second" : "leave.first", DataTable.Settings.Path, check.FirstFault ?? "The first choice answers again.");
        database.Outbox.Add(new() { At = check.At, By = Actor.Schedule.Name, What = check.UsesSecond ? "leave button to its second choice" : "leave button to its first choice" });
    }
}

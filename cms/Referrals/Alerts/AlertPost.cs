using System.Net.Sockets;

using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

using Microsoft.EntityFrameworkCore;

using MimeKit;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Referrals.Rota;

namespace Portal.Cms.Referrals.Alerts;

/// <summary>
/// Makes letters of wishes when their time has come, and brings each to the mail server until it is taken. An ordinary
/// wish waits for staffed hours and goes out at most once an hour for each group; an urgent one goes out at once.
/// </summary>
internal sealed partial class AlertPost(IServiceScopeFactory scopes, CmsSettings settings, TimeProvider time, ILogger<AlertPost> log) : IDisposable
{
    private const int KeptDays = 90;

    private static readonly Duration BetweenOrdinary = Duration.FromHours(1);
    private static readonly Duration FirstWait = Duration.FromMinutes(1);
    private static readonly Duration LongestWait = Duration.FromHours(1);
    private static readonly Duration LongestUrgentWait = Duration.FromMinutes(10);
    private static readonly Duration Lease = Duration.FromMinutes(2);

    private readonly SemaphoreSlim turn = new(1, 1);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>How long a letter waits after a number of tries: a minute, then twice as long each time, up to an hour; an urgent one up to ten minutes.</summary>
    public static Duration WaitAfter(int tries, AlertKind kind) =>
        Duration.Min(kind == AlertKind.Waiting ? LongestWait : LongestUrgentWait, FirstWait * (1L << Math.Clamp(tries - 1, 0, 20)));

    /// <summary>Sends what is due. Returns how many letters were taken. Without a mail server wishes wait.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel = default)
    {
        if (settings.Mail is not { Host.Length: > 0 } mail) return 0;
        await turn.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
            var now = Now;
            foreach (var wish in await database.Set<ReferralAlert>().AsNoTracking().Where(alert => alert.To == null && alert.SentAt == null && alert.NextAt <= now).ToListAsync(cancel))
                if (await IsDueAsync(database, wish, cancel)) await WriteAsync(database, wish, cancel);
            var old = now - Duration.FromDays(KeptDays);
            await database.Set<ReferralAlert>().Where(alert => alert.SentAt < old).ExecuteDeleteAsync(cancel);
            return await DeliverAsync(database, mail, cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<bool> IsDueAsync(CmsDatabase database, ReferralAlert wish, CancellationToken cancel)
    {
        if (wish.Kind != AlertKind.Waiting) return true;
        if (!StaffedHours.Parse((await database.Set<ReferralTargets>().AsNoTracking().FirstOrDefaultAsync(cancel))?.StaffedHours ?? string.Empty).Contains(Now)) return false;
        var since = Now - BetweenOrdinary;
        return !await database.Set<ReferralAlert>().AnyAsync(alert => alert.To == null && alert.Kind == AlertKind.Waiting && alert.Group == wish.Group && alert.SentAt > since, cancel);
    }

    /// <summary>Writes a letter to each person whom the wish concerns now, and takes the wish off, in one transaction; one host does it.</summary>
    private async Task WriteAsync(CmsDatabase database, ReferralAlert wish, CancellationToken cancel)
    {
        var people = await ConcernedAsync(database, wish, cancel);
        if (people.Count == 0) return; // Somebody may get the role before it is too late.
        var now = Now;
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        if (await database.Set<ReferralAlert>().Where(alert => alert.Id == wish.Id && alert.SentAt == null).ExecuteUpdateAsync(set => set.SetProperty(alert => alert.SentAt, now), cancel) == 0) return;
        var waiting = await database.Set<ReferralAlert>().Where(alert => alert.To != null && alert.SentAt == null && alert.Kind == wish.Kind && alert.Group == wish.Group).Select(alert => alert.To).ToListAsync(cancel);
        database.AddRange(people.Where(person => !waiting.Contains(person)).Select(person => new ReferralAlert { Id = RandomKey.New(), Kind = wish.Kind, Group = wish.Group, To = person, WantedAt = wish.WantedAt, NextAt = now }));
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        database.ChangeTracker.Clear();
    }

    /// <summary>
    /// Of an ordinary message whoever is on the rota, or everybody where nobody is; of an urgent or overdue one the leads
    /// too. Of a message for the lead the leads alone: that there is one would tell somebody that they are its subject.
    /// </summary>
    private async Task<IReadOnlyList<Guid>> ConcernedAsync(CmsDatabase database, ReferralAlert wish, CancellationToken cancel)
    {
        var people = (await ReferralPeople.AllAsync(database, cancel)).Where(person => person.Email.Length > 0).ToList();
        var leads = people.Where(person => person.IsLead).Select(person => person.Id).ToList();
        if (wish.Group == ReferralGroup.Lead) return leads;
        var today = RotaDesk.Key(Now.InZone(LondonTime.Zone).Date);
        var day = await database.Set<RotaDay>().AsNoTracking().FirstOrDefaultAsync(each => each.Date == today, cancel);
        var onDuty = people.Where(person => person.Id == day?.OnDuty || person.Id == day?.Cover).Select(person => person.Id).ToList();
        var told = onDuty.Count > 0 ? onDuty : people.ConvertAll(person => person.Id);
        return wish.Kind == AlertKind.Waiting ? told : [.. leads.Union(told)];
    }

    private async Task<int> DeliverAsync(CmsDatabase database, MailSettings mail, CancellationToken cancel)
    {
        var now = Now;
        var letters = await database.Set<ReferralAlert>().Where(alert => alert.To != null && alert.SentAt == null && alert.NextAt <= now).OrderByDescending(alert => alert.Kind).ThenBy(alert => alert.WantedAt).ToListAsync(cancel);
        if (letters.Count == 0) return 0;
        var addresses = (await ReferralPeople.AllAsync(database, cancel)).ToDictionary(person => person.Id, person => person.Email);
        var sent = 0;
        using var door = new MailDoor(mail, settings.Url);
        foreach (var letter in letters)
        {
            if (!addresses.TryGetValue(letter.To!.Value, out var address) || address.Length == 0) // The query asks for it.
            {
                await database.Set<ReferralAlert>().Where(alert => alert.Id == letter.Id).ExecuteDeleteAsync(cancel); // They no longer answer messages.
                continue;
            }

            if (!await TakeAsync(database, letter, cancel)) continue; // Another host has it.
            var isTaken = await TryAsync(door, address, cancel);
            (letter.Tries, letter.SentAt, letter.NextAt) = (letter.Tries + 1, isTaken ? Now : null, Now + WaitAfter(letter.Tries + 1, letter.Kind));
            await database.SaveChangesAsync(cancel);
            if (isTaken) sent++;
        }

        await EndAsync(door, cancel);
        return sent;
    }

    /// <summary>Takes a letter for this host alone. Where it ends before it wrote what came of it, another takes it after <see cref="Lease"/>: twice is better than never.</summary>
    private async Task<bool> TakeAsync(CmsDatabase database, ReferralAlert letter, CancellationToken cancel)
    {
        var (seen, until) = (letter.NextAt, Now + Lease);
        return await database.Set<ReferralAlert>().Where(alert => alert.Id == letter.Id && alert.SentAt == null && alert.NextAt == seen).ExecuteUpdateAsync(set => set.SetProperty(alert => alert.NextAt, until), cancel) == 1;
    }

    /// <summary>True where the server took it. What it said instead may hold an address, so only its number is logged.</summary>
    private async Task<bool> TryAsync(MailDoor door, string address, CancellationToken cancel)
    {
        try
        {
            if (!door.IsOpen) await door.OpenAsync(cancel);
            await door.SendAsync(address, time.GetUtcNow(), cancel);
            return true;
        }
        catch (SmtpCommandException error)
        {
            LogRefused((int)error.StatusCode);
        }
        catch (Exception error) when (error is ProtocolException or AuthenticationException or ServiceNotAuthenticatedException or ServiceNotConnectedException or SslHandshakeException or SocketException or IOException or NotSupportedException or TimeoutException or ParseException)
        {
            LogUnreached(error.GetType().Name);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            LogUnreached(nameof(TimeoutException));
        }

        return false;
    }

    private async Task EndAsync(MailDoor door, CancellationToken cancel)
    {
        try
        {
            await door.CloseAsync(cancel);
        }
        catch (Exception error) when (error is ProtocolException or SocketException or IOException or CommandException)
        {
            LogUnreached(error.GetType().Name); // What it took before is taken.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The mail server did not take a mail to staff: {Status}. It is kept and tried again.")]
    private partial void LogRefused(int status);

    [LoggerMessage(LogLevel.Warning, "The mail server could not be spoken to: {Error}. Mails to staff are kept and tried again.")]
    private partial void LogUnreached(string error);
}

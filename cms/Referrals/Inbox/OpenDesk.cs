using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Sealing;
using Portal.Cms.Staff;

namespace Portal.Cms.Referrals.Inbox;

/// <summary>
/// Gives out sealed files: the log has the row before a byte leaves. Given out is not read: a file may be damaged, or the
/// page hidden before a word was shown. A message counts as read when the browser of somebody who was given it says so.
/// </summary>
internal sealed class OpenDesk(CmsDatabase database, Rewrapping rewrapping, AuditLog audit, TimeProvider time)
{
    private const string Opened = "referral.open";

    /// <summary>Most organisations that one export is sealed to.</summary>
    public const int MostReaders = 8;

    /// <summary>The file for somebody who opens it now. Null with what stands in the way.</summary>
    public async Task<(byte[]? File, Refusal Refusal)> OpenAsync(StaffUser user, Guid id, CancellationToken cancel)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await FindAsync(user, id, cancel) is not { } message) return (null, Refusal.Unknown);
        if (!await IsReaderAsync(user, message, cancel)) return (null, Refusal.NoReader);
        audit.Add(database, user.Actor, Opened, id.ToString());
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return ([.. message.Header!, .. message.Payload!], Refusal.None); // One that was found has both.
    }

    /// <summary>Its words were shown: from now on it counts as read. Only whoever may open it now and was given it may say so; said again, it changes nothing.</summary>
    public async Task<Refusal> ReadAsync(StaffUser user, Guid id, CancellationToken cancel)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await FindAsync(user, id, cancel) is not { } message) return Refusal.Unknown;
        if (!await IsReaderAsync(user, message, cancel) || !await database.Audit.AnyAsync(row => row.Act == Opened && row.Subject == id.ToString() && row.ActorId == user.Id, cancel)) return Refusal.NoReader;
        if (message.OpenedAt is not null) return Refusal.None;
        message.OpenedAt = Instant.FromDateTimeOffset(time.GetUtcNow());
        if (message.State == ReferralState.New) message.State = ReferralState.Opened; // The version stays: no form that somebody has open would write over this.
        audit.Add(database, user.Actor, "referral.read", id.ToString());
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Refusal.None;
    }

    /// <summary>The file as it is, for whoever has the recovery key. It stays unread: nobody has opened it here.</summary>
    public async Task<(byte[] File, string Reference)?> OriginalAsync(StaffUser user, Guid id, CancellationToken cancel)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await FindAsync(user, id, cancel) is not { } message) return null;
        audit.Add(database, user.Actor, "referral.export", id.ToString(), "the sealed file as it is");
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return ([.. message.Header!, .. message.Payload!], message.Reference); // One that was found has both.
    }

    /// <summary>Notes that a message is sealed anew for others, before the browser does it. A sentence where it may not; null where it may.</summary>
    public async Task<string?> ExportAsync(StaffUser user, Guid id, IReadOnlyList<string> recipients, CancellationToken cancel)
    {
        if (recipients.Count is 0 or > MostReaders) return $"Give 1 to {MostReaders} public keys.";
        foreach (var recipient in recipients)
            if (KeyDesk.Fault(recipient) is { } fault) return fault;
        if (recipients.Select(Recipient.Parse).Distinct().Count() != recipients.Count) return "One of the keys stands there twice.";
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await FindAsync(user, id, cancel) is not { } message || !await IsReaderAsync(user, message, cancel)) return "This message is no longer yours to hand over.";
        audit.Add(database, user.Actor, "referral.export", id.ToString(), $"sealed anew for {string.Join(' ', recipients)}");
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    private async Task<bool> IsReaderAsync(StaffUser user, Referral message, CancellationToken cancel) =>
        await rewrapping.OwnAsync(user.Id, cancel) is { } own && message.Readers.Split(Rewrapping.Between).Contains(own);

    private Task<Referral?> FindAsync(StaffUser user, Guid id, CancellationToken cancel) =>
        ReferralSight.Openable(database, user).FirstOrDefaultAsync(message => message.Id == id && message.Header != null && message.Payload != null, cancel);
}

/// <summary>Why a file was not given out.</summary>
internal enum Refusal
{
    None,

    /// <summary>No such message, none that they see, or its words are gone.</summary>
    Unknown,

    /// <summary>No key of theirs is among its readers, or what they say they read they were never given.</summary>
    NoReader,
}

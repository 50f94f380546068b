using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Sealing;
using Portal.Cms.Staff;

namespace Portal.Cms.Referrals.Inbox;

/// <summary>Gives out sealed files: the log has the row before a byte leaves.</summary>
internal sealed class OpenDesk(CmsDatabase database, Rewrapping rewrapping, AuditLog audit, TimeProvider time)
{
    /// <summary>Most organisations that one export is sealed to.</summary>
    public const int MostReaders = 8;

    /// <summary>The file for somebody who opens it now. Null with what stands in the way.</summary>
    public async Task<(byte[]? File, Refusal Refusal)> OpenAsync(StaffUser user, Guid id, CancellationToken cancel)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await FindAsync(user, id, cancel) is not { } message) return (null, Refusal.Unknown);
        if (await rewrapping.OwnAsync(user.Id, cancel) is not { } own || !message.Readers.Split(Rewrapping.Between).Contains(own)) return (null, Refusal.NoReader);
        if (message.OpenedAt is null)
        {
            message.OpenedAt = Instant.FromDateTimeOffset(time.GetUtcNow());
            if (message.State == ReferralState.New) message.State = ReferralState.Opened;
            message.Version++; // Not the next time: nothing of the row changes, and no form elsewhere goes stale.
        }

        audit.Add(database, user.Actor, "referral.open", id.ToString());
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return ([.. message.Header!, .. message.Payload!], Refusal.None); // One that was found has both.
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
        if (await FindAsync(user, id, cancel) is not { } message || await rewrapping.OwnAsync(user.Id, cancel) is not { } own || !message.Readers.Split(Rewrapping.Between).Contains(own)) return "This message is no longer yours to hand over.";
        audit.Add(database, user.Actor, "referral.export", id.ToString(), $"sealed anew for {string.Join(' ', recipients)}");
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    private Task<Referral?> FindAsync(StaffUser user, Guid id, CancellationToken cancel) =>
        ReferralSight.Openable(database, user).FirstOrDefaultAsync(message => message.Id == id && message.Header != null && message.Payload != null, cancel);
}

/// <summary>Why a file was not given out.</summary>
internal enum Refusal
{
    None,

    /// <summary>No such message, none that they see, or its words are gone.</summary>
    Unknown,

    /// <summary>No key of theirs is among its readers.</summary>
    NoReader,
}

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Referrals.Sealing;
using Portal.Cms.Staff;

namespace Portal.Cms.Referrals.Keys;

/// <summary>A message whose readers are no longer those of its group.</summary>
/// <param name="Readers">Recipients that its header is for now, as the row has them.</param>
internal sealed record WaitingMessage(Guid Id, string Reference, ReferralGroup Group, long Version, string Readers, byte[] Header);

/// <summary>How taking a new header ended.</summary>
internal enum Rewrapped
{
    Done,

    /// <summary>No such message, or no words in it any more.</summary>
    Unknown,

    /// <summary>Who sends it could not have opened the message.</summary>
    NoAccess,

    /// <summary>It is for others than the key set in force names.</summary>
    OtherReaders,

    /// <summary>Somebody wrote to the message since.</summary>
    Stale,

    /// <summary>It is not the header of a message, or not for as many.</summary>
    Misshapen,
}

/// <summary>
/// New headers for messages, made in the browser of somebody who can open them. What is in a header cannot be seen here:
/// its shape, its number of readers and who sends it can, and its sender stands in the log.
/// </summary>
internal sealed class Rewrapping(CmsDatabase database, AuditLog audit)
{
    /// <summary>Between two recipients in <see cref="Referral.Readers"/>.</summary>
    public const char Between = ' ';

    /// <summary>Every message whose header is not for exactly the key set of its group, oldest first. None while nothing may be sealed.</summary>
    public async Task<IReadOnlyList<WaitingMessage>> WaitingAsync(KeySet set, CancellationToken cancel)
    {
        var (team, lead) = (Line(set.Team), Line(set.Lead));
        return await database.Set<Referral>().AsNoTracking()
            .Where(message => message.Header != null && ((message.Group == ReferralGroup.Team && team != string.Empty && message.Readers != team) || (message.Group == ReferralGroup.Lead && lead != string.Empty && message.Readers != lead)))
            .OrderBy(message => message.Received).ThenBy(message => message.Id)
            .Select(message => new WaitingMessage(message.Id, message.Reference, message.Group, message.Version, message.Readers, message.Header!))
            .ToListAsync(cancel);
    }

    /// <summary>The recipient of somebody's key that counts; null for none.</summary>
    public Task<string?> OwnAsync(Guid account, CancellationToken cancel) => KeySets.Admitted(database).Where(member => member.AccountId == account).Select(member => member.Recipient).FirstOrDefaultAsync(cancel);

    public async Task<Rewrapped> TakeAsync(StaffUser user, Guid id, long version, IReadOnlyList<string> readers, byte[] header, CancellationToken cancel)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await database.Set<Referral>().FirstOrDefaultAsync(each => each.Id == id && each.Header != null, cancel) is not { } message) return Rewrapped.Unknown;
        var before = message.Readers.Split(Between);
        if (await OwnAsync(user.Id, cancel) is not { } own || !before.Contains(own) || !MayOpen(user, message.Group)) return Rewrapped.NoAccess;
        if (message.Version != version) return Rewrapped.Stale;
        var wanted = (await KeySets.CurrentAsync(database, cancel)).Of(message.Group);
        if (wanted.Count == 0 || !wanted.SequenceEqual(readers.Order(StringComparer.Ordinal))) return Rewrapped.OtherReaders;
        if (!SealedHeader.TryRead(header, out var read, out _) || read.Length != header.Length || !SealedFile.TryRead([.. header, .. message.Payload!], wanted.Count, out _, out _)) return Rewrapped.Misshapen; // A header without a payload there is not.
        (message.Header, message.Readers) = (header, Line(wanted));
        message.Version++;
        audit.Add(database, user.Actor, "referral.rewrap", message.Id.ToString(), $"{wanted.Count} readers: {wanted.Except(before).Count()} let in, {before.Except(wanted).Count()} taken out");
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Rewrapped.Done;
    }

    /// <summary>True where somebody's role lets them open messages of a group, whatever keys they have.</summary>
    public static bool MayOpen(StaffUser user, ReferralGroup group) => user.Can(group == ReferralGroup.Lead ? Permissions.ReferLead : Permissions.Refer);

    /// <summary>As <see cref="Referral.Readers"/> holds them.</summary>
    public static string Line(IEnumerable<string> recipients) => string.Join(Between, recipients.Order(StringComparer.Ordinal));
}

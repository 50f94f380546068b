using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Publishing;
using Portal.Cms.Referrals.Sealing;
using Portal.Cms.Staff;

namespace Portal.Cms.Referrals.Keys;

/// <summary>
/// Keys of the people who open messages: made in their browser, let in by a safeguarding lead, ended. Each answers with
/// what stands in the way, in a sentence; null for nothing.
/// </summary>
internal sealed class KeyDesk(CmsDatabase database, KeyChange change, AuditLog audit, Publisher publisher, TimeProvider time)
{
    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Keeps somebody's new key. It opens nothing until they are let in; a key of theirs that counts goes on until then.</summary>
    /// <param name="recipient">Their public key.</param>
    /// <param name="wrapped">Their identity, sealed with their passphrase, in base64.</param>
    public async Task<string?> MakeAsync(StaffUser user, string recipient, string wrapped, CancellationToken cancel)
    {
        var room = new byte[wrapped.Length];
        if (!Convert.TryFromBase64String(wrapped, room, out var length) || !WrappedIdentity.Fits(room.AsSpan(0, length))) return "The key did not come whole, and was not kept. Make it again.";
        if (Fault(recipient) is { } fault) return fault;
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await IsKnownAsync(recipient, cancel)) return "This key was used before. Make a new one.";
        foreach (var waiting in await database.Set<KeyMember>().Where(member => member.AccountId == user.Id && member.AdmittedAt == null && member.EndedAt == null).ToListAsync(cancel)) waiting.End(Now);
        database.Add(new KeyMember { Id = RandomKey.New(), AccountId = user.Id, Recipient = recipient, Wrapped = room[..length], MadeAt = Now });
        audit.Add(database, user.Actor, "referral.key.make", user.Id.ToString(), recipient);
        await SaveAsync(user, transaction, cancel);
        return null;
    }

    /// <summary>
    /// Lets a key in. A lead who can open messages already lets others in; while none can, which is how it begins, a lead
    /// lets themself in. Whoever can only give the role, or has only the role, lets nobody in.
    /// </summary>
    public async Task<string?> AdmitAsync(StaffUser user, Guid id, CancellationToken cancel)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await database.Set<KeyMember>().FirstOrDefaultAsync(each => each.Id == id && each.AdmittedAt == null && each.EndedAt == null, cancel) is not { } member) return "This key no longer waits.";
        if (!await KeySets.Allowed(database).AnyAsync(account => account.Id == member.AccountId, cancel)) return "Their account may not open messages. An Owner gives the role.";
        var leads = await KeySets.AdmittedLeads(database).Select(lead => lead.AccountId).ToListAsync(cancel);
        if (leads.Count > 0 && member.AccountId == user.Id) return "Another lead lets you in: nobody lets themself in while a lead has a key. If you are the only lead, end your old key first.";
        if (leads.Count > 0 && !leads.Contains(user.Id)) return "Only a lead who can open messages lets others in. Have your own key let in first.";
        foreach (var before in await database.Set<KeyMember>().Where(each => each.AccountId == member.AccountId && each.AdmittedAt != null && each.EndedAt == null).ToListAsync(cancel)) before.End(Now);
        member.AdmittedAt = Now;
        audit.Add(database, user.Actor, "referral.key.admit", member.AccountId.ToString(), member.Recipient);
        await SaveAsync(user, transaction, cancel);
        return null;
    }

    /// <summary>Ends a key: one's own, or as a lead anybody's. What is sealed from now on it does not open.</summary>
    public async Task<string?> EndAsync(StaffUser user, Guid id, CancellationToken cancel)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await database.Set<KeyMember>().FirstOrDefaultAsync(each => each.Id == id && each.EndedAt == null, cancel) is not { } member) return "This key has ended already.";
        if (member.AccountId != user.Id && !user.Can(Permissions.ReferLead)) return "A lead ends the keys of others.";
        member.End(Now);
        audit.Add(database, user.Actor, "referral.key.end", member.AccountId.ToString(), member.Recipient);
        await SaveAsync(user, transaction, cancel);
        return null;
    }

    /// <summary>True for a key that a member or the recovery has, or once had.</summary>
    public async Task<bool> IsKnownAsync(string recipient, CancellationToken cancel) =>
        await database.Set<KeyMember>().AnyAsync(member => member.Recipient == recipient, cancel) || await database.Set<RecoveryKey>().AnyAsync(key => key.Recipient == recipient, cancel);

    /// <summary>Why a text is no public key; null where it is one.</summary>
    public static string? Fault(string recipient)
    {
        try
        {
            Recipient.Parse(recipient);
            return null;
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }

    private async Task SaveAsync(StaffUser user, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, CancellationToken cancel)
    {
        await database.SaveChangesAsync(cancel);
        await change.NoteAsync(user.Actor, cancel);
        await transaction.CommitAsync(cancel);
        publisher.Wake();
    }
}

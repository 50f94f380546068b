using System.Security.Cryptography;
using System.Text;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Publishing;
using Portal.Cms.Referrals.Sealing;
using Portal.Cms.Staff;

namespace Portal.Cms.Referrals.Keys;

/// <summary>
/// The recovery key: made offline, and not counted on before somebody has opened a test file with it. A new one takes the
/// old one's place when it was checked, not before. Faults are told in a sentence; null for none.
/// </summary>
internal sealed class RecoveryDesk(CmsDatabase database, KeyDesk keys, KeyChange change, AuditLog audit, Publisher publisher, TimeProvider time)
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's: none looks like another.
    private const int WordLength = 12;
    private const int Part = 4;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>The one that is not checked yet; null for none.</summary>
    public Task<RecoveryKey?> WaitingAsync(CancellationToken cancel) => database.Set<RecoveryKey>().Where(key => key.CheckedAt == null && key.EndedAt == null).OrderByDescending(key => key.MadeAt).FirstOrDefaultAsync(cancel);

    public async Task<string?> AddAsync(StaffUser user, string recipient, CancellationToken cancel)
    {
        recipient = recipient.Trim();
        if (recipient.Contains("SECRET", StringComparison.OrdinalIgnoreCase)) return "This is the secret half, and it has now left the machine it was made on. Throw it away, make a new pair, and paste the line that starts with “age1”.";
        if (KeyDesk.Fault(recipient) is { } fault) return fault;
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await keys.IsKnownAsync(recipient, cancel)) return "This key was used here before. Make a new pair.";
        foreach (var old in await database.Set<RecoveryKey>().Where(key => key.CheckedAt == null && key.EndedAt == null).ToListAsync(cancel)) old.EndedAt = Now;
        database.Add(new RecoveryKey { Id = RandomKey.New(), Recipient = recipient, MadeAt = Now });
        audit.Add(database, user.Actor, "referral.recovery.add", "recovery", recipient);
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return null;
    }

    /// <summary>A file with a new word, sealed to the key that waits; the word of an earlier file no longer counts. Null where no key waits.</summary>
    public async Task<byte[]?> TestFileAsync(CancellationToken cancel)
    {
        if (await WaitingAsync(cancel) is not { } key) return null;
        var word = string.Concat(Enumerable.Range(0, WordLength).Select(_ => Letters[RandomNumberGenerator.GetInt32(Letters.Length)]));
        key.TestHash = Hash(word);
        await database.SaveChangesAsync(cancel);
        return Sealer.Seal(Encoding.ASCII.GetBytes(string.Join('-', word.Chunk(Part).Select(part => new string(part))) + "\n"), [Recipient.Parse(key.Recipient)]);
    }

    /// <summary>Takes the word that stood in the file. From then on every message is sealed to this key too.</summary>
    public async Task<string?> CheckAsync(StaffUser user, string word, CancellationToken cancel)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (await WaitingAsync(cancel) is not { } key) return "No recovery key waits to be checked.";
        if (key.TestHash is null) return "Download the test file first.";
        if (!CryptographicOperations.FixedTimeEquals(key.TestHash, Hash(word))) return "This is not the word in the newest test file. Look again, or download the file anew.";
        foreach (var old in await database.Set<RecoveryKey>().Where(each => each.CheckedAt != null && each.EndedAt == null).ToListAsync(cancel)) old.EndedAt = Now;
        (key.CheckedAt, key.TestHash) = (Now, null);
        audit.Add(database, user.Actor, "referral.recovery.check", "recovery", key.Recipient);
        await database.SaveChangesAsync(cancel);
        await change.NoteAsync(user.Actor, cancel);
        await transaction.CommitAsync(cancel);
        publisher.Wake();
        return null;
    }

    /// <summary>However it is typed: capitals, spaces and hyphens do not matter.</summary>
    private static byte[] Hash(string word) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(word.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()));
}

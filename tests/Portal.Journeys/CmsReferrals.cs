using System.Security.Cryptography;
using System.Text;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Sealing;
using Portal.Cms.Staff;
using Portal.Tests.Cms;
using Portal.Tests.Referrals;

using ChaCha20Poly1305 = System.Security.Cryptography.ChaCha20Poly1305;

namespace Portal.Journeys;

/// <summary>Keys and messages in a running CMS, and keys whose passphrase is quick to try.</summary>
internal static class CmsReferrals
{
    /// <summary>Passphrase of every key here.</summary>
    public const string Passphrase = "lantern gravel oboe quince ferry";

    /// <summary>A message of the shared server that whoever has every role can open.</summary>
    public static readonly Guid Message = new("3b9e7a52-1c4d-4f6a-9b8e-5d2c7f1a0e64");

    /// <summary>One that nobody there can.</summary>
    public static readonly Guid ForOthers = new("c81d4e2e-bcf2-4ce6-869b-7ff92cb92432");

    /// <summary>The power of two of their work: the real one takes a second each time.</summary>
    private const int QuickWork = 10;

    public static ReferralWorld World(CmsServer server) => new(work => server.WithDatabaseAsync(work), () => Instant.FromDateTimeOffset(server.Clock.GetUtcNow()));

    /// <summary>A key of somebody that <see cref="Passphrase"/> unlocks.</summary>
    public static Task<Identity> KeyAsync(CmsServer server, Guid account)
    {
        var identity = Identity.New();
        return World(server).KeyAsync(account, wrapped: Wrap(identity), identity: identity);
    }

    /// <summary>What the screens of the shared server show, once.</summary>
    public static async Task AddAsync(CmsServer server)
    {
        if (await server.WithDatabaseAsync(database => database.Set<Referral>().AnyAsync(message => message.Id == Message))) return;
        var world = World(server);
        await world.RecoveryAsync();
        var everybody = await server.WithDatabaseAsync(database => database.Users.Where(account => database.Grants.Any(grant => grant.AccountId == account.Id && grant.Role == Role.SafeguardingLead)).Select(account => account.Id).ToListAsync());
        foreach (var account in everybody) await KeyAsync(server, account);
        await world.KeyAsync((await server.PersonAsync("Robin Hale", (Role.SafeguardingLead, string.Empty))).Id, admitted: false);
        await world.MessageAsync(urgent: true, state: ReferralState.Opened, isUnchecked: true, id: Message);
        await world.MessageAsync(group: ReferralGroup.Lead, confirmed: false, readers: [Identity.New()], id: ForOthers);
    }

    /// <summary>An identity sealed with <see cref="Passphrase"/>, as an age file.</summary>
    private static byte[] Wrap(Identity identity)
    {
        var (salt, fileKey, nonce) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(16));
        var wrapKey = Scrypt.Derive(Encoding.UTF8.GetBytes(Passphrase), [.. "age-encryption.org/v1/scrypt"u8, .. salt], QuickWork);
        var covered = HeaderText.UpToMac([new(["scrypt", RawBase64.Write(salt), $"{QuickWork}"], Seal(wrapKey, new byte[12], fileKey))]);
        var mac = HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, 32, [], "header"u8.ToArray()), covered);
        byte[] last = [.. new byte[11], 1];
        return [.. covered, .. HeaderText.AfterDashes(mac), .. nonce, .. Seal(HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, 32, nonce, "payload"u8.ToArray()), last, Encoding.ASCII.GetBytes(identity + "\n"))];
    }

    private static byte[] Seal(byte[] key, byte[] nonce, byte[] plain)
    {
        var text = new byte[plain.Length + 16];
        using var aead = new ChaCha20Poly1305(key);
        aead.Encrypt(nonce, plain, text.AsSpan(0, plain.Length), text.AsSpan(plain.Length));
        return text;
    }
}

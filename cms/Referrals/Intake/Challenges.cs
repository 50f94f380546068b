using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Microsoft.AspNetCore.DataProtection;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// Work that a browser does before it sends, in the wire format of ALTCHA 2 (algorithm SHA-256, known counter): cheap once,
/// dear a million times. A challenge is good for ten minutes and its proof once. Nothing is stored for it: the challenge
/// carries the secret it was signed with, protected by the keys of the database, so every instance can judge it. Which
/// proofs were used each instance remembers for itself. Whatever fails here is a label, and never a refusal.
/// </summary>
internal sealed class Challenges(IDataProtectionProvider protection, TimeProvider time)
{
    private const string Algorithm = "SHA-256";

    /// <summary>Hashes for each counter that is tried.</summary>
    private const int Cost = 8;

    /// <summary>The counter is one of these, so 64,000 to 128,000 hashes find it: about a second of a cheap phone.</summary>
    private const int LeastCounter = 8_000;
    private const int MostCounter = 16_000;

    private const int KeyLength = 32;

    /// <summary>Bytes of the key that tell when it is found: no other counter has them, and every solver takes as many.</summary>
    private const int PrefixLength = 8;

    private const int SecondsGood = 600;

    /// <summary>Used proofs that are remembered, about 10 MiB; with more than that at once replays are no longer seen.</summary>
    private const int MostUsed = 100_000;

    /// <summary>Characters of a proof; ours have about 900.</summary>
    private const int LongestProof = 4_096;

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Cms.Referrals.Intake.Challenges");
    private readonly Lock turn = new();
    private readonly Dictionary<string, long> used = new(StringComparer.Ordinal);
    private Signing? signing;

    /// <summary>What this instance signs with; the other implementation takes the same text as its secret.</summary>
    public string Secret => Own().Secret;

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>A new challenge as JSON.</summary>
    public byte[] Create()
    {
        var own = Own();
        var (nonce, salt) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(16));
        var prefix = Convert.ToHexStringLower(Derive(salt, nonce, (uint)RandomNumberGenerator.GetInt32(LeastCounter, MostCounter)).AsSpan(0, PrefixLength));
        var parameters = Parameters(own.Protected, Now + SecondsGood, prefix, Convert.ToHexStringLower(nonce), Convert.ToHexStringLower(salt));
        return Encoding.ASCII.GetBytes($$"""{"parameters":{{parameters}},"signature":"{{Sign(parameters, own.Secret)}}"}""");
    }

    /// <summary>True where a proof is right, in time and used for the first time.</summary>
    /// <param name="proof">Base64 of JSON with the challenge and its solution, as a visitor sent it: anything at all.</param>
    public bool TryUse(string? proof)
    {
        if (proof is null or { Length: 0 or > LongestProof }) return false;
        var bytes = new byte[proof.Length];
        if (!Convert.TryFromBase64String(proof, bytes, out var length)) return false;
        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(0, length));
            return IsRight(json.RootElement, out var signature, out var until) && FirstUse(signature, until);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or CryptographicException)
        {
            return false; // Not made by us, or not whole.
        }
    }

    private bool IsRight(JsonElement payload, out string signature, out long until)
    {
        var (challenge, solution) = (payload.GetProperty("challenge"), payload.GetProperty("solution"));
        var (given, counter) = (challenge.GetProperty("parameters"), solution.GetProperty("counter").GetUInt32());
        signature = Text(challenge, "signature");
        until = given.GetProperty("expiresAt").GetInt64();
        var (nonce, salt, prefix, sealedSecret) = (Text(given, "nonce"), Text(given, "salt"), Text(given, "keyPrefix"), Text(given.GetProperty("data"), "key"));

        // Written anew from its values: parameters that we did not write, such as a lower cost, do not bear our signature.
        var parameters = Parameters(sealedSecret, until, prefix, nonce, salt);
        if (!Same(signature, Sign(parameters, protector.Unprotect(sealedSecret))) || until < Now) return false;
        var derived = Convert.ToHexStringLower(Derive(Convert.FromHexString(salt), Convert.FromHexString(nonce), counter));
        return Same(derived, Text(solution, "derivedKey")) && derived.StartsWith(prefix, StringComparison.Ordinal);
    }

    private bool FirstUse(string signature, long until)
    {
        lock (turn)
        {
            if (used.Count >= MostUsed)
                foreach (var old in used.Where(each => each.Value < Now).Select(each => each.Key).ToList()) used.Remove(old);
            return used.Count >= MostUsed || used.TryAdd(signature, until);
        }
    }

    private Signing Own()
    {
        lock (turn)
        {
            if (signing is not null) return signing;
            var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            return signing = new(secret, protector.Protect(secret));
        }
    }

    /// <summary>Keys in the order of the alphabet, no space: what is signed. Every value is of letters that JSON writes as they are.</summary>
    private static string Parameters(string sealedSecret, long until, string prefix, string nonce, string salt) => string.Create(CultureInfo.InvariantCulture,
        $$$"""{"algorithm":"{{{Algorithm}}}","cost":{{{Cost}}},"data":{"key":"{{{sealedSecret}}}"},"expiresAt":{{{until}}},"keyLength":{{{KeyLength}}},"keyPrefix":"{{{prefix}}}","nonce":"{{{nonce}}}","salt":"{{{salt}}}"}""");

    private static string Sign(string parameters, string secret) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(parameters)));

    private static byte[] Derive(byte[] salt, byte[] nonce, uint counter)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, counter);
        var key = SHA256.HashData([.. salt, .. nonce, .. number]);
        for (var round = 1; round < Cost; round++) key = SHA256.HashData(key);
        return key;
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? throw new JsonException();

    private static bool Same(string left, string right) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private sealed record Signing(string Secret, string Protected);
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

using NSec.Cryptography;

using Portal.Cms.Referrals.Sealing;

using ChaCha20Poly1305 = System.Security.Cryptography.ChaCha20Poly1305;

namespace Portal.Tests.Referrals;

/// <summary>How opening a file ended.</summary>
internal enum Outcome
{
    Success,
    HeaderFailure,
    NoMatch,
    HmacFailure,
    PayloadFailure,
}

/// <param name="Plain">All that was given out before the end.</param>
/// <param name="FileKey">Null where none was found.</param>
internal sealed record Opening(Outcome Outcome, byte[] Plain, SealedHeader? Header, byte[]? FileKey);

/// <summary>
/// Opens age v1 files, by X25519 and by passphrase, so that sealing can be judged; the product has no such thing. Only the
/// header's reader is the product's: all that follows is done by the framework's own functions, but for X25519.
/// </summary>
internal static class Opener
{
    private const int Share = 32;
    private const int Wrapped = 32;
    private const int Tag = 16;
    private const int Chunk = 64 * 1024;
    private const int Salt = 16;

    /// <summary>The most that a passphrase's stanza may ask for, as a power of two. Tests are not kept waiting.</summary>
    private const int MostWork = 14;

    public static Opening Open(ReadOnlySpan<byte> file, params IReadOnlyList<Identity> identities)
    {
        if (!SealedHeader.TryRead(file, out var header, out _)) return new(Outcome.HeaderFailure, [], null, null);
        var payload = file[header.Length..];
        var (outcome, key) = Unwrap(header, identities);
        if (key is null) return new(outcome, [], header, null);
        var macKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, [], "header"u8.ToArray());
        if (!HMACSHA256.HashData(macKey, file[..(header.Length - " ".Length - 43 - 1)]).AsSpan().SequenceEqual(header.Mac.Span)) return new(Outcome.HmacFailure, [], header, key);
        if (payload.Length < 16) return new(Outcome.HeaderFailure, [], header, key); // Without its nonce it has not begun.
        using var plain = new MemoryStream();
        var whole = Decrypt(payload[16..], HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, payload[..16].ToArray(), "payload"u8.ToArray()), plain);
        return new(whole ? Outcome.Success : Outcome.PayloadFailure, plain.ToArray(), header, key);
    }

    private static byte[] Nonce(long number, bool isLast)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(3), number);
        nonce[11] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }

    private static (Outcome Outcome, byte[]? Key) Unwrap(SealedHeader header, IReadOnlyList<Identity> identities)
    {
        var passphrases = header.Stanzas.Count(stanza => stanza.Type == "scrypt");
        if (passphrases > 0 && header.Stanzas.Count > 1) return (Outcome.HeaderFailure, null);
        foreach (var identity in identities)
        {
            foreach (var stanza in header.Stanzas.Where(stanza => stanza.Type == (identity.Key is null ? "scrypt" : "X25519")))
            {
                if (WrapKey(stanza, identity) is not { } wrap || stanza.Body.Length != Wrapped) return (Outcome.HeaderFailure, null);
                if (Decrypt(wrap, new byte[12], stanza.Body.Span) is { } key) return (Outcome.Success, key);
            }
        }

        return (Outcome.NoMatch, null);
    }

    /// <summary>Null where the stanza is not one of its type.</summary>
    private static byte[]? WrapKey(Stanza stanza, Identity identity)
    {
        var arguments = stanza.Arguments.Skip(1).ToList();
        if (identity.Key is not { } key)
        {
            if (arguments.Count != 2 || RawBase64.Read(Encoding.ASCII.GetBytes(arguments[0])) is not { Length: Salt } salt || Work(arguments[1]) is not { } work) return null;
            return Scrypt.Derive(Encoding.UTF8.GetBytes(identity.Passphrase!), [.. "age-encryption.org/v1/scrypt"u8, .. salt], work);
        }

        if (arguments.Count != 1 || RawBase64.Read(Encoding.ASCII.GetBytes(arguments[0])) is not { Length: Share } share) return null;
        if (!PublicKey.TryImport(KeyAgreementAlgorithm.X25519, share, KeyBlobFormat.RawPublicKey, out var ephemeral) || ephemeral is null) return null;
        using var shared = KeyAgreementAlgorithm.X25519.Agree(key, ephemeral, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        if (shared is null) return null;
        byte[] both = [.. share, .. key.PublicKey.Export(KeyBlobFormat.RawPublicKey)];
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, shared.Export(SharedSecretBlobFormat.RawSharedSecret), 32, both, "age-encryption.org/v1/X25519"u8.ToArray());
    }

    private static int? Work(string digits) =>
        digits.Length is 1 or 2 && digits[0] != '0' && digits.All(char.IsAsciiDigit) && int.Parse(digits, CultureInfo.InvariantCulture) is <= MostWork and var work ? work : null;

    private static bool Decrypt(ReadOnlySpan<byte> chunks, byte[] key, MemoryStream plain)
    {
        for (var number = 0L; ; number++)
        {
            var chunk = chunks[..Math.Min(chunks.Length, Chunk + Tag)];
            chunks = chunks[chunk.Length..];
            var text = chunk.Length == Chunk + Tag ? Decrypt(key, Nonce(number, isLast: false), chunk) : null;
            var isLast = text is null;
            text ??= Decrypt(key, Nonce(number, isLast: true), chunk);
            if (text is null || (number > 0 && text.Length == 0)) return false;
            plain.Write(text);
            if (isLast) return chunks.IsEmpty;
        }
    }

    private static byte[]? Decrypt(byte[] key, byte[] nonce, ReadOnlySpan<byte> text)
    {
        if (text.Length < Tag) return null;
        var plain = new byte[text.Length - Tag];
        try
        {
            using var aead = new ChaCha20Poly1305(key);
            aead.Decrypt(nonce, text[..^Tag], text[^Tag..], plain);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}

using System.Security.Cryptography;

using NSec.Cryptography;

namespace Portal.Cms.Referrals.Sealing;

/// <summary>What all else in one file is derived from: made by chance for it, wiped with the end of this.</summary>
internal sealed class FileKey : IDisposable
{
    /// <summary>Bytes.</summary>
    public const int Length = 16;

    public const int MacLength = HMACSHA256.HashSizeInBytes;

    private static readonly KeyDerivationAlgorithm Hkdf = KeyDerivationAlgorithm.HkdfSha256;
    private static readonly AeadAlgorithm Aead = AeadAlgorithm.ChaCha20Poly1305;

    /// <summary>Pinned, so that the collector leaves no copy elsewhere that nobody wipes.</summary>
    private readonly byte[] key = GC.AllocateUninitializedArray<byte>(Length, pinned: true);

    public FileKey() => RandomNumberGenerator.Fill(key);

    public Stanza WrapFor(Recipient recipient)
    {
        using var ephemeral = Key.Create(KeyAgreementAlgorithm.X25519);
        using var shared = KeyAgreementAlgorithm.X25519.Agree(ephemeral, recipient.PublicKey)
            ?? throw new InvalidOperationException("A recipient is of low order, which its parser refuses.");
        Span<byte> salt = [.. ephemeral.PublicKey.Export(KeyBlobFormat.RawPublicKey), .. recipient.PublicKey.Export(KeyBlobFormat.RawPublicKey)];
        using var wrap = Hkdf.DeriveKey(shared, salt, "age-encryption.org/v1/X25519"u8, Aead);

        // The nonce is fixed: this key wraps this once, as the ephemeral share goes into it.
        Span<byte> nonce = stackalloc byte[Payload.ChunkNonceLength];
        nonce.Clear();
        return X25519Stanza.Of(salt[..Recipient.Length], Aead.Encrypt(wrap, nonce, [], key));
    }

    /// <param name="header">From its first byte up to and including the three dashes.</param>
    public byte[] Mac(ReadOnlySpan<byte> header)
    {
        Span<byte> macKey = stackalloc byte[MacLength];
        Hkdf.DeriveBytes(key, [], "header"u8, macKey);
        var mac = HMACSHA256.HashData(macKey, header);
        CryptographicOperations.ZeroMemory(macKey);
        return mac;
    }

    /// <param name="nonce">The payload's own, which stands before its chunks.</param>
    public Key PayloadKey(ReadOnlySpan<byte> nonce) => Hkdf.DeriveKey(key, nonce, "payload"u8, Aead);

    public void Dispose() => CryptographicOperations.ZeroMemory(key);
}

using System.Buffers.Binary;

using NSec.Cryptography;

namespace Portal.Cms.Referrals.Sealing;

/// <summary>What follows the header: a nonce, then the text in chunks, each sealed with its number and whether it is the last (STREAM).</summary>
internal static class Payload
{
    /// <summary>Bytes of the nonce in front, which goes into the payload's key.</summary>
    public const int NonceLength = 16;

    /// <summary>Bytes of text in each chunk but the last, which has 1 to as many, or none where the whole text is empty.</summary>
    public const int ChunkLength = 64 * 1024;

    /// <summary>Bytes that sealing adds to each chunk.</summary>
    public const int TagLength = 16;

    public const int ChunkNonceLength = 12;

    /// <summary>Bytes of the payload of a text of some bytes, its nonce included.</summary>
    public static long LengthOf(long plain) => NonceLength + plain + (TagLength * Math.Max(1, (plain + ChunkLength - 1) / ChunkLength));

    /// <param name="chunks">Where they go: as long as they are.</param>
    public static void Seal(ReadOnlySpan<byte> plain, Key key, Span<byte> chunks)
    {
        Span<byte> nonce = stackalloc byte[ChunkNonceLength];
        nonce.Clear();
        for (var number = 0L; ; number++)
        {
            var length = Math.Min(plain.Length, ChunkLength);
            var isLast = length == plain.Length;
            BinaryPrimitives.WriteInt64BigEndian(nonce[3..11], number); // The first three bytes of the counter stay zero.
            nonce[11] = isLast ? (byte)1 : (byte)0;
            AeadAlgorithm.ChaCha20Poly1305.Encrypt(key, nonce, [], plain[..length], chunks[..(length + TagLength)]);
            if (isLast) return;
            plain = plain[length..];
            chunks = chunks[(length + TagLength)..];
        }
    }
}

using NSec.Cryptography;

namespace Portal.Cms.Referrals.Sealing;

/// <summary>Somebody a text is sealed to: an X25519 public key, written "age1…". There is one way to write each.</summary>
internal sealed class Recipient : IEquatable<Recipient>
{
    /// <summary>Bytes of a public key.</summary>
    public const int Length = 32;

    private const string Prefix = "age";

    private static readonly KeyAgreementAlgorithm X25519 = KeyAgreementAlgorithm.X25519;

    /// <summary>Only asks points a question: with any key at all, a point of low order agrees on nothing.</summary>
    private static readonly Key Probe = Key.Create(X25519);

    private readonly string text;

    private Recipient(PublicKey key, string text) => (PublicKey, this.text) = (key, text);

    public PublicKey PublicKey { get; }

    /// <exception cref="FormatException">It is no recipient; the message says why.</exception>
    public static Recipient Parse(string text)
    {
        var (prefix, bytes) = Decode(text);
        if (prefix != Prefix) throw Wrong(prefix.StartsWith(Prefix + "-secret", StringComparison.OrdinalIgnoreCase)
            ? "it is an identity, which is a secret: give the line that starts with \"age1\""
            : "it does not start with \"age1\" in lower case");
        if (bytes.Length != Length) throw Wrong($"it holds {bytes.Length} bytes and not {Length}");
        return Of(bytes);
    }

    /// <param name="point">The public key as X25519 gives it, 32 bytes.</param>
    /// <exception cref="FormatException">Nobody can have that key.</exception>
    public static Recipient Of(ReadOnlySpan<byte> point)
    {
        // A key is derived over these bytes. Its owner would derive over the reduced ones, and never open.
        if (!IsReduced(point)) throw Wrong("it is not written as X25519 writes a key");
        if (!PublicKey.TryImport(X25519, point, KeyBlobFormat.RawPublicKey, out var key) || key is null) throw Wrong($"it does not hold {Length} bytes");
        using var agreed = X25519.Agree(Probe, key);
        if (agreed is null) throw Wrong("it is a point of low order: everybody could open what is sealed to it");
        return new(key, Bech32.Write(Prefix, point));
    }

    public bool Equals(Recipient? other) => other is not null && text == other.text;

    public override bool Equals(object? obj) => Equals(obj as Recipient);

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => text;

    private static (string Prefix, byte[] Bytes) Decode(string text)
    {
        try
        {
            return Bech32.Read(text);
        }
        catch (FormatException wrong)
        {
            throw Wrong(wrong.Message);
        }
    }

    /// <summary>Below the prime 2^255 - 19, in little-endian order.</summary>
    private static bool IsReduced(ReadOnlySpan<byte> point) => point.Length != Length
        || point[^1] < 0x7F
        || (point[^1] == 0x7F && (point[1..^1].ContainsAnyExcept((byte)0xFF) || point[0] < 0xED));

    private static FormatException Wrong(string why) => new($"This is no recipient: {why}.");
}

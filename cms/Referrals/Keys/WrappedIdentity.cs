using Portal.Cms.Referrals.Sealing;

namespace Portal.Cms.Referrals.Keys;

/// <summary>The shape of an identity that was sealed with a passphrase in a browser. What is in it nobody here can see.</summary>
internal static class WrappedIdentity
{
    /// <summary>A line of age-keygen: 74 letters and the line's end.</summary>
    public const int TextLength = 75;

    /// <summary>The power of two that a guess costs, at least. A copy of the database is guessed at without limit.</summary>
    public const int LeastWork = 18;

    /// <summary>More than this the age program refuses by itself.</summary>
    public const int MostWork = 22;

    private const int SaltLetters = 22;

    /// <summary>True for an age file with exactly one scrypt stanza over exactly one identity's line.</summary>
    public static bool Fits(ReadOnlySpan<byte> file) =>
        SealedHeader.TryRead(file, out var header, out _)
        && header.Stanzas is [{ Type: "scrypt", Arguments: [_, { Length: SaltLetters }, var work], Body.Length: X25519Stanza.BodyLength }]
        && work.Length == 2 && work.All(char.IsAsciiDigit) && int.Parse(work, System.Globalization.CultureInfo.InvariantCulture) is >= LeastWork and <= MostWork
        && file.Length - header.Length == Payload.LengthOf(TextLength);
}

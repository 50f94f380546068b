using System.Text;

namespace Portal.Cms.Referrals.Sealing;

/// <summary>The stanza of a recipient with an X25519 key: a share made for this one stanza, and the file key beneath what both agree on.</summary>
internal static class X25519Stanza
{
    public const string Type = "X25519";

    /// <summary>Bytes of the body: a file key and its tag.</summary>
    public const int BodyLength = FileKey.Length + Payload.TagLength;

    /// <summary>Bytes of the whole stanza in a header, with its two line ends.</summary>
    public static readonly int TextLength = "-> ".Length + Type.Length + 1 + RawBase64.LengthOf(Recipient.Length) + 1 + RawBase64.LengthOf(BodyLength) + 1;

    public static Stanza Of(ReadOnlySpan<byte> share, ReadOnlyMemory<byte> body) => new([Type, RawBase64.Write(share)], body);

    /// <summary>Whether it has the shape of one. Whom it is for cannot be seen, which is meant so.</summary>
    public static bool Fits(Stanza stanza) => stanza is { Type: Type, Arguments.Count: 2, Body.Length: BodyLength }
        && RawBase64.Read(Encoding.ASCII.GetBytes(stanza.Arguments[1])) is { Length: Recipient.Length };
}

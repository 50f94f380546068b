using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Portal.Cms.Referrals.Sealing;

/// <summary>Base64 of RFC 4648, section 4, without '='. Only the one right way to write some bytes is read.</summary>
internal static class RawBase64
{
    /// <summary>How many characters some bytes take.</summary>
    public static int LengthOf(int bytes) => ((bytes * 4) + 2) / 3;

    public static string Write(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>Null where the text is not base64, is padded, or has bits at its end that belong to no byte.</summary>
    public static byte[]? Read(ReadOnlySpan<byte> text)
    {
        var padded = new byte[(text.Length + 3) / 4 * 4];
        text.CopyTo(padded);
        padded.AsSpan(text.Length).Fill((byte)'=');
        var bytes = new byte[padded.Length / 4 * 3];
        if (Base64.DecodeFromUtf8(padded, bytes, out _, out var length) != OperationStatus.Done) return null;
        bytes = bytes[..length];

        // The framework passes over spaces, and '=' could stand where it was filled in: what is written anew must be what was read.
        return Encoding.ASCII.GetBytes(Write(bytes)).AsSpan().SequenceEqual(text) ? bytes : null;
    }
}

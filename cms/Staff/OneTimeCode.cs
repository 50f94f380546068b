using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

using NodaTime;

namespace Portal.Cms.Staff;

/// <summary>Six-digit codes of an authenticator app: RFC 6238 with SHA-1 and half minutes, which every app speaks.</summary>
internal static class OneTimeCode
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // Base 32, RFC 4648.
    private const int Period = 30;

    public static string NewSecret() => Encode(RandomNumberGenerator.GetBytes(20));

    /// <summary>The half minute since 1970 an instant is in.</summary>
    public static long Step(Instant instant) => instant.ToUnixTimeSeconds() / Period;

    /// <summary>The half minute whose code it is: this one, or one before or after it for a clock that is a little wrong; null for a wrong code.</summary>
    public static long? Match(string secret, string code, Instant now)
    {
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        foreach (var step in new[] { Step(now), Step(now) - 1, Step(now) + 1 })
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(At(secret, step)), System.Text.Encoding.ASCII.GetBytes(digits))) return step;
        }

        return null;
    }

    public static string At(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // Authenticator apps know no other; as HMAC, SHA-1 still holds.
        var hash = HMACSHA1.HashData(Decode(secret), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & 0x7fff_ffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>What the square code says to the app.</summary>
    public static string Link(string email, string secret) =>
        $"otpauth://totp/Portal:{Uri.EscapeDataString(email)}?secret={secret}&issuer=Portal";

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var (text, buffer, bits) = (new System.Text.StringBuilder(), 0, 0);
        foreach (var each in bytes)
        {
            (buffer, bits) = ((buffer << 8) | each, bits + 8);
            for (; bits >= 5; bits -= 5) text.Append(Letters[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        return text.ToString();
    }

    private static byte[] Decode(string text)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var letter in text)
        {
            (buffer, bits) = ((buffer << 5) | Letters.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
            buffer &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}

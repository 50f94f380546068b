using System.Text;

namespace Portal.Cms.Referrals.Sealing;

/// <summary>The text form of keys: BIP 173 without its limit on length, as age uses it.</summary>
internal static class Bech32
{
    private const string Digits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const char Separator = '1';
    private const int ChecksumDigits = 6;
    private const int BitsOfDigit = 5;
    private const int BitsOfByte = 8;

    private static readonly uint[] Generator = [0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3];

    /// <summary>In lower case.</summary>
    /// <param name="prefix">What stands before the separator, in lower case.</param>
    public static string Write(string prefix, ReadOnlySpan<byte> bytes)
    {
        var digits = new List<byte>(((bytes.Length * BitsOfByte) / BitsOfDigit) + 1 + ChecksumDigits);
        var (bits, held) = (0U, 0);
        foreach (var one in bytes)
        {
            bits = (bits << BitsOfByte) | one;
            for (held += BitsOfByte; held >= BitsOfDigit; held -= BitsOfDigit) digits.Add((byte)((bits >> (held - BitsOfDigit)) & 31));
        }

        if (held > 0) digits.Add((byte)((bits << (BitsOfDigit - held)) & 31));
        var sum = Sum(prefix, [.. digits, .. new byte[ChecksumDigits]]) ^ 1;
        for (var at = ChecksumDigits - 1; at >= 0; at--) digits.Add((byte)((sum >> (BitsOfDigit * at)) & 31));
        return new StringBuilder(prefix).Append(Separator).AppendJoin(string.Empty, digits.Select(digit => Digits[digit])).ToString();
    }

    /// <summary>Takes text that is all in lower case or all in upper case; the prefix comes back as it stands.</summary>
    /// <exception cref="FormatException">It is not that; the message says what is wrong, and never repeats the text, which may be a secret.</exception>
    public static (string Prefix, byte[] Bytes) Read(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange('!', '~')) throw new FormatException("it holds a space or a character beyond ASCII");
        if (text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper)) throw new FormatException("it mixes upper and lower case");
        var separator = text.LastIndexOf(Separator);
        if (separator < 1) throw new FormatException("nothing stands before a separator '1'");
        if (text.Length - separator - 1 < ChecksumDigits) throw new FormatException("it is cut off");
        var digits = new byte[text.Length - separator - 1];
        for (var at = 0; at < digits.Length; at++)
        {
            var digit = Digits.IndexOf(char.ToLowerInvariant(text[separator + 1 + at]), StringComparison.Ordinal);
            if (digit < 0) throw new FormatException($"character {separator + 2 + at} is none of its alphabet");
            digits[at] = (byte)digit;
        }

        if (Sum(text[..separator].ToLowerInvariant(), digits) != 1) throw new FormatException("its checksum does not fit: a character is wrong or missing");
        return (text[..separator], Bytes(digits.AsSpan(..^ChecksumDigits)));
    }

    private static byte[] Bytes(ReadOnlySpan<byte> digits)
    {
        var bytes = new byte[digits.Length * BitsOfDigit / BitsOfByte];
        var (bits, held, at) = (0U, 0, 0);
        foreach (var digit in digits)
        {
            bits = (bits << BitsOfDigit) | digit;
            held += BitsOfDigit;
            if (held < BitsOfByte) continue;
            held -= BitsOfByte;
            bytes[at++] = (byte)(bits >> held);
        }

        if (held >= BitsOfDigit || (bits & ((1U << held) - 1)) != 0) throw new FormatException("its last character holds bits of no byte");
        return bytes;
    }

    private static uint Sum(string prefix, ReadOnlySpan<byte> digits)
    {
        var sum = 1U;
        foreach (var letter in prefix) sum = Step(sum, (uint)letter >> BitsOfDigit);
        sum = Step(sum, 0);
        foreach (var letter in prefix) sum = Step(sum, letter & 31U);
        foreach (var digit in digits) sum = Step(sum, digit);
        return sum;
    }

    private static uint Step(uint sum, uint digit)
    {
        var top = sum >> 25;
        sum = ((sum & 0x1FFFFFF) << BitsOfDigit) ^ digit;
        for (var bit = 0; bit < Generator.Length; bit++)
            if (((top >> bit) & 1) != 0) sum ^= Generator[bit];
        return sum;
    }
}

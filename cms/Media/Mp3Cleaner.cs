using System.Buffers.Binary;

namespace Portal.Cms.Media;

/// <summary>
/// Keeps the frames of an MP3 recording (ISO 11172-3 and 13818-3, layer III) and nothing else: tags at its beginning and its
/// end are left out by their own lengths, and whatever else is no frame by not being one.
/// </summary>
internal static class Mp3Cleaner
{
    private const int TagHead = 10; // Bytes of an ID3v2 head, and of its copy at the end.
    private const int ApeHead = 32;

    private const string Silent = "is broken: no sound can be found in it. Save it as MP3 again, with a bit rate from 32 to 320 kbit/s, and upload that.";

    /// <summary>Thousand bits a second by the index in a head; 0 is for lengths nobody can tell.</summary>
    private static readonly int[] Rates = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];

    private static readonly int[] LowRates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];

    private static readonly int[] Samples = [44100, 48000, 32000];

    public static CleanFile Clean(byte[] bytes)
    {
        var end = WithoutLastTags(bytes);
        using var kept = new MemoryStream(end);
        var (at, isInStep) = (0, false);
        while (at < end)
        {
            var rest = bytes.AsSpan(at, end - at);
            if (TagLength(rest) is > 0 and var tag)
            {
                (at, isInStep) = (at + Math.Min(tag, rest.Length), false);
            }
            else if (FrameLength(rest) is > 0 and var frame && (isInStep || IsFollowed(rest, frame)))
            {
                var length = Math.Min(frame, rest.Length);
                kept.Write(rest[..length]);
                (at, isInStep) = (at + length, true);
            }
            else
            {
                (at, isInStep) = (at + 1, false);
            }
        }

        return kept.Length == 0 ? CleanFile.Refused(Silent) : CleanFile.Kept(kept.ToArray());
    }

    /// <summary>Where sound begins anew, chance could look like a frame once, hardly twice.</summary>
    private static bool IsFollowed(ReadOnlySpan<byte> rest, int frame) => rest.Length == frame || (rest.Length > frame && (FrameLength(rest[frame..]) > 0 || TagLength(rest[frame..]) > 0));

    /// <summary>Bytes of the frame that begins here; 0 where none does.</summary>
    private static int FrameLength(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 4 || rest[0] != 0xFF || (rest[1] & 0xE6) != 0xE2) return 0;
        var version = (rest[1] >> 3) & 3; // 3 is MPEG 1, 2 is MPEG 2, 0 is MPEG 2.5, 1 is nothing.
        var (rate, sample) = (rest[2] >> 4, (rest[2] >> 2) & 3);
        if (version == 1 || sample == 3) return 0;
        var bits = 1000 * (version == 3 ? Rates : LowRates)[rate];
        var perSecond = Samples[sample] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        return bits == 0 ? 0 : ((version == 3 ? 144 : 72) * bits / perSecond) + ((rest[2] >> 1) & 1);
    }

    /// <summary>Bytes of the ID3v2 or APE tag that begins here; 0 where none does.</summary>
    private static int TagLength(ReadOnlySpan<byte> rest)
    {
        if (rest.StartsWith("ID3"u8) && rest.Length >= TagHead) return TagHead + Sevens(rest[6..]) + ((rest[5] & 0x10) == 0 ? 0 : TagHead);
        return rest.StartsWith("APETAGEX"u8) && rest.Length >= ApeHead && BinaryPrimitives.ReadUInt32LittleEndian(rest[12..]) is < int.MaxValue - ApeHead and var size ? ApeHead + (int)size : 0;
    }

    /// <summary>A number in four bytes of seven bits.</summary>
    private static int Sevens(ReadOnlySpan<byte> four) => ((four[0] & 0x7F) << 21) | ((four[1] & 0x7F) << 14) | ((four[2] & 0x7F) << 7) | (four[3] & 0x7F);

    /// <summary>Where the sound ends: before ID3v1 with its enlarged form, APE, Lyrics3 and an ID3v2 tag that was appended, in any order.</summary>
    private static int WithoutLastTags(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.Length;
        while (LastTagLength(bytes[..end]) is > 0 and var tag) end -= Math.Min(tag, end);
        return end;
    }

    private static int LastTagLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 128 && bytes[^128..].StartsWith("TAG"u8)) return bytes.Length >= 355 && bytes[^355..].StartsWith("TAG+"u8) ? 355 : 128;
        if (bytes.Length >= ApeHead && bytes[^ApeHead..] is var ape && ape.StartsWith("APETAGEX"u8) && BinaryPrimitives.ReadUInt32LittleEndian(ape[12..]) is >= ApeHead and < int.MaxValue - ApeHead and var size)
            return (int)size + ((ape[23] & 0x80) == 0 ? 0 : ApeHead);
        if (bytes.Length >= TagHead && bytes[^TagHead..].StartsWith("3DI"u8)) return (2 * TagHead) + Sevens(bytes[^4..]);
        if (bytes.EndsWith("LYRICS200"u8) && bytes.Length >= 15 && int.TryParse(bytes[^15..^9], System.Globalization.NumberStyles.None, null, out var words)) return words + 15;
        if (bytes.EndsWith("LYRICSEND"u8) && bytes[^Math.Min(bytes.Length, 5120)..] is var last && last.IndexOf("LYRICSBEGIN"u8) is >= 0 and var begin) return last.Length - begin;
        return 0;
    }
}

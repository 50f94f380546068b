using System.Buffers.Binary;

namespace Portal.Cms.Media;

/// <summary>Takes place, camera, maker and remarks out of the pictures inside a document, whose pixels stay as they are packed.</summary>
internal static class PictureMarks
{
    private const int MostSegments = 400; // Of one picture before its pixels. A bound, so that a hostile file is looked through in linear time.

    private static readonly uint End = Chunk("IEND"u8);

    private static readonly HashSet<uint> Remarks = [Chunk("tEXt"u8), Chunk("zTXt"u8), Chunk("iTXt"u8), Chunk("eXIf"u8), Chunk("tIME"u8)];

    /// <summary>Fills what stands before the pixels of each JPEG picture in some bytes with zeros, but for what its colours need.</summary>
    public static void BlankJpegs(Span<byte> bytes)
    {
        for (var at = 0; bytes[at..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) is >= 0 and var next;)
        {
            at += next + 2;
            BlankJpeg(bytes[at..]);
        }
    }

    /// <summary>True where a picture still says where it was taken, or with what.</summary>
    public static bool HasMarks(ReadOnlySpan<byte> bytes) => bytes.IndexOf("Exif\0\0II*\0"u8) >= 0 || bytes.IndexOf("Exif\0\0MM\0*"u8) >= 0;

    /// <summary>A PNG picture without its text and its Exif; the same bytes where it has none or does not fit together.</summary>
    public static byte[] WithoutPngRemarks(byte[] png)
    {
        using var kept = new MemoryStream(png.Length);
        kept.Write(png, 0, 8);
        for (var at = 8; png.Length - at >= 12;)
        {
            var (size, kind) = (BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at)), Chunk(png.AsSpan(at + 4)));
            if (size > (uint)(png.Length - at - 12)) return png;
            if (!Remarks.Contains(kind)) kept.Write(png, at, (int)size + 12);
            if (kind == End) return kept.ToArray();
            at += (int)size + 12;
        }

        return png;
    }

    /// <param name="picture">From its first segment. Only what reaches its pixels is a picture: three bytes alone may be chance.</param>
    private static void BlankJpeg(Span<byte> picture)
    {
        var marks = new List<Range>();
        var at = 0;
        for (var count = 0; count < MostSegments && picture.Length - at >= 4 && picture[at] == 0xFF; count++)
        {
            var marker = picture[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker == 0xDA)
            {
                foreach (var mark in marks) picture[mark].Clear();
                return;
            }

            var size = BinaryPrimitives.ReadUInt16BigEndian(picture[(at + 2)..]);
            if (marker < 0xC0 || size < 2 || size > picture.Length - at - 2) return;
            if (IsRemark(marker, picture.Slice(at + 4, size - 2))) marks.Add((at + 4)..(at + 2 + size));
            at += 2 + size;
        }
    }

    private static bool IsRemark(byte marker, ReadOnlySpan<byte> payload) => marker switch
    {
        0xE0 => !payload.StartsWith("JFIF\0"u8),
        0xE2 => !payload.StartsWith("ICC_PROFILE\0"u8),
        0xEE => !payload.StartsWith("Adobe"u8),
        >= 0xE1 and <= 0xEF or 0xFE => true,
        _ => false,
    };

    private static uint Chunk(ReadOnlySpan<byte> kind) => BinaryPrimitives.ReadUInt32BigEndian(kind);
}

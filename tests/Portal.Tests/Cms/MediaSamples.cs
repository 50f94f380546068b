using System.IO.Compression;
using System.Text;

using NetVips;

namespace Portal.Tests.Cms;

/// <summary>Small files of every kind, made here so that each test says what is in them.</summary>
internal static class MediaSamples
{
    public static byte[] Png(int width = 40, int height = 20)
    {
        using var image = Image.Black(width, height, bands: 3);
        return image.PngsaveBuffer();
    }

    /// <summary>The first bytes of a picture of 40 megapixels: its header says so, and nearly all pixels are missing.</summary>
    public static byte[] HeaderOfALargePng()
    {
        using var image = Image.Black(8000, 5000);
        return image.PngsaveBuffer()[..1000];
    }

    public static byte[] WebP()
    {
        using var image = Image.Black(40, 20, bands: 3);
        return image.WebpsaveBuffer();
    }

    /// <summary>40 by 20 pixels as stored, white on the left, to be turned by a quarter so that the white stands on top; taken at a place, by somebody.</summary>
    public static byte[] JpegWithPlace()
    {
        using var black = Image.Black(20, 20, bands: 3);
        using var white = black.Linear([1.0], [255.0], uchar: true);
        using var both = white.Join(black, Enums.Direction.Horizontal);
        using var image = both.Mutate(change =>
        {
            change.Set(GValue.GIntType, "orientation", 6);
            change.Set(GValue.GStrType, "exif-ifd3-GPSLatitude", "51/1 16/1 30/1");
            change.Set(GValue.GStrType, "exif-ifd0-Artist", "Somebody Real");
            change.Set(GValue.BlobType, "xmp-data", Text("<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>Somebody Real</dc:creator></x:xmpmeta>"));
            change.Set(GValue.BlobType, "iptc-data", Text("Photoshop 3.0\08BIM\u0004\u0004\0\0\0\0\0\u0012\u001c\u0002\u0050\0\u000dSomebody Real"));
        });
        return image.JpegsaveBuffer(keep: Enums.ForeignKeep.All);
    }

    public static byte[] Jpeg()
    {
        using var image = Image.Black(40, 20, bands: 3);
        return image.JpegsaveBuffer();
    }

    public static byte[] Pdf(string title = "Words to share") => Text($"%PDF-1.4\n1 0 obj\n<< /Title ({title}) /Producer (x) >>\nendobj\ntrailer << /Info 1 0 R >>\n%%EOF\n");

    /// <summary>A PDF whose title stands in a packed stream, in UTF-16, as today's programs write it.</summary>
    public static byte[] PackedPdf(string title)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(Text($"<< /Title <{Convert.ToHexString([0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(title)])}> >>"));
        return [.. Text($"%PDF-1.7\n5 0 obj\n<< /Type /ObjStm /N 1 /Filter /FlateDecode /Length {packed.Length} >>\nstream\n"), .. packed.ToArray(), .. Text("\nendstream\nendobj\n%%EOF\n")];
    }

    public static byte[] Word(string title = "Words to share", string extra = "word/styles.xml", string content = "<x/>") => Archive(
        ("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"), (extra, content),
        ("docProps/core.xml", $"<p:coreProperties xmlns:p='p' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{title}</dc:title></p:coreProperties>"));

    public static byte[] Archive(params (string Name, string Text)[] entries)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(Text(text));
            }
        }

        return memory.ToArray();
    }

    public static byte[] Film(string brand = "isom") => [0, 0, 0, 24, .. Text("ftyp" + brand), 0, 0, 2, 0, .. Text("isomiso2")];

    public static byte[] WebM() => [0x1A, 0x45, 0xDF, 0xA3, 0x87, 0x42, 0x82, 0x84, .. Text("webm")];

    public static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>Bytes as they would be read by somebody who looks for words in them.</summary>
    public static string Words(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}

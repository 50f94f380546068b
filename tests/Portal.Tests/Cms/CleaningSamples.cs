using System.Buffers.Binary;
using System.IO.Compression;

using NetVips;

namespace Portal.Tests.Cms;

/// <summary>Films, recordings and documents as phones and offices make them, with a name and a place in every corner that has room for one.</summary>
internal static class CleaningSamples
{
    public const string Name = "Anna Canary";
    public const string Place = "+51.27+0.52/";

    /// <summary>What is seen or heard, which no cleaning changes.</summary>
    public static byte[] Payload { get; } = [.. Enumerable.Range(0, 300).Select(each => (byte)(each * 7))];

    private static byte[] Secret => MediaSamples.Text($"{Name} {Place}");

    /// <param name="handler">What the second track is.</param>
    /// <param name="late">True for a film whose pictures come first in a large box, as some cameras write it, and with times of 64 bits.</param>
    public static byte[] Mp4(string handler = "soun", bool late = false, string words = "")
    {
        byte[] head = Box("ftyp", MediaSamples.Text("isom"), [0, 0, 2, 0], MediaSamples.Text("isomiso2"));
        byte[] content = [.. Payload, .. MediaSamples.Text(words)];
        var data = late ? [0, 0, 0, 1, .. MediaSamples.Text("mdat"), .. Number(16 + content.Length, 8), .. content] : Box("mdat", content);
        byte[] Film(int start) => Box("moov", Box("mvhd", Times(late), new byte[80]), Track("vide", start, late), Track(handler, start, late),
            Box("udta", Box("\u00A9xyz", [0, 12, 0x15, 0xC7], MediaSamples.Text(Place)), Box("meta", Secret)), Box("gps0", Secret), Box("uuid", new byte[16], Secret));
        if (late) return [.. head, .. data, .. Box("skip", Secret), .. Film(head.Length + 16), 0, 0, 0, 0, .. MediaSamples.Text("uuid"), .. new byte[16], .. Secret];
        var film = Film(0);
        return [.. head, .. Film(head.Length + film.Length + 8), .. data, .. Box("meta", Secret), .. Box("free", Secret)];
    }

    /// <summary>Where the first table of a film says that its samples begin.</summary>
    public static int FirstChunk(byte[] film) => BinaryPrimitives.ReadInt32BigEndian(film.AsSpan(film.AsSpan().IndexOf("stco"u8) + 12));

    public static byte[] Box(string kind, params byte[][] content)
    {
        var inside = content.SelectMany(each => each).ToArray();
        return [.. Number(8 + inside.Length, 4), .. MediaSamples.Text(kind), .. inside];
    }

    /// <param name="isLive">True for lengths that nobody knew when it was written, as a browser records.</param>
    public static byte[] WebM(bool isLive = false, byte trackType = 2)
    {
        byte[] vorbis = [2, 30, 60, .. "\u0001vorbis"u8, .. new byte[23], .. "\u0003vorbis"u8, .. Remark(Name), 1, 0, 0, 0, .. Remark("LOCATION=" + Place), 1];
        byte[] cluster = [.. Element([0xE7], [0]), .. Element([0xA3], Payload)];
        byte[] segment =
        [
            .. Element([0x15, 0x49, 0xA9, 0x66], [.. Element([0xBF], [1, 2, 3, 4]), .. Element([0x2A, 0xD7, 0xB1], [0x0F, 0x42, 0x40]), .. Element([0x7B, 0xA9], Secret), .. Element([0x44, 0x61], Number(77, 8)), .. Element([0x4D, 0x80], Secret), .. Element([0x57, 0x41], Secret), .. Element([0x73, 0x84], Secret)]),
            .. Element([0x16, 0x54, 0xAE, 0x6B], Element([0xAE], [.. Element([0xD7], [1]), .. Element([0x83], [trackType]), .. Element([0x53, 0x6E], Secret), .. Element([0x63, 0xA2], vorbis)])),
            .. Element([0x19, 0x41, 0xA4, 0x69], Secret),
            .. isLive ? [0x1F, 0x43, 0xB6, 0x75, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. cluster] : Element([0x1F, 0x43, 0xB6, 0x75], cluster),
            .. Element([0x12, 0x54, 0xC3, 0x67], Element([0x73, 0x73], Secret)),
        ];
        return [.. MediaSamples.WebM(), .. isLive ? [0x18, 0x53, 0x80, 0x67, 0xFF, .. segment] : Element([0x18, 0x53, 0x80, 0x67], segment), .. Element([0xEC], Secret)];
    }

    /// <summary>Frames of sound, the same each time.</summary>
    public static byte[] Sound(int frames = 3) => [.. Enumerable.Repeat<byte[]>([0xFF, 0xFB, 0x90, 0, .. Enumerable.Range(0, 413).Select(each => (byte)(each % 251))], frames).SelectMany(frame => frame)];

    public static byte[] Mp3()
    {
        var secret = Secret;
        byte[] Tag(bool hasFooter) => [.. "ID3"u8, 4, 0, (byte)(hasFooter ? 0x10 : 0), 0, 0, 0, (byte)secret.Length, .. secret, .. hasFooter ? [.. "3DI"u8, 4, 0, 0x10, 0, 0, 0, (byte)secret.Length] : Array.Empty<byte>()];
        byte[] Ape(byte flag) => [.. "APETAGEX"u8, 0xD0, 7, 0, 0, (byte)(32 + secret.Length), 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, flag, .. new byte[8]];
        return [.. Tag(false), .. Tag(true), 0, 0, 0, .. Sound(), .. Secret, .. Sound(2), .. Ape(0xA0), .. secret, .. Ape(0x80), .. "LYRICSBEGIN"u8, .. secret, .. MediaSamples.Text($"{11 + secret.Length:000000}LYRICS200"), .. Tag(true), .. "TAG"u8, .. secret, .. new byte[125 - secret.Length]];
    }

    /// <summary>A photograph with a place, which stands in documents as it is.</summary>
    public static byte[] Photograph()
    {
        using var black = Image.Black(40, 20, bands: 3);
        using var image = black.Mutate(change =>
        {
            change.Set(GValue.GStrType, "exif-ifd3-GPSAreaInformation", Place);
            change.Set(GValue.GStrType, "exif-ifd0-Artist", Name);
        });
        var jpeg = image.JpegsaveBuffer(keep: Enums.ForeignKeep.All);
        byte[] xmp = [.. "http://ns.adobe.com/xap/1.0/\0"u8, .. Secret];
        return [.. jpeg[..2], 0xFF, 0xE1, .. Number(2 + xmp.Length, 2), .. xmp, .. jpeg[2..]];
    }

    public static byte[] Png()
    {
        using var black = Image.Black(40, 20, bands: 3);
        using var image = black.Mutate(change => change.Set(GValue.GStrType, "png-comment-0-Author", $"{Name} {Place}"));
        return image.PngsaveBuffer(compression: 0, keep: Enums.ForeignKeep.All);
    }

    public static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(MediaSamples.Text(text));
        return packed.ToArray();
    }

    private static byte[] Track(string handler, int start, bool is64) => Box("trak", Box("tkhd", Times(is64), new byte[60]), Box("udta", Secret), Box("uuid", new byte[16], Secret), Box("mdia", Box("mdhd", Times(is64), new byte[12]),
        Box("hdlr", new byte[8], MediaSamples.Text(handler), new byte[12], Secret, [0]),
        Box("minf", Box("vmhd", new byte[12]), Box("dinf", Box("dref", [0, 0, 0, 0, 0, 0, 0, 1], Box("url ", [0, 0, 0, 1], Secret))),
            Box("stbl", Box("stsd", [0, 0, 0, 0, 0, 0, 0, 1], handler == "vide" ? Box("avc1", new byte[42], [.. Secret, .. new byte[32 - Secret.Length]], new byte[4]) : Box("mp4a", new byte[28])), Box("stco", [0, 0, 0, 0, 0, 0, 0, 1], Number(start, 4))))));

    private static byte[] Times(bool is64) => is64 ? [1, 0, 0, 0, .. Number(0xDEADBEEF, 8), .. Number(0xDEADBEEF, 8)] : [0, 0, 0, 0, .. Number(0xDEADBEEF, 4), .. Number(0xDEADBEEF, 4)];

    private static byte[] Element(byte[] id, byte[] content) => [.. id, .. content.Length < 127 ? [(byte)(0x80 | content.Length)] : Number(0x4000 | content.Length, 2), .. content];

    private static byte[] Remark(string text) => [(byte)text.Length, 0, 0, 0, .. MediaSamples.Text(text)];

    private static byte[] Number(long number, int length) => [.. Enumerable.Range(0, length).Select(each => (byte)(number >> (8 * (length - 1 - each))))];
}

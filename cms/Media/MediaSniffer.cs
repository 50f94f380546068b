using System.IO.Compression;
using System.Text;

namespace Portal.Cms.Media;

/// <summary>What some bytes are.</summary>
/// <param name="Type">Null where the library does not take it.</param>
/// <param name="What">What it is in words: "a GIF picture".</param>
/// <param name="Remedy">What to do instead; empty for what is taken.</param>
internal sealed record Sniffed(MediaType? Type, string What, string Remedy);

/// <summary>Tells from the bytes alone what a file is: a name and a header say what somebody wants it to be.</summary>
internal static class MediaSniffer
{
    private const string AsPicture = "Save it as PNG, JPEG or WebP.";
    private const string AsKnown = "The library takes JPEG, PNG and WebP pictures, PDF, Word, Excel and PowerPoint documents, plain text, MP4 and WebM videos, VTT captions and MP3 recordings.";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] Markup = ["<script", "<html", "<svg", "<!doctype", "<?xml", "<iframe", "<body", "<head"];

    public static Sniffed Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return new(null, "empty", "Choose the file again; it may not have been saved.");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Taken(MediaType.Jpeg);
        if (IsPng(bytes)) return Taken(MediaType.Png);
        if (bytes.StartsWith("RIFF"u8) && At(bytes, 8, "WEBP"u8)) return Taken(MediaType.WebP);
        if (bytes.StartsWith("GIF8"u8)) return new(null, "a GIF picture", $"{AsPicture} For something that moves, upload a video with captions.");
        if (At(bytes, 4, "ftyp"u8)) return Container(bytes);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return bytes[..Math.Min(bytes.Length, 64)].IndexOf("webm"u8) > 0 ? Taken(MediaType.WebM) : new(null, "a Matroska video", "Save it as MP4 or WebM.");
        if (bytes.StartsWith("%PDF-"u8)) return Taken(MediaType.Pdf);
        if (bytes.StartsWith("ID3"u8) || (bytes.Length > 2 && bytes[0] == 0xFF && (bytes[1] & 0xE6) == 0xE2)) return Taken(MediaType.Mp3);
        if (bytes.StartsWith("PK\u0003\u0004"u8)) return Archive(bytes);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return new(null, "an Office document of the old kind", "Save it as .docx, .xlsx, .pptx or PDF.");
        if (bytes.StartsWith("MZ"u8) || bytes.StartsWith("\u007fELF"u8)) return new(null, "a program", AsKnown);
        return Words(bytes);
    }

    private static Sniffed Taken(MediaType type) => new(type, type.Spoken, string.Empty);

    private static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

    private static bool At(ReadOnlySpan<byte> bytes, int offset, ReadOnlySpan<byte> mark) => bytes.Length >= offset + mark.Length && bytes.Slice(offset, mark.Length).SequenceEqual(mark);

    private static Sniffed Container(ReadOnlySpan<byte> bytes)
    {
        var brand = bytes.Length >= 12 ? Encoding.Latin1.GetString(bytes.Slice(8, 4)) : string.Empty;
        return brand switch
        {
            "avif" or "avis" => new(null, "an AVIF picture", $"{AsPicture} The site makes AVIF of it by itself."),
            "heic" or "heix" or "mif1" or "msf1" or "hevc" => new(null, "a HEIC picture, as iPhones make them", AsPicture),
            "qt  " => new(null, "a QuickTime video", "Save it as MP4 (H.264)."),
            _ when brand.StartsWith("iso", StringComparison.Ordinal) || brand.StartsWith("mp4", StringComparison.Ordinal) || brand is "avc1" or "M4V " or "dash" => Taken(MediaType.Mp4),
            _ => new(null, "a film or recording of an unusual kind", "Save it as MP4 or WebM, a recording as MP3."),
        };
    }

    private static Sniffed Archive(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            var names = archive.Entries.Select(entry => entry.FullName).ToHashSet();
            if (names.Any(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
                return new(null, "an Office document with macros", "Save it without macros (.docx, .xlsx, .pptx) or as PDF.");
            if (names.Contains("word/document.xml")) return Taken(MediaType.Word);
            if (names.Contains("xl/workbook.xml")) return Taken(MediaType.Excel);
            if (names.Contains("ppt/presentation.xml")) return Taken(MediaType.PowerPoint);
            return new(null, "an archive", "Upload the files in it one by one.");
        }
        catch (InvalidDataException)
        {
            return new(null, "a broken archive", "Save the document again and upload that.");
        }
    }

    private static Sniffed Words(ReadOnlySpan<byte> bytes)
    {
        string text;
        try
        {
            text = Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return new(null, "a file of a kind the library does not know", AsKnown);
        }

        if (text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t' or '\f'))) return new(null, "a file of a kind the library does not know", AsKnown);
        if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase)) return new(null, "an SVG drawing, which can carry scripts", AsPicture);
        if (text.TrimStart().StartsWith('<') || Markup.Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase)))
            return new(null, "a web page", "Write the words in a document, or save them as plain text or PDF.");
        return Taken(text.StartsWith("WEBVTT", StringComparison.Ordinal) ? MediaType.Captions : MediaType.Text);
    }
}

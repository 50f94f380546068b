using System.IO.Compression;
using System.Xml;

namespace Portal.Cms.Media;

/// <summary>
/// Packs a Word, Excel or PowerPoint document anew: each part goes through <see cref="OfficePart"/>, pictures, films and
/// documents inside it are cleaned like any other, and what stands in no part is gone.
/// </summary>
internal sealed class OfficeCleaner
{
    private const long MostUnpacked = 150_000_000; // Bytes of all parts together, of documents inside it too.
    private const int MostParts = 10_000;
    private const int MostDeep = 2; // A chart holds its workbook; what is deeper is nobody's.

    private const string TooLarge = "unpacks to more than can be looked through. Take large pictures and films out of it, or save it as PDF, and upload that.";
    private const string Broken = "is broken: a part of the document cannot be read. Save it again and upload that.";
    private const string Signed = "is signed, which names somebody and would break. Save a copy without the signature, or as PDF, and upload that.";
    private const string Foreign = "has an object of another program inside it, which can name people. Put a picture in its place, or save the document as PDF, and upload that.";

    private static readonly DateTimeOffset Untold = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // The first day an archive can name.

    private long unpacked;
    private int parts;
    private int depth;

    private OfficeCleaner()
    {
    }

    public static CleanFile Clean(byte[] bytes) => new OfficeCleaner().Document(bytes);

    private CleanFile Document(byte[] bytes)
    {
        try
        {
            return Packed(bytes);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or XmlException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            return CleanFile.Refused(Broken);
        }
    }

    private CleanFile Packed(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        using var memory = new MemoryStream(bytes.Length);
        using (var kept = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in archive.Entries)
            {
                if (++parts > MostParts) return CleanFile.Refused(TooLarge);
                var name = entry.FullName.Replace('\\', '/').TrimStart('/');
                if (name.StartsWith("_xmlsignatures/", StringComparison.OrdinalIgnoreCase)) return CleanFile.Refused(Signed);
                if (name.EndsWith('/') || OfficePart.IsNotNeeded(name)) continue;
                if (Unpacked(entry) is not { } part) return CleanFile.Refused(TooLarge);
                var clean = Part(name, part);
                if (clean.Bytes is null) return clean;
                var own = kept.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                own.LastWriteTime = Untold;
                using var stream = own.Open();
                stream.Write(clean.Bytes);
            }
        }

        return CleanFile.Kept(memory.ToArray());
    }

    /// <summary>Null where the document becomes too large. What its contents say of a length may be a lie, so the bytes are counted.</summary>
    private byte[]? Unpacked(ZipArchiveEntry entry)
    {
        if (entry.Length > MostUnpacked - unpacked) return null;
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        var buffer = new byte[81_920];
        while (stream.Read(buffer) is > 0 and var read)
        {
            unpacked += read;
            if (unpacked > MostUnpacked) return null;
            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    private CleanFile Part(string name, byte[] part)
    {
        if (OfficePart.IsXml(name)) return OfficePart.Clean(part);
        if (part.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return CleanFile.Refused(Foreign);
        if (part.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return CleanFile.Kept(PictureMarks.WithoutPngRemarks(part));
        if (MediaSniffer.Of(part).Type is not { } type || type == MediaType.Text || type == MediaType.Captions) return CleanFile.Kept(part);
        if (type.Group == MediaGroup.Picture)
        {
            PictureMarks.BlankJpegs(part);
            return CleanFile.Kept(part);
        }

        var clean = type.Group == MediaGroup.Document && type != MediaType.Pdf ? Inner(part) : FileCleaner.Clean(part, type);
        return clean.Bytes is null ? CleanFile.Refused($"has {type.Spoken} inside it that {clean.Refusal}") : clean;
    }

    private CleanFile Inner(byte[] document)
    {
        if (depth == MostDeep) return CleanFile.Refused(TooLarge);
        depth++;
        var clean = Document(document);
        depth--;
        return clean;
    }
}

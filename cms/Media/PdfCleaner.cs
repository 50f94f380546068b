using System.Text;

namespace Portal.Cms.Media;

/// <summary>
/// Blanks in a PDF (ISO 32000) who made it, when and with what, in place: its table of contents counts bytes. What is packed
/// cannot be changed like that, so a document is refused where a name or a place stands in there.
/// </summary>
internal sealed class PdfCleaner
{
    private const int MostUnpacked = 8_000_000; // Bytes of one stream; a dictionary with properties is at its beginning.
    private const int MostOfPixels = 65_536; // Bytes in which a picture's Exif stands.
    private const int MostProperties = 65_536; // Bytes of a document's properties.

    private const string Remedy = "Take it out under File, Properties (or Info) in the program that made it, or print it to PDF, and upload that.";
    private const string Broken = "is broken: its properties have no end. Print it to PDF and upload that.";
    private const string Unusual = "holds properties packed in an unusual way, which cannot be looked into. Print it to PDF and upload that.";
    private const string TooLarge = "unpacks to more than can be looked through. Print it to PDF and upload that.";
    private const string Locked = "is locked with a passphrase or against changes. Save it without protection and upload that.";
    private const string Signed = "is signed, and names that must go would break the signature. Print it to PDF and upload that.";
    private const string Comments = "has comments, which name people. Delete them, or print it to PDF without them, and upload that.";
    private const string Attached = "has files attached to it, which can name people and places. Take them out, or print it to PDF, and upload that.";
    private const string Located = "holds a photograph that says with what, when and perhaps where it was taken. Take that out of the photograph, or print it to PDF, and upload that.";

    private static readonly HashSet<string> Names = ["Author", "Company", "Manager"];

    private static readonly HashSet<string> Keys = [.. Names, "Creator", "Producer", "CreationDate", "ModDate", "SourceModified", "LastModified"];

    /// <summary>What stays of the properties: a title helps whoever hears the document, and <see cref="FileTitles"/> checks it.</summary>
    private static readonly HashSet<string> Told = ["Title", "Subject", "Keywords"];

    private static readonly HashSet<string> Remarks = ["Text", "FreeText", "Highlight", "Underline", "Squiggly", "StrikeOut", "Ink", "Stamp", "Caret", "Line", "Square", "Circle", "Polygon", "PolyLine", "Popup"];

    private readonly byte[] document;
    private readonly HashSet<int> properties = [];
    private readonly Dictionary<int, bool> references = []; // Objects that hold a value; true where it names somebody.
    private bool hasRemarks;
    private bool hasNames;
    private bool isSigned;

    private PdfCleaner(byte[] document) => this.document = document;

    public static CleanFile Clean(byte[] bytes)
    {
        var cleaner = new PdfCleaner((byte[])bytes.Clone());
        var refusal = cleaner.Blank() ?? cleaner.LookIntoPacked() ?? cleaner.Whole(bytes);
        return refusal is null ? CleanFile.Kept(cleaner.document) : CleanFile.Refused(refusal);
    }

    private string? Blank()
    {
        if (document.AsSpan().IndexOf("/Encrypt"u8) >= 0) return Locked;
        if (!BlankValues(0, document.Length, key => Keys.Contains(key) || Told.Contains(key) || key is "Info" or "Subtype") || !BlankProperties() || !BlankReferences()) return Broken;
        if (references.ContainsValue(true)) return $"names its author in a packed part. {Remedy}"; // Those that were found are taken off the list.
        if (!XmpCleaner.Blank(document)) return Unusual;
        PictureMarks.BlankJpegs(document);
        return PictureMarks.HasMarks(document) ? Located : Noted(document);
    }

    private bool BlankValues(int start, int end, Func<string, bool> wanted)
    {
        foreach (var value in PdfValue.In(document, start, end, wanted))
        {
            if (value.End < 0) return false;
            if (Told.Contains(value.Key)) continue;
            if (value.Key == "Info" && value.Kind == PdfValueKind.Reference) properties.Add(value.Object);
            else if (value.Kind == PdfValueKind.Name) hasRemarks |= IsRemark(document, value);
            else if (value.Kind != PdfValueKind.Reference) Fill(value);
            else references[value.Object] = references.GetValueOrDefault(value.Object) || Names.Contains(value.Key);
        }

        return true;
    }

    /// <summary>Every string in the properties but those that are told: programs add keys of their own.</summary>
    private bool BlankProperties()
    {
        var last = 0;
        foreach (var (number, start) in Objects())
        {
            if (start < last || !properties.Contains(number)) continue;
            var rest = document.AsSpan(start, Math.Min(MostProperties, document.Length - start));
            last = start + (rest.IndexOf("endobj"u8) is >= 0 and var end ? end : rest.Length);
            if (!BlankValues(start, last, key => !Told.Contains(key))) return false;
        }

        return true;
    }

    /// <summary>Values that stand as objects of their own, as macOS writes them.</summary>
    private bool BlankReferences()
    {
        var found = new HashSet<int>();
        foreach (var (number, start) in Objects())
        {
            if (!references.ContainsKey(number)) continue;
            found.Add(number);
            if (PdfValue.OfObject(document, start) is not { } value) continue;
            if (value.End < 0) return false;
            Fill(value);
        }

        foreach (var number in found) references.Remove(number);
        return true;
    }

    private void Fill(PdfValue value) => document.AsSpan(value.Start, value.End - value.Start).Fill((byte)' ');

    /// <summary>The number of each object that is not packed, and where it begins.</summary>
    private IEnumerable<(int Number, int Start)> Objects()
    {
        for (var at = 0; document.AsSpan(at).IndexOf(" obj"u8) is >= 0 and var next;)
        {
            at += next + 4;
            var number = document.AsSpan(Math.Max(0, at - 24), Math.Min(20, at - 4));
            if (number.Length < 4 || !char.IsAsciiDigit((char)number[^1])) continue;
            number = number.TrimEnd("0123456789"u8).TrimEnd(" \r\n"u8);
            var digits = number[number.TrimEnd("0123456789"u8).Length..];
            if (int.TryParse(digits, System.Globalization.NumberStyles.None, null, out var value)) yield return (value, at);
        }
    }

    private string? LookIntoPacked()
    {
        var left = PdfStream.MostUnpacked;
        foreach (var stream in PdfStream.In(document))
        {
            var isTelling = stream.Dictionary.Contains("/ObjStm", StringComparison.Ordinal) || stream.Dictionary.Contains("/Metadata", StringComparison.Ordinal);
            if (isTelling && stream.Dictionary.Contains(stream.IsPacked ? "/Predictor" : "/Filter", StringComparison.Ordinal)) return Unusual;
            if (!stream.IsPacked) continue;
            var inner = stream.Unpacked(document, stream.IsPixels ? MostOfPixels : MostUnpacked, out var isWhole);
            left -= inner.Length;
            if (left < 0) return TooLarge;
            if (isTelling && !isWhole) return Unusual;
            if (Inside(inner) is { } refusal) return refusal;
        }

        return null;
    }

    private string? Inside(byte[] inner)
    {
        foreach (var value in PdfValue.In(inner, 0, inner.Length, key => Names.Contains(key) || Told.Contains(key) || key == "Subtype"))
        {
            if (value.End < 0) return Unusual;
            if (Told.Contains(value.Key)) continue;
            if (value.Kind == PdfValueKind.Name) hasRemarks |= IsRemark(inner, value);
            else if (value.Kind == PdfValueKind.Reference) return $"names its author in a packed part. {Remedy}";
            else if (value.Key != "Subtype" && value.Read(inner) is { Length: > 0 } name) return Named(name);
        }

        if (XmpCleaner.Texts(inner, "dc:creator").FirstOrDefault() is { } creator) return Named(creator);
        return PictureMarks.HasMarks(inner) || inner.AsSpan().IndexOf("GPSLatitude"u8) >= 0 ? Located : Noted(inner);
    }

    private static string Named(string name) => $"names '{(name.Length <= 80 ? name : name[..80] + "…")}' in a packed part of its properties. {Remedy}";

    /// <summary>Notes what matters of the whole document; refuses what it may not have anywhere.</summary>
    private string? Noted(ReadOnlySpan<byte> part)
    {
        isSigned |= part.IndexOf("/ByteRange"u8) >= 0;
        hasNames |= HasNames(part);
        return part.IndexOf("/EmbeddedFile"u8) >= 0 ? Attached : null;
    }

    private string? Whole(byte[] original) => hasRemarks && hasNames ? Comments : isSigned && !document.AsSpan().SequenceEqual(original) ? Signed : null;

    private static bool IsRemark(byte[] bytes, PdfValue value) => value.Key == "Subtype" && Remarks.Contains(Encoding.Latin1.GetString(bytes, value.Start, value.End - value.Start));

    /// <summary>True where a comment may have an author: the key is that of a form's field too, so it counts beside a comment alone.</summary>
    private static bool HasNames(ReadOnlySpan<byte> part)
    {
        for (var rest = part; rest.IndexOf("/T"u8) is >= 0 and var next;)
        {
            rest = rest[(next + 2)..];
            var value = rest.TrimStart(" \r\n"u8);
            if ((value.StartsWith("("u8) && !value.StartsWith("()"u8)) || (value.StartsWith("<"u8) && !value.StartsWith("<<"u8) && !value.StartsWith("<>"u8))) return true;
        }

        return false;
    }
}

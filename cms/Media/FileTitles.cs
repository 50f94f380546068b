using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Portal.Cms.Media;

/// <summary>
/// The title, subject and keywords inside a document. A viewer shows the title in its tab and in its list of what was read
/// last, so it must say as little as the file's name.
/// </summary>
internal static partial class FileTitles
{
    private const int MostUnpacked = 8_000_000; // Bytes of one packed part; what is packed tighter is no document's title.

    private static readonly string[] Elements = ["dc:title", "dc:description", "dc:subject", "pdf:Keywords"];

    /// <summary>Every such text. Null where the document is locked and cannot be looked into.</summary>
    public static IReadOnlyList<string>? Of(byte[] bytes, MediaType type) =>
        type == MediaType.Pdf ? OfPdf(bytes) : type == MediaType.Word || type == MediaType.Excel || type == MediaType.PowerPoint ? OfOffice(bytes) : [];

    private static List<string>? OfPdf(byte[] bytes)
    {
        if (bytes.AsSpan().IndexOf("/Encrypt"u8) >= 0) return null;
        return [.. Parts(bytes).SelectMany(part => PdfValue.In(part, 0, part.Length, key => key is "Title" or "Subject" or "Keywords").Where(value => value.End >= 0).Select(value => value.Read(part)).Concat(Elements.SelectMany(name => XmpCleaner.Texts(part, name))))
            .Where(title => title.Length > 0).Distinct()];
    }

    /// <summary>The file itself, then what is packed in it, one at a time.</summary>
    private static IEnumerable<byte[]> Parts(byte[] bytes)
    {
        yield return bytes;
        var left = PdfStream.MostUnpacked;
        foreach (var stream in PdfStream.In(bytes).Where(stream => stream is { IsPacked: true, IsPixels: false }))
        {
            var inner = stream.Unpacked(bytes, (int)Math.Min(left, MostUnpacked), out _);
            left -= inner.Length;
            yield return inner;
        }
    }

    /// <summary>A string of a PDF: between brackets with escapes, or in hexadecimal; UTF-16 where it begins with its mark.</summary>
    public static string Decoded(string inside, bool isHex)
    {
        var raw = isHex
            ? Convert.FromHexString(inside.Where(char.IsAsciiHexDigit).ToArray() is var digits && digits.Length % 2 == 1 ? [.. digits, '0'] : digits)
            : Encoding.Latin1.GetBytes(Escape().Replace(inside, Escaped));
        return raw.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Encoding.BigEndianUnicode.GetString(raw, 2, raw.Length - 2)
            : raw.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.GetString(raw, 3, raw.Length - 3)
            : Encoding.Latin1.GetString(raw);
    }

    private static string Escaped(Match escape) => escape.Groups["octal"] is { Success: true } octal ? ((char)(Convert.ToInt32(octal.Value, 8) & 0xFF)).ToString() : escape.Value[1] switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        var other => other.ToString(),
    };

    private static List<string> OfOffice(byte[] bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (archive.GetEntry("docProps/core.xml") is not { Length: < MostUnpacked } entry) return [];
            using var reader = XmlReader.Create(entry.Open(), new() { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = MostUnpacked, CloseInput = true });
            return [.. XDocument.Load(reader).Root!.Elements().Where(element => element.Name.LocalName is "title" or "subject" or "keywords" or "description").Select(element => element.Value).Where(value => value.Length > 0)];
        }
        catch (Exception fault) when (fault is XmlException or InvalidDataException or IOException)
        {
            return []; // Broken: what cleans it refuses it.
        }
    }

    [GeneratedRegex(@"\\(?:(?<octal>[0-7]{1,3})|.)", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Escape();
}

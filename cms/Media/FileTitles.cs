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

    /// <summary>Every such text. Null where the document is locked and cannot be looked into.</summary>
    public static IReadOnlyList<string>? Of(byte[] bytes, MediaType type) =>
        type == MediaType.Pdf ? OfPdf(bytes) : type == MediaType.Word || type == MediaType.Excel || type == MediaType.PowerPoint ? OfOffice(bytes) : [];

    private static List<string>? OfPdf(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        if (text.Contains("/Encrypt", StringComparison.Ordinal)) return null;
        var parts = new List<string> { text };
        foreach (Match stream in Packed().Matches(text))
            if (Unpacked(bytes, stream.Index + stream.Length) is { } inner) parts.Add(inner);
        return [.. parts.SelectMany(part => Entry().Matches(part).Select(Decoded).Concat(Embedded().Matches(part).Select(match => Utf8(Tag().Replace(match.Groups["words"].Value, " ")))))
            .Select(title => title.Trim()).Where(title => title.Length > 0).Distinct()];
    }

    private static string? Unpacked(byte[] bytes, int start)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(bytes, start, bytes.Length - start), CompressionMode.Decompress);
            var buffer = new byte[MostUnpacked];
            return Encoding.Latin1.GetString(buffer, 0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
        }
        catch (InvalidDataException)
        {
            return null; // A picture or a font packed in another way.
        }
    }

    /// <summary>A string of a PDF: between brackets with escapes, or in hexadecimal; UTF-16 where it begins with its mark.</summary>
    private static string Decoded(Match entry)
    {
        var raw = entry.Groups["hex"] is { Success: true } hex
            ? Convert.FromHexString(hex.Value.Where(char.IsAsciiHexDigit).ToArray() is var digits && digits.Length % 2 == 1 ? [.. digits, '0'] : digits)
            : Encoding.Latin1.GetBytes(Escape().Replace(entry.Groups["text"].Value, Escaped));
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

    private static string Utf8(string latin) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin));

    private static List<string> OfOffice(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
        if (archive.GetEntry("docProps/core.xml") is not { Length: < MostUnpacked } entry) return [];
        try
        {
            using var reader = XmlReader.Create(entry.Open(), new() { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = MostUnpacked, CloseInput = true });
            return [.. XDocument.Load(reader).Root!.Elements().Where(element => element.Name.LocalName is "title" or "subject" or "keywords" or "description").Select(element => element.Value).Where(value => value.Length > 0)];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"/FlateDecode(?:(?!endobj|stream).){0,400}stream\r?\n", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Packed();

    [GeneratedRegex(@"/(?:Title|Subject|Keywords)\s*(?:\((?<text>(?:\\.|[^\\)]){0,2000})\)|<(?<hex>[0-9A-Fa-f\s]{0,8000})>)", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Entry();

    [GeneratedRegex(@"<(?<name>dc:title|dc:description|dc:subject|pdf:Keywords)\b[^>]*>(?<words>.{0,4000}?)</\k<name>>", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Embedded();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\\(?:(?<octal>[0-7]{1,3})|.)", RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Escape();
}

using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Portal.Cms.Media;

/// <summary>A stream of a PDF: what its dictionary says of it, and where its bytes are.</summary>
/// <param name="End">Exclusive.</param>
internal sealed record PdfStream(string Dictionary, int Start, int End)
{
    /// <summary>Most bytes that are unpacked of one file, all its streams together.</summary>
    public const long MostUnpacked = 300_000_000;

    private const int MostDictionary = 4000; // Bytes before a stream in which its dictionary is looked for.

    private static readonly SearchValues<string> Pixels = SearchValues.Create(["/Subtype/Image", "/Subtype /Image"], StringComparison.Ordinal);

    public bool IsPixels => Dictionary.AsSpan().ContainsAny(Pixels);

    public bool IsPacked => Dictionary.Contains("/FlateDecode", StringComparison.Ordinal);

    /// <summary>Every stream, in the order of the file. Linear: no byte is in two of them.</summary>
    public static IEnumerable<PdfStream> In(byte[] bytes)
    {
        for (int at = 0, last = 0; bytes.AsSpan(at).IndexOf("stream"u8) is >= 0 and var next;)
        {
            var word = at + next;
            at = word + 6;
            if (at < bytes.Length && bytes[at] == '\r') at++;
            if (at >= bytes.Length || bytes[at] != '\n' || (word >= 3 && bytes.AsSpan(word - 3, 3).SequenceEqual("end"u8))) continue; // The word in a text, or the end of a stream.
            at++;
            var from = Math.Max(last, word - MostDictionary);
            var before = Encoding.Latin1.GetString(bytes, from, word - from);
            var end = bytes.AsSpan(at).IndexOf("endstream"u8);
            var stream = new PdfStream(before[(before.LastIndexOf(" obj", StringComparison.Ordinal) + 1)..], at, end < 0 ? bytes.Length : at + end);
            yield return stream;
            (at, last) = end < 0 ? (bytes.Length, bytes.Length) : (stream.End + 9, stream.End + 9);
        }
    }

    /// <summary>What is packed in it, at most so many bytes.</summary>
    /// <param name="isWhole">False where it is packed in another way, or larger.</param>
    public byte[] Unpacked(byte[] bytes, int most, out bool isWhole)
    {
        using var kept = new MemoryStream();
        isWhole = false;
        try
        {
            using var stream = new ZLibStream(new MemoryStream(bytes, Start, End - Start, writable: false), CompressionMode.Decompress);
            var buffer = new byte[16_384];
            while (kept.Length < most && stream.Read(buffer) is var read)
            {
                isWhole = read == 0;
                if (isWhole) break;
                kept.Write(buffer, 0, Math.Min(read, most - (int)kept.Length));
            }
        }
        catch (InvalidDataException)
        {
            isWhole = false; // What came out before is looked at all the same.
        }

        return kept.ToArray();
    }
}

using System.Buffers;
using System.Text;

namespace Portal.Cms.Media;

/// <summary>
/// Blanks the XMP packets in a file (ISO 16684-1) without a change of length: names, times and places become spaces. Title,
/// subject, keywords and language stay, and what a PDF says of the norms it follows.
/// </summary>
internal static class XmpCleaner
{
    private static readonly HashSet<string> Kept = ["dc:title", "dc:description", "dc:subject", "dc:language", "dc:format", "pdf:Keywords", "pdf:Trapped"];

    private static readonly string[] Norms = ["pdfaid:", "pdfuaid:", "pdfxid:", "pdfaExtension:"];

    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n/=>"u8);

    /// <summary>False where a packet cannot be read to its end.</summary>
    public static bool Blank(byte[] bytes)
    {
        if (bytes.AsSpan().IndexOf("<\0r\0d\0f\0:\0"u8) >= 0) return false; // In UTF-16, which nobody writes into a PDF.
        for (var at = 0; bytes.AsSpan(at).IndexOf("<rdf:RDF"u8) is >= 0 and var next;)
        {
            at += next;
            var length = bytes.AsSpan(at).IndexOf("</rdf:RDF>"u8);
            if (length < 0 || !BlankPacket(bytes.AsSpan(at, length))) return false;
            at += length;
        }

        return true;
    }

    /// <summary>What stands in every element of that name, without the tags in it.</summary>
    public static IEnumerable<string> Texts(byte[] bytes, string name)
    {
        var (open, close) = (Encoding.Latin1.GetBytes("<" + name), Encoding.Latin1.GetBytes($"</{name}>"));
        for (var at = 0; bytes.AsSpan(at).IndexOf(open) is >= 0 and var next;)
        {
            at += next;
            var length = bytes.AsSpan(at).IndexOf(close);
            if (length < 0) yield break;
            var words = new StringBuilder();
            foreach (var piece in Encoding.UTF8.GetString(bytes, at, length).Split('<')) words.Append(piece.AsSpan(piece.IndexOf('>') + 1)).Append(' ');
            if (words.ToString().Trim() is { Length: > 0 } text) yield return text;
            at += length;
        }
    }

    private static bool BlankPacket(Span<byte> packet)
    {
        var (kept, depth) = (string.Empty, 0); // The element that stays, and how often it stands in itself.
        for (var at = 0; at < packet.Length;)
        {
            var rest = packet[at..];
            if (rest[0] != '<')
            {
                var text = rest[..(rest.IndexOf((byte)'<') is >= 0 and var open ? open : rest.Length)];
                if (depth == 0) BlankText(text);
                at += text.Length;
            }
            else if (rest.StartsWith("<!--"u8) || rest.StartsWith("<?"u8))
            {
                var close = rest.IndexOf(rest[1] == '!' ? "-->"u8 : "?>"u8);
                if (close < 0) return false;
                if (rest[1] == '!' && close > 4) BlankText(rest[4..close]);
                at += close + 2;
            }
            else if (rest.StartsWith("<!"u8))
            {
                return false;
            }
            else if (rest.StartsWith("</"u8))
            {
                if (depth > 0 && Name(rest[2..]) == kept) depth--;
                var close = rest.IndexOf((byte)'>');
                if (close < 0) return false;
                at += close + 1;
            }
            else
            {
                var name = Name(rest[1..]);
                var length = BlankTag(rest, 1 + name.Length, depth > 0, out var isEmpty);
                if (length == 0) return false;
                if (depth == 0 && !isEmpty && Stays(name)) (kept, depth) = (name, 1);
                else if (depth > 0 && !isEmpty && name == kept) depth++;
                at += length;
            }
        }

        return true;
    }

    /// <summary>Blanks the attributes of a tag.</summary>
    /// <returns>Its length; 0 where it never ends.</returns>
    private static int BlankTag(Span<byte> tag, int at, bool stays, out bool isEmpty)
    {
        isEmpty = false;
        while (at < tag.Length)
        {
            if (tag[at] == '>') return at + 1;
            isEmpty = tag[at] == '/';
            if (isEmpty || tag[at] <= ' ')
            {
                at++;
                continue;
            }

            var name = Name(tag[at..]);
            at += name.Length;
            var quote = tag[at..].IndexOfAny((byte)'"', (byte)'\'', (byte)'>');
            if (name.Length == 0 || quote < 0 || tag[at + quote] == '>') return 0;
            at += quote + 1;
            var length = tag[at..].IndexOf(tag[at - 1]);
            if (length < 0) return 0;
            if (!stays && !Stays(name) && !IsShape(name)) BlankText(tag.Slice(at, length));
            at += length + 1;
        }

        return 0;
    }

    private static bool Stays(string name) => Kept.Contains(name) || Norms.Any(norm => name.StartsWith(norm, StringComparison.Ordinal));

    private static bool IsShape(string name) => name is "xmlns" or "rdf:about" or "rdf:parseType" || name.StartsWith("xmlns:", StringComparison.Ordinal) || name.StartsWith("xml:", StringComparison.Ordinal);

    private static string Name(ReadOnlySpan<byte> from)
    {
        var end = from.IndexOfAny(NameEnds);
        return Encoding.Latin1.GetString(from[..(end < 0 ? from.Length : end)]);
    }

    private static void BlankText(Span<byte> text)
    {
        foreach (ref var each in text)
            if (each is not ((byte)'\n' or (byte)'\r' or (byte)'\t')) each = (byte)' ';
    }
}

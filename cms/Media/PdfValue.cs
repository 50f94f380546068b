using System.Text;

namespace Portal.Cms.Media;

/// <summary>What follows a key in a PDF, where it is a string, a name or a reference.</summary>
/// <param name="Key">Without its slash, escapes read.</param>
/// <param name="Start">Where the inside of the string or name begins.</param>
/// <param name="End">Exclusive; -1 for a string that never ends.</param>
/// <param name="Object">Number of the object that is referred to; -1 where none is.</param>
internal readonly record struct PdfValue(string Key, PdfValueKind Kind, int Start, int End, int Object = -1)
{
    private const int MostName = 127; // By the standard.
    private const int MostString = 65_536;

    /// <summary>Every such value of the wanted keys between two places. Linear: no byte of a string is read twice.</summary>
    public static IEnumerable<PdfValue> In(byte[] bytes, int start, int end, Func<string, bool> wanted)
    {
        for (var at = start; at < end && bytes.AsSpan(at, end - at).IndexOf((byte)'/') is >= 0 and var next;)
        {
            at += next + 1;
            var (key, after) = Name(bytes, at, end);
            at = after;
            if (key.Length == 0 || !wanted(key) || At(bytes, Behind(bytes, after, end), end, key) is not { } value) continue;
            yield return value;
            if (value.End < 0) yield break; // Whoever asks refuses the file.
            at = value.End;
        }
    }

    /// <summary>The string that is an object by itself, such as <c>5 0 obj (Words)</c>; null where the object is something else.</summary>
    public static PdfValue? OfObject(byte[] bytes, int start) =>
        At(bytes, Behind(bytes, start, bytes.Length), bytes.Length, string.Empty) is { Kind: PdfValueKind.Literal or PdfValueKind.Hex } value ? value : null;

    /// <summary>The words of a string; empty for a name and a reference.</summary>
    public string Read(byte[] bytes) => Kind is PdfValueKind.Literal or PdfValueKind.Hex ? FileTitles.Decoded(Encoding.Latin1.GetString(bytes, Start, End - Start), Kind == PdfValueKind.Hex).Trim() : string.Empty;

    private static PdfValue? At(byte[] bytes, int at, int end, string key)
    {
        if (at >= end) return null;
        if (bytes[at] == '(') return new(key, PdfValueKind.Literal, at + 1, EndOfLiteral(bytes, at + 1, end));
        if (bytes[at] == '<')
        {
            if (at + 1 < end && bytes[at + 1] == '<') return null;
            var close = bytes.AsSpan(at, Math.Min(end - at, MostString)).IndexOf((byte)'>');
            return new(key, PdfValueKind.Hex, at + 1, close < 0 ? -1 : at + close);
        }

        if (bytes[at] == '/') return new(key, PdfValueKind.Name, at + 1, Name(bytes, at + 1, end).End);
        var (number, afterNumber) = Number(bytes, at, end);
        if (number < 0) return null;
        var (generation, afterBoth) = Number(bytes, Behind(bytes, afterNumber, end), end);
        var letter = Behind(bytes, afterBoth, end);
        return generation >= 0 && letter < end && bytes[letter] == 'R' ? new(key, PdfValueKind.Reference, at, letter + 1, number) : null;
    }

    private static (string Name, int End) Name(byte[] bytes, int at, int end)
    {
        var name = new StringBuilder();
        for (var most = Math.Min(end, at + MostName); at < most && bytes[at] > ' ' && !"/()<>[]{}%"u8.Contains(bytes[at]); at++)
        {
            if (bytes[at] == '#' && at + 2 < most && char.IsAsciiHexDigit((char)bytes[at + 1]) && char.IsAsciiHexDigit((char)bytes[at + 2]))
            {
                name.Append((char)Convert.FromHexString(Encoding.Latin1.GetString(bytes, at + 1, 2))[0]);
                at += 2;
            }
            else
            {
                name.Append((char)bytes[at]);
            }
        }

        return (name.ToString(), at);
    }

    private static int EndOfLiteral(byte[] bytes, int at, int end)
    {
        var open = 1;
        for (var most = Math.Min(end, at + MostString); at < most; at++)
        {
            if (bytes[at] == '\\') at++;
            else if (bytes[at] == '(') open++;
            else if (bytes[at] == ')' && --open == 0) return at;
        }

        return -1;
    }

    private static (int Number, int End) Number(byte[] bytes, int at, int end)
    {
        var (number, start) = (0, at);
        while (at < end && at - start < 9 && char.IsAsciiDigit((char)bytes[at])) number = (10 * number) + bytes[at++] - '0';
        return (at == start ? -1 : number, at);
    }

    private static int Behind(byte[] bytes, int at, int end)
    {
        while (at < end && bytes[at] is 0 or 9 or 10 or 12 or 13 or 32) at++;
        return at;
    }
}

/// <summary>How a value of a PDF is written.</summary>
internal enum PdfValueKind
{
    Literal,

    Hex,

    Name,

    Reference,
}

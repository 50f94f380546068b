using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Portal.Cms.Translations;

/// <summary>A piece of a text as an agency's tool shows it: words, or a code that has to stay.</summary>
internal abstract record XliffPiece
{
    /// <summary>Words to translate.</summary>
    public sealed record Words(string Text) : XliffPiece;

    /// <summary>A code around pieces: bold, a link. <paramref name="Open"/> and <paramref name="Close"/> are its Markdown.</summary>
    public sealed record Pair(string Open, string Close, IReadOnlyList<XliffPiece> Inner) : XliffPiece;

    /// <summary>A code by itself: a telephone number from its helpline, a hard line break.</summary>
    public sealed record Mark(string Code) : XliffPiece;
}

/// <summary>
/// Markdown as the inline content of XLIFF 2.1 and back, without loss: links, bold and italic are <c>pc</c>, numbers and
/// hard line breaks <c>ph</c>; what they stand for is in the unit's <c>originalData</c>.
/// </summary>
internal static partial class XliffText
{
    public static readonly XNamespace Core = "urn:oasis:names:tc:xliff:document:2.0";

    /// <summary>The pieces of a text; writing them gives the text back.</summary>
    public static IReadOnlyList<XliffPiece> Read(string text)
    {
        var pieces = new List<XliffPiece>();
        var at = 0;
        foreach (var match in Code().Matches(text).Cast<Match>())
        {
            if (match.Index > at) pieces.Add(new XliffPiece.Words(text[at..match.Index]));
            var words = match.Groups["words"];
            if (words.Success) pieces.Add(new XliffPiece.Pair(text[match.Index..words.Index], text[(words.Index + words.Length)..(match.Index + match.Length)], Read(words.Value)));
            else pieces.Add(new XliffPiece.Mark(match.Value));
            at = match.Index + match.Length;
        }

        if (at < text.Length) pieces.Add(new XliffPiece.Words(text[at..]));
        return pieces;
    }

    /// <summary>The Markdown.</summary>
    public static string Write(IEnumerable<XliffPiece> pieces) => string.Concat(pieces.Select(piece => piece switch
    {
        XliffPiece.Words words => words.Text,
        XliffPiece.Pair pair => pair.Open + Write(pair.Inner) + pair.Close,
        XliffPiece.Mark mark => mark.Code,
        _ => string.Empty,
    }));

    /// <summary>Every code in reading order, as one text each.</summary>
    public static IEnumerable<string> CodesOf(IEnumerable<XliffPiece> pieces) => pieces.SelectMany(piece => piece switch
    {
        XliffPiece.Pair pair => CodesOf(pair.Inner).Prepend(Key(pair.Open, pair.Close)),
        XliffPiece.Mark mark => [Key(mark.Code, null)],
        _ => Enumerable.Empty<string>(),
    });

    /// <summary>The pieces as the content of a <c>source</c> or <c>target</c>.</summary>
    public static IEnumerable<XNode> ToXml(IReadOnlyList<XliffPiece> pieces, XliffCodes codes)
    {
        var free = codes.Begin();
        return Nodes(pieces);

        IEnumerable<XNode> Nodes(IEnumerable<XliffPiece> inner) => inner.SelectMany(piece => piece switch
        {
            XliffPiece.Pair pair when codes.Take(free, pair.Open, pair.Close) is var id =>
                [new XElement(Core + "pc", new XAttribute("id", id), new XAttribute("dataRefStart", $"d{id}s"), new XAttribute("dataRefEnd", $"d{id}e"), new XAttribute("canDelete", "no"), new XAttribute("canCopy", "no"), Nodes(pair.Inner).ToList())],
            XliffPiece.Mark mark when codes.Take(free, mark.Code, null) is var id =>
                [new XElement(Core + "ph", new XAttribute("id", id), new XAttribute("dataRef", $"d{id}s"), new XAttribute("canDelete", "no"), new XAttribute("canCopy", "no"))],
            XliffPiece.Words words => Characters(words.Text),
            _ => Enumerable.Empty<XNode>(),
        });
    }

    /// <summary>The pieces of a <c>target</c>; what is wrong with it where it cannot be read.</summary>
    public static (IReadOnlyList<XliffPiece>? Pieces, string? Mistake) FromXml(XElement target, XliffCodes codes)
    {
        var pieces = new List<XliffPiece>();
        foreach (var node in target.Nodes())
        {
            switch (node)
            {
                case XText text:
                    pieces.Add(new XliffPiece.Words(text.Value));
                    break;
                case XElement element when element.Name == Core + "mrk":
                    if (FromXml(element, codes) is not ({ } marked, null)) return FromXml(element, codes);
                    pieces.AddRange(marked);
                    break;
                case XElement element when element.Name == Core + "cp" && int.TryParse((string?)element.Attribute("hex"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) && code is >= 0 and <= char.MaxValue:
                    pieces.Add(new XliffPiece.Words(((char)code).ToString()));
                    break;
                case XElement element when element.Name == Core + "ph" && codes.Find((string?)element.Attribute("id")) is (var open, null):
                    pieces.Add(new XliffPiece.Mark(open));
                    break;
                case XElement element when element.Name == Core + "pc" && codes.Find((string?)element.Attribute("id")) is (var open, { } close):
                    var (inner, mistake) = FromXml(element, codes);
                    if (inner is null) return (null, mistake);
                    pieces.Add(new XliffPiece.Pair(open, close, inner));
                    break;
                case XElement element:
                    return (null, $"It has a tag <{element.Name.LocalName}> that the English does not have.");
            }
        }

        return (pieces, null);
    }

    private static string Key(string open, string? close) => close is null ? open : open + "…" + close;

    private static IEnumerable<XNode> Characters(string text)
    {
        var words = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            var isPair = at + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[at + 1], text[at]);
            if (isPair || XmlConvert.IsXmlChar(text[at]))
            {
                words.Append(text[at]);
                if (isPair) words.Append(text[++at]);
                continue;
            }

            if (words.Length > 0) yield return new XText(words.ToString());
            words.Clear();
            yield return new XElement(Core + "cp", new XAttribute("hex", ((int)text[at]).ToString("X4", CultureInfo.InvariantCulture)));
        }

        if (words.Length > 0) yield return new XText(words.ToString());
    }

    [GeneratedRegex(@"\[\]\([^()\s]*\)|\[(?<words>[^\[\]]+)\]\([^()\s]*\)|\*\*(?<words>(?:(?!\*\*)[^\n])+)\*\*|(?<![\w*])\*(?<words>[^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])|(?: {2,}|\\)\n", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Code();
}

/// <summary>The codes of one unit by their ids: those of the source first, then those only a translation has.</summary>
internal sealed class XliffCodes
{
    private readonly List<(string Open, string? Close)> codes = [];

    /// <summary>Ids of codes not used yet by the content that is written now.</summary>
    public List<int> Begin() => [.. Enumerable.Range(1, codes.Count)];

    /// <summary>The id of a code: one that is free and says the same, else a new one.</summary>
    public int Take(List<int> free, string open, string? close)
    {
        var at = free.FindIndex(id => codes[id - 1] == (open, close));
        if (at < 0)
        {
            codes.Add((open, close));
            return codes.Count;
        }

        var found = free[at];
        free.RemoveAt(at);
        return found;
    }

    /// <summary>What the code with an id stands for; null where there is none.</summary>
    public (string Open, string? Close)? Find(string? id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= codes.Count ? codes[number - 1] : null;

    /// <summary>The <c>originalData</c> of the unit; null where it has no code.</summary>
    public XElement? ToXml() => codes.Count == 0 ? null : new(XliffText.Core + "originalData", codes.SelectMany((code, at) => new[]
    {
        new XElement(XliffText.Core + "data", new XAttribute("id", $"d{at + 1}s"), code.Open),
        code.Close is null ? null : new XElement(XliffText.Core + "data", new XAttribute("id", $"d{at + 1}e"), code.Close),
    }));
}

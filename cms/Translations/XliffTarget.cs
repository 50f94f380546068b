using System.Xml.Linq;

namespace Portal.Cms.Translations;

/// <summary>The translated words of a unit as an agency sends them back.</summary>
/// <param name="Text">The Markdown; null where the unit is not translated.</param>
/// <param name="IsDone">True where the agency says so: a state beyond <c>initial</c>.</param>
/// <param name="Mistake">Why it cannot be taken; null where it can.</param>
internal sealed record XliffTarget(string? Text, bool IsDone, string? Mistake)
{
    /// <summary>Reads a unit's target, all segments together, against what the site itself would export.</summary>
    public static XliffTarget Read(XElement element, XliffUnit unit)
    {
        var segments = element.Elements().Where(child => child.Name == XliffText.Core + "segment" || child.Name == XliffText.Core + "ignorable").ToList();
        if (segments.All(segment => segment.Element(XliffText.Core + "target") is not { } target || target.Value.Length == 0 && !target.HasElements)) return new(null, false, null);
        var isDone = segments.All(segment => segment.Name.LocalName == "ignorable" || (string?)segment.Attribute("state") is not (null or "initial"));
        var codes = unit.Codes();
        var pieces = new List<XliffPiece>();
        foreach (var segment in segments)
        {
            if ((segment.Element(XliffText.Core + "target") ?? (segment.Name.LocalName == "ignorable" ? segment.Element(XliffText.Core + "source") : null)) is not { } target) return Wrong("a part of it is not translated.");
            var (read, mistake) = XliffText.FromXml(target, codes);
            if (read is null) return Wrong(mistake!);
            pieces.AddRange(read);
        }

        var text = XliffText.Write(pieces);
        if (text == unit.Target) return new(text, isDone, null); // What is saved already is not judged.
        var (sent, wanted) = (XliffText.CodesOf(pieces).Order(StringComparer.Ordinal).ToList(), XliffText.CodesOf(XliffText.Read(unit.Source)).ToList());
        if (Left(wanted, sent) is { } lost) return Wrong($"the tag '{lost}' is missing.");
        if (Left(sent, [.. wanted, .. XliffText.CodesOf(XliffText.Read(unit.Target))]) is { } more) return Wrong($"the tag '{more}' stands in it more often than in English.");

        // A link that was typed as words would be one on the page too.
        return XliffText.CodesOf(XliffText.Read(text)).Order(StringComparer.Ordinal).SequenceEqual(sent) && !text.Contains("](", StringComparison.Ordinal) == !sent.Any(code => code.Contains("](", StringComparison.Ordinal))
            ? new(text, isDone, null)
            : Wrong("it has Markdown that is no tag: a link or bold words that the English does not have.");

        static XliffTarget Wrong(string why) => new(null, false, why);
    }

    /// <summary>The first code of the one that is not in the other.</summary>
    private static string? Left(IEnumerable<string> these, List<string> those)
    {
        var left = new List<string>(those);
        return these.FirstOrDefault(code => !left.Remove(code));
    }
}

using System.Xml.Linq;

using Portal.Cms.Documents;

namespace Portal.Cms.Translations;

/// <summary>One text for an agency: a field, the words of a block, or an attribute of one.</summary>
/// <param name="Id">Survives as long as the English part is the same: <c>f.title.1a2b3c4d</c>, <c>b.1a2b3c4d.0.words</c>.</param>
/// <param name="Where">What staff call it.</param>
/// <param name="Source">The English words.</param>
/// <param name="Target">The translated words; empty where there are none.</param>
/// <param name="IsFresh">True where the translation is right for the English.</param>
/// <param name="Input">The name it has in the form side by side.</param>
/// <param name="Part">Name of the field or block it belongs to in that form.</param>
internal sealed record XliffUnit(string Id, string Where, string Source, string Target, bool IsFresh, string Input, string Part)
{
    /// <summary>Every unit of a document, in reading order.</summary>
    public static IReadOnlyList<XliffUnit> Of(TranslationForm form)
    {
        var units = new List<XliffUnit>();
        foreach (var side in form.Fields.Where(side => side.Hash.Length > 0))
            units.AddRange(side.Leaves.Where(leaf => leaf.English.Text.Length > 0)
                .Select(leaf => new XliffUnit($"f.{leaf.English.Path}.{side.Hash}", EditorWords.LabelOf(side.Field.Key), leaf.English.Text, leaf.Own, side.IsFresh, "f." + leaf.English.Path, side.Field.Key)));
        var seen = new Dictionary<string, int>();
        for (var at = 0; at < form.Blocks.Count; at++)
        {
            var side = form.Blocks[at];
            var number = seen[side.Pair.Hash] = seen.GetValueOrDefault(side.Pair.Hash, -1) + 1;
            if (side.IsFact) continue;
            var (id, where) = ($"b.{side.Pair.Hash}.{number}", $"{side.Shape?.Label ?? side.English.Kind} {at + 1}");
            units.AddRange(side.Words.Select(field => new XliffUnit($"{id}.{field.Key}", $"{where}: {field.Label}", side.English.Attributes[field.Key], side.Own?.Attributes.GetValueOrDefault(field.Key) ?? string.Empty, side.Pair.IsFresh, $"b.{at}.a.{field.Key}", $"b.{at}")));
            if (side.HasText) units.Add(new($"{id}.words", where, side.English.Words, side.Own?.Words ?? string.Empty, side.Pair.IsFresh, $"b.{at}.words", $"b.{at}"));
        }

        return units;
    }

    /// <summary>The codes of source and target, as an export numbers them.</summary>
    public XliffCodes Codes()
    {
        var codes = new XliffCodes();
        _ = XliffText.ToXml(XliffText.Read(Source), codes).Count();
        _ = XliffText.ToXml(XliffText.Read(Target), codes).Count();
        return codes;
    }

    /// <param name="state">A state of XLIFF: <c>initial</c>, <c>translated</c>, <c>reviewed</c>.</param>
    /// <param name="note">A word to the translator; empty for none.</param>
    public XElement ToXml(string source, string target, string state, string note)
    {
        var codes = Codes();
        return new(XliffText.Core + "unit",
            new XAttribute("id", Id),
            new XAttribute("name", Where),
            new XAttribute(XNamespace.Xml + "space", "preserve"),
            new XElement(XliffText.Core + "notes", new XElement(XliffText.Core + "note", Where), note.Length == 0 ? null : new XElement(XliffText.Core + "note", Clean(note))),
            codes.ToXml(),
            new XElement(XliffText.Core + "segment",
                new XAttribute("state", Target.Length == 0 || !IsFresh ? "initial" : state),
                new XElement(XliffText.Core + "source", new XAttribute(XNamespace.Xml + "lang", source), XliffText.ToXml(XliffText.Read(Source), codes).ToList()),
                Target.Length == 0 ? null : new XElement(XliffText.Core + "target", new XAttribute(XNamespace.Xml + "lang", target), XliffText.ToXml(XliffText.Read(Target), codes).ToList())));
    }

    private static string Clean(string text) => string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar));
}

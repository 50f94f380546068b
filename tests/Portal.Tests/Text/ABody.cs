using CsCheck;

namespace Portal.Tests.Text;

/// <summary>Random bodies that are right, in every spelling the format allows: blanks, line ends, quoted and bare attributes.</summary>
internal static class ABody
{
    private static readonly Gen<string> Value = Gen.OneOf("calm", "two words", "say \"hi\"", "a=b", "back\\slash", "back \\", "\\\"", "آپ", "x\ty", "\u00A0", "C:\\dir\\");

    private static readonly Gen<string> Words = Gen.OneOf(
        "Words.\n", "\n\nTwo lines\nof words.  \n\n", "- a\n- b\n\n[Help](/help-now/) and [](line:main).\n", "**a** *b* \\< &amp; &lt;b&gt; \"c\"\n", "> said\n", "1. One\n2. Two\r\n", "   indented\n");

    private static readonly Gen<string> Prose = Gen.OneOf(Words, Words.Select(words => "## Heading\n\n" + words), Words.Select(words => "## Heading\n### Inner\n" + words));

    private static readonly Gen<string> Block = Gen.OneOf(
        Container("callout", Words, ("tone", Gen.OneOf("calm", "important", "danger")), ("title", Value)),
        Container("steps", Words),
        Container("details", Words, ("title!", Value)),
        Container("contact", null, ("line!", Gen.OneOf("main", "emergency"))),
        Container("places", null, ("district", Gen.Const("maidstone")), ("type", Gen.Const("drop-in"))),
        Container("quote", Words, ("from", Value)),
        Container("image", null, ("media!", Gen.Const("a.png")), ("alt!", Value), ("caption", Value), ("shape", Gen.OneOf("wide", "square"))),
        Container("image", null, ("media!", Gen.Const("a.png")), ("decorative!", Gen.OneOf("yes", "true"))),
        Container("video", Words, ("media!", Value), ("captions!", Value), ("poster", Value), ("title!", Value)),
        Container("download", null, ("media!", Value), ("label!", Value)),
        Container("table", Gen.Const("| A | B |\n| --- | --- |\n| 1 | 2 |\n"), ("caption!", Value)),
        Container("action", null, ("href!", Gen.Const("/help-now/")), ("label!", Value)),
        Container("checklist", Gen.Const("- One\n- Two\n"), ("title!", Value)),
        Container("write", null, ("label!", Value), ("hint", Value), ("rows", Gen.OneOf("1", "2", "12"))),
        Container("picture", Words, ("icon!", Gen.Const("phone"))));

    /// <summary>A body as somebody may have typed it.</summary>
    public static Gen<string> Text { get; } =
        from parts in Gen.Select(Gen.OneOf(Prose, Block), Gen.OneOf("\n", "", "\n\n", "   \n")).Array[0, 6]
        select string.Concat(parts.Select(part => (part.Item1.EndsWith('\n') ? part.Item1 : part.Item1 + "\n") + part.Item2));

    /// <summary>A container; attributes marked with '!' always stand, the others now and then, in any order.</summary>
    private static Gen<string> Container(string name, Gen<string>? words, params (string Key, Gen<string> Value)[] attributes) =>
        from values in attributes.Aggregate(Gen.Const(Array.Empty<string>()), (all, next) => Gen.Select(all, next.Value, (before, value) => (string[])[.. before, value]))
        from kept in Gen.Bool.Array[attributes.Length]
        from inner in words ?? Gen.Const(string.Empty)
        from turned in Gen.Bool
        from end in Gen.OneOf("\n", "\n", "\r\n")
        let written = attributes.Select((attribute, at) => (attribute.Key, Value: values[at], Kept: kept[at] || attribute.Key.EndsWith('!'))).Where(each => each.Kept)
            .Select(each => $"{each.Key.TrimEnd('!')}=\"{each.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"").ToList()
        let header = string.Join("  ", turned ? Enumerable.Reverse(written) : written)
        select $"::: {name} {header}".TrimEnd() + end + (inner.Length > 0 ? inner.TrimEnd('\n') + end : string.Empty) + ":::" + end;
}

using NodaTime;

using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Text;

using YamlDotNet.RepresentationModel;

namespace Portal.Content.Reading;

/// <summary>Makes typed documents of the files of one folder below <c>pages/</c>: the base language and its variants.</summary>
internal sealed class DocumentReader(IReadOnlyDictionary<string, Language> languages, ICollection<Problem> problems)
{
    /// <summary>Reads the base text; null where it is not usable, with its problems told.</summary>
    public (Document Document, DocumentText Text, YamlMappingNode Fields)? ReadBase(DocumentId id, string file, string text)
    {
        var read = DocumentText.Parse(text);
        if (Fields(file, read) is not { } map) return null;

        var kindNode = map.Children.FirstOrDefault(child => FieldBinder.KeyOf(child.Key) == "kind");
        if (DocumentKind.Find(FieldBinder.KeyOf(kindNode.Value ?? new YamlScalarNode())) is not { } kind)
        {
            problems.Add(new(file, 2, "The kind of the document is missing or unknown.",
                $"Write 'kind:' and one of {string.Join(", ", DocumentKind.All.Select(each => each.Name))}."));
            return null;
        }

        var source = new YamlSource(file, 1, map);
        var entries = map.Children.Where(child => FieldBinder.KeyOf(child.Key) != "kind")
            .Select(child => (FieldBinder.KeyOf(child.Key), source.At(child.Value))).ToList();
        if (new FieldBinder(problems).Bind(kind.Type, source, entries) is not Document document) return null;

        return (WithWords(document with { Id = id, File = file }, read), read, map);
    }

    /// <summary>
    /// Reads a variant over its base: words from the variant, facts from the base, and in a translation the base's blocks
    /// where its own no longer fit.
    /// </summary>
    public Document? ReadVariant((Document Document, DocumentText Text, YamlMappingNode Fields) basis, string stamp, string code, string file, string text)
    {
        var (document, baseText, baseFields) = basis;
        var (baseFile, language) = (document.File, languages[code]);
        var read = DocumentText.Parse(text);
        if (Fields(file, read) is not { } map) return null;

        var source = new YamlSource(file, 1, map);
        var match = language.IsSimple || !TranslationMatch.HasStamps(read) ? null : TranslationMatch.Of(baseText, document.GetType(), read);
        if (Status(source, map, match?.IsStale ?? (!language.IsSimple && Scalar(map, "source") != stamp)) is not { } translation) return null;

        var merged = Merge(document.GetType(), new(baseFile, 1, baseFields), source, map, inheritWords: language.IsSimple);
        if (new FieldBinder(problems).Bind(document.GetType(), source, merged) is not Document variant) return null;

        variant = WithWords(variant with { Id = document.Id, File = file, Language = language, Translation = translation }, read);
        return match is null || Fits(match, read) ? variant : variant with { Body = new BodyReader(file, []).Read(match.Body(Lines.Of(text).Count)) };
    }

    /// <summary>True where the translation's body is what a reader sees, block by block.</summary>
    private static bool Fits(TranslationMatch match, DocumentText read) => match.Blocks.Select(pair => pair.IsFresh ? pair.Own : null).SequenceEqual(read.WordBlocks);

    private Document WithWords(Document document, DocumentText text)
    {
        var markdown = new MarkdownReader(document.File, problems);
        var fields = FieldMap.Of(document.GetType()).Fields.Where(field => field.IsMarkdown && field.Property.GetValue(document) is string)
            .ToDictionary(field => field.Key, field => markdown.Read((string)field.Property.GetValue(document)!, LineOf(text, field.Key), withHeadings: false));
        return document with { Texts = fields, Body = new BodyReader(document.File, problems).Read(text.Blocks) };
    }

    private static int LineOf(DocumentText text, string key) => text.Fields.FirstOrDefault(field => field.Key == key)?.LinesBeforeValue ?? 0;

    private YamlMappingNode? Fields(string file, DocumentText text)
    {
        if (text.HasFrontMatter) return YamlSource.ReadMap(file, 1, text.FrontMatter, problems);
        problems.Add(new(file, 1, "The document has no front matter.", "Begin with a line '---', the fields, and a line '---'."));
        return null;
    }

    /// <summary>The variant's words and the base's facts.</summary>
    /// <param name="inheritWords">True for the simple version, which is English too and may leave an optional text as it is.</param>
    private List<(string Key, YamlSource Value)> Merge(Type type, YamlSource basis, YamlSource variant, YamlMappingNode words, bool inheritWords)
    {
        var fields = FieldMap.Of(type);
        var merged = new List<(string, YamlSource)>();
        foreach (var (key, value) in ((YamlMappingNode)basis.Node).Children)
        {
            var name = FieldBinder.KeyOf(key);
            if (name == "kind" || words.Children.ContainsKey(key)) continue;

            // Words the translator forgot would silently stay English: asked for where required, else left out. Facts are inherited.
            if (fields.ByKey.TryGetValue(name, out var field) && field.HoldsWords && (field.Required || !inheritWords)) continue;
            merged.Add((name, basis.At(value)));
        }

        foreach (var (key, value) in words.Children)
        {
            var name = FieldBinder.KeyOf(key);
            if (StatusKeys.Contains(name)) continue;
            if (fields.ByKey.TryGetValue(name, out var field) && !field.HoldsWords)
                problems.Add(variant.At(value).Problem($"'{name}' is a fact and stands once, in the base language's file.", "Take it out here."));
            merged.Add((name, variant.At(MergeMaps(field?.Property.PropertyType, ((YamlMappingNode)basis.Node).Children.TryGetValue(key, out var facts) ? facts : null, value))));
        }

        return merged;
    }

    /// <summary>A nested record's words are the translation's, all of them; its facts (a poster's link) stay.</summary>
    private static YamlNode MergeMaps(Type? type, YamlNode? basis, YamlNode words)
    {
        if (type is null || basis is not YamlMappingNode facts || words is not YamlMappingNode map) return words;
        var fields = FieldMap.Of(type).ByKey;
        foreach (var (key, value) in facts.Children)
            if (!map.Children.ContainsKey(key) && !(fields.TryGetValue(FieldBinder.KeyOf(key), out var field) && field.HoldsWords))
                map.Children.Add(key, value);
        return map;
    }

    private Translation? Status(YamlSource source, YamlMappingNode map, bool isStale)
    {
        var state = Scalar(map, "state");
        var of = Scalar(map, "source");
        if (!Names.TryParseEnum(typeof(TranslationState), state ?? string.Empty, out var known))
        {
            problems.Add(source.Problem("The state of the translation is missing or unknown.", "Write 'state: machine-draft', 'needs-review' or 'reviewed'."));
            return null;
        }

        if (of is null)
        {
            problems.Add(source.Problem("'source' is missing.", "Write 'source: unstamped', then run 'dotnet run --project site -- stamp' once the translation matches the English text."));
            return null;
        }

        var by = Scalar(map, "reviewedBy");
        LocalDate? on = NodaTime.Text.LocalDatePattern.Iso.Parse(Scalar(map, "reviewedOn") ?? string.Empty) is { Success: true } date ? date.Value : null;
        if ((TranslationState)known! == TranslationState.Reviewed && (by is null || on is null))
            problems.Add(source.Problem("A reviewed translation names who checked it and when.", "Add 'reviewedBy' and 'reviewedOn'."));

        // The simple version is a text of its own, not a translation: it cannot fall behind word by word.
        return new((TranslationState)known, of, isStale, by, on) { Blocks = Scalar(map, TranslationMatch.BlocksKey), Fields = Scalar(map, TranslationMatch.FieldsKey) };
    }

    private static string? Scalar(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out var node) && FieldBinder.KeyOf(node) is { Length: > 0 } text ? text : null;

    internal static readonly HashSet<string> StatusKeys = ["state", "source", TranslationMatch.BlocksKey, TranslationMatch.FieldsKey, "reviewedBy", "reviewedOn"];
}

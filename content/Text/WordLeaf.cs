namespace Portal.Content.Text;

/// <summary>One text of a document's front matter that a translator gives anew, however deep it stands.</summary>
/// <param name="Path">Keys and numbers with dots: <c>title</c>, <c>poster.headline</c>, <c>questions.0.answers.1.say</c>.</param>
/// <param name="Field">The field it stands in at last.</param>
/// <param name="Text">Its words; of a list of texts one on a line.</param>
public sealed record WordLeaf(string Path, Field Field, string Text)
{
    /// <summary>Key of the front matter it belongs to.</summary>
    public string Key => Path.Split('.')[0];

    /// <summary>True where several lines may stand: a list of texts, or Markdown.</summary>
    public bool IsList => FieldValues.ElementOf(Field.Property.PropertyType) is not null;

    /// <summary>Every text of one field of an English document, in reading order.</summary>
    public static IReadOnlyList<WordLeaf> Of(Field field, FieldValue? value)
    {
        var leaves = new List<WordLeaf>();
        Add(leaves, field.Key, field, value);
        return leaves;
    }

    /// <summary>
    /// The field of a translation: the English structure with other words. Where the field is a translation's as a whole it
    /// keeps the facts in it; of any other it holds the words alone. Words that are not given stay empty.
    /// </summary>
    /// <param name="words">The words by <see cref="Path"/>.</param>
    public static FieldValue With(Field field, FieldValue english, IReadOnlyDictionary<string, string> words) =>
        With(field.Key, field, english, words, withFacts: field.Translated);

    /// <summary>True for a field of words, and for a list of records some of which are words.</summary>
    public static bool HasWords(Field field) => field.HoldsWords
        || (FieldValues.ElementOf(field.Property.PropertyType) is { } element && FieldValues.HasFields(element) && FieldMap.Of(element).Fields.Any(HasWords));

    private static void Add(List<WordLeaf> leaves, string path, Field field, FieldValue? value)
    {
        var type = field.Property.PropertyType;
        if (FieldValues.ElementOf(type) is { } element)
        {
            if (!FieldValues.HasFields(element)) leaves.Add(new(path, field, Lines(value)));
            else
                for (var at = 0; at < Items(value).Count; at++)
                    AddFields(leaves, $"{path}.{at}", element, Items(value)[at]);
        }
        else if (FieldValues.HasFields(type)) AddFields(leaves, path, type, value);
        else leaves.Add(new(path, field, (value as FieldValue.Words)?.Text ?? string.Empty));
    }

    private static void AddFields(List<WordLeaf> leaves, string path, Type type, FieldValue? value)
    {
        foreach (var inner in FieldMap.Of(type).Fields.Where(HasWords)) Add(leaves, $"{path}.{inner.Key}", inner, Inner(value, inner.Key));
    }

    private static FieldValue With(string path, Field field, FieldValue? english, IReadOnlyDictionary<string, string> words, bool withFacts)
    {
        var type = field.Property.PropertyType;
        var given = words.GetValueOrDefault(path, string.Empty);
        if (FieldValues.ElementOf(type) is { } element)
        {
            return FieldValues.HasFields(element)
                ? new FieldValue.Items([.. Items(english).Select((item, at) => WithFields($"{path}.{at}", element, item, words, withFacts))])
                : new FieldValue.Items([.. given.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => new FieldValue.Words(line))]);
        }

        return FieldValues.HasFields(type) ? WithFields(path, type, english, words, withFacts) : new FieldValue.Words(given);
    }

    private static FieldValue.Fields WithFields(string path, Type type, FieldValue? english, IReadOnlyDictionary<string, string> words, bool withFacts) =>
        new(FieldMap.Of(type).Fields.Where(inner => withFacts || HasWords(inner))
            .Select(inner => KeyValuePair.Create(inner.Key, HasWords(inner) ? With($"{path}.{inner.Key}", inner, Inner(english, inner.Key), words, withFacts) : Inner(english, inner.Key) ?? new FieldValue.Words(string.Empty)))
            .ToDictionary());

    private static FieldValue? Inner(FieldValue? value, string key) => (value as FieldValue.Fields)?.Values.GetValueOrDefault(key);

    private static IReadOnlyList<FieldValue> Items(FieldValue? value) => (value as FieldValue.Items)?.Values ?? [];

    private static string Lines(FieldValue? value) => string.Join('\n', Items(value).OfType<FieldValue.Words>().Select(item => item.Text));
}

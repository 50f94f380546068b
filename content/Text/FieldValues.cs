using System.Text;

using NodaTime;

using YamlDotNet.RepresentationModel;

namespace Portal.Content.Text;

/// <summary>
/// The fields of a text as an editor shows them, and back. Only a field whose value was changed is written anew; every
/// other keeps its bytes, its comments and what this version of the program does not know.
/// </summary>
public static class FieldValues
{
    private const int Step = 2;

    /// <summary>The value of every field of <paramref name="kind"/> that the text has; a front matter that is not YAML has none.</summary>
    public static IReadOnlyDictionary<string, FieldValue> Read(DocumentText text, Type kind)
    {
        var values = new Dictionary<string, FieldValue>();
        if (YamlSource.ReadMap(string.Empty, 0, text.FrontMatter, []) is not { } map) return values;
        foreach (var field in FieldMap.Of(kind).Fields)
            if (map.Children.FirstOrDefault(child => FieldBinder.KeyOf(child.Key) == field.Key).Value is { } node)
                values[field.Key] = Read(node, field.Property.PropertyType);
        return values;
    }

    /// <summary>The text with these values: changed fields written in canonical form, emptied ones taken out.</summary>
    public static DocumentText Apply(DocumentText text, Type kind, IReadOnlyDictionary<string, FieldValue> values)
    {
        var before = Read(text, kind);
        foreach (var field in FieldMap.Of(kind).Fields)
        {
            if (!values.TryGetValue(field.Key, out var value) || (before.TryGetValue(field.Key, out var old) ? Same(old, value) : value.IsEmpty)) continue;
            text = value.IsEmpty ? text.WithoutField(field.Key) : text.WithField(field.Key, Rows(text, field, old, value) ?? field.Key + ":" + Write(value, field.Property.PropertyType, 0));
        }

        return text;
    }

    /// <summary>The type of a list's entries; null for what is no list.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GenericTypeArguments[0] : null;

    /// <summary>True for a type with fields of its own.</summary>
    public static bool HasFields(Type type) => FieldMap.IsRecord(type);

    /// <summary>True where nothing is different but what was never filled in.</summary>
    public static bool Same(FieldValue one, FieldValue other) => (one, other) switch
    {
        ({ IsEmpty: true }, { IsEmpty: true }) => true,
        (FieldValue.Words a, FieldValue.Words b) => a.Text == b.Text,
        (FieldValue.Items a, FieldValue.Items b) => Filled(a).Count == Filled(b).Count && Filled(a).Zip(Filled(b)).All(pair => Same(pair.First, pair.Second)),
        (FieldValue.Fields a, FieldValue.Fields b) => a.Values.Keys.Union(b.Values.Keys).All(key =>
            Same(a.Values.GetValueOrDefault(key, Nothing), b.Values.GetValueOrDefault(key, Nothing))),
        _ => false,
    };

    private static FieldValue Read(YamlNode node, Type type) => node switch
    {
        YamlSequenceNode items => new FieldValue.Items([.. items.Children.Select(item => Read(item, ElementOf(type) ?? type))]),
        YamlMappingNode map when HasFields(type) => new FieldValue.Fields(map.Children.ToDictionary(
            child => FieldBinder.KeyOf(child.Key),
            child => Read(child.Value, FieldMap.Of(type).ByKey.TryGetValue(FieldBinder.KeyOf(child.Key), out var field) ? field.Property.PropertyType : typeof(string)))),
        YamlScalarNode scalar => new FieldValue.Words((scalar.Value ?? string.Empty).TrimEnd('\n')),
        _ => new FieldValue.Words(string.Empty),
    };

    /// <summary>True where every value of the text has a place in the record, so that a form made from it shows all there is.</summary>
    /// <param name="text">Fields.</param>
    /// <param name="kind">The record.</param>
    public static bool Shows(DocumentText text, Type kind) =>
        YamlSource.ReadMap(string.Empty, 0, text.FrontMatter, []) is { } map && Shows(map, kind);

    private static bool Shows(YamlNode node, Type type) => (node, ElementOf(type)) switch
    {
        (YamlSequenceNode items, { } element) => items.Children.All(item => Shows(item, element)),
        (YamlMappingNode map, null) when HasFields(type) => map.Children.All(child =>
            FieldMap.Of(type).ByKey.TryGetValue(FieldBinder.KeyOf(child.Key), out var field) && Shows(child.Value, field.Property.PropertyType)),
        (YamlScalarNode scalar, _) => string.IsNullOrEmpty(scalar.Value) || (ElementOf(type) is null && !HasFields(type)),
        _ => false,
    };

    /// <summary>A list of records whose rows have lines of their own: only rows that changed are written anew.</summary>
    private static string? Rows(DocumentText text, Field field, FieldValue? before, FieldValue after)
    {
        if (ElementOf(field.Property.PropertyType) is not { } element || !HasFields(element) || before is not FieldValue.Items old || after is not FieldValue.Items now) return null;
        var source = text.Fields.First(each => each.Key == field.Key).Source;
        return ListRows.Replace(source, old.Values, Filled(now), Same, (row, indent) => Entries((FieldValue.Fields)row, element, indent)[indent..]);
    }

    private static FieldValue Nothing { get; } = new FieldValue.Words(string.Empty);

    private static List<FieldValue> Filled(FieldValue.Items items) => [.. items.Values.Where(item => !item.IsEmpty)];

    /// <summary>What stands behind a key, from the space or newline after the colon to the newline at the end.</summary>
    private static string Write(FieldValue value, Type type, int indent)
    {
        var margin = new string(' ', indent + Step);
        switch (value)
        {
            case FieldValue.Words words:
                return " " + Scalar(words.Text, type, indent + Step) + "\n";
            case FieldValue.Items items when Filled(items).All(item => item is FieldValue.Words words && YamlScalar.IsWord(words.Text)):
                return " [" + string.Join(", ", Filled(items).Cast<FieldValue.Words>().Select(item => item.Text)) + "]\n";
            case FieldValue.Items items:
                var list = new StringBuilder("\n");
                foreach (var item in Filled(items))
                    list.Append(margin).Append('-').Append(item is FieldValue.Fields fields ? " " + Entries(fields, ElementOf(type) ?? type, indent + Step + Step)[(indent + Step + Step)..] : Write(item, ElementOf(type) ?? type, indent + Step));
                return list.ToString();
            case FieldValue.Fields map:
                return "\n" + Entries(map, type, indent + Step);
            default:
                throw new InvalidOperationException($"A value of the kind {value.GetType().Name} has no written form.");
        }
    }

    private static string Entries(FieldValue.Fields map, Type type, int indent)
    {
        var text = new StringBuilder();
        var known = HasFields(type) ? FieldMap.Of(type).Fields.ToDictionary(field => field.Key, field => field.Property.PropertyType) : [];
        foreach (var (key, value) in map.Values.OrderBy(each => known.Keys.ToList().IndexOf(each.Key)).Where(each => !each.Value.IsEmpty))
            text.Append(' ', indent).Append(key).Append(':').Append(Write(value, known.GetValueOrDefault(key, typeof(string)), indent));
        return text.ToString();
    }

    /// <summary>A date, a number or a choice stands bare where it is one; a time of the day in quotes, or YAML reads base sixty.</summary>
    private static string Scalar(string text, Type type, int indent)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var words = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return plain == typeof(LocalTime) || plain == typeof(string) || !words.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '/')
            ? plain == typeof(LocalTime) ? "\"" + words.Replace("\"", string.Empty, StringComparison.Ordinal) + "\"" : YamlScalar.Write(words.TrimEnd('\n'), indent)
            : words;
    }
}

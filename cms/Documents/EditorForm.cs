using Microsoft.Extensions.Primitives;

using NodaTime;

using Portal.Content.Blocks;
using Portal.Content.Languages;
using Portal.Content.Text;

namespace Portal.Cms.Documents;

/// <summary>
/// The form of a document: its fields from the record of its kind, its blocks from their shapes. A kind that is added
/// later has its form by having a record. Names of inputs: <c>f.address.town</c>, <c>f.sources.0.name</c>,
/// <c>b.2.words</c>, <c>b.2.a.title</c>.
/// </summary>
public sealed class EditorForm
{
    /// <summary>Most blocks and most entries of one list that a form may carry.</summary>
    public const int Most = 200;

    private EditorForm(Type kind, IReadOnlyList<Field> fields, IReadOnlyDictionary<string, FieldValue> values, IList<BlockValue> blocks) =>
        (Kind, Fields, Values, Blocks) = (kind, fields, values, blocks);

    /// <summary>The record of the document's kind.</summary>
    public Type Kind { get; }

    /// <summary>What this language may change: facts stand in the base language alone.</summary>
    public IReadOnlyList<Field> Fields { get; }

    public IReadOnlyDictionary<string, FieldValue> Values { get; }

    public IList<BlockValue> Blocks { get; }

    /// <param name="elsewhere">Keys of fields that have a page of their own and are left alone here.</param>
    public static EditorForm Of(DocumentText text, Type kind, string language, params IReadOnlyList<string> elsewhere) =>
        new(kind, FieldsOf(kind, language, elsewhere), FieldValues.Read(text, kind), [.. BlockValue.Read(text)]);

    /// <summary>What was typed, over a text whose other fields stay.</summary>
    public static EditorForm Posted(IEnumerable<KeyValuePair<string, StringValues>> posted, Type kind, string language, params IReadOnlyList<string> elsewhere)
    {
        var inputs = posted.ToDictionary(each => each.Key, each => each.Value);
        var fields = FieldsOf(kind, language, elsewhere);
        var values = new Dictionary<string, FieldValue>();
        foreach (var field in fields)
            values[field.Key] = Value(inputs, "f." + field.Key, field.Property.PropertyType);
        return new(kind, fields, values, Decode(inputs));
    }

    /// <summary>The text with what the form holds: what nobody changed keeps its bytes, and what a form cannot show too.</summary>
    public DocumentText Apply(DocumentText text)
    {
        var before = FieldValues.Read(text, Kind);
        var changed = Fields.Where(field => Values.ContainsKey(field.Key) && !(before.TryGetValue(field.Key, out var old) && FieldValues.Same(Sent(old, field.Property.PropertyType), Values[field.Key])));
        return BlockValue.Apply(FieldValues.Apply(text, Kind, changed.ToDictionary(field => field.Key, field => InOrder(Values[field.Key], before.GetValueOrDefault(field.Key), field.Property.PropertyType))), [.. Blocks]);
    }

    /// <summary>Ticked boxes come in the order of the boxes: what was ticked before keeps its order, the first topic is the main one.</summary>
    private static FieldValue InOrder(FieldValue value, FieldValue? before, Type type) => value is FieldValue.Items ticked && before is FieldValue.Items old && IsTicked(type)
        ? new FieldValue.Items([.. old.Values.Where(ticked.Values.Contains), .. ticked.Values.Where(each => !old.Values.Contains(each))])
        : value;

    private static bool IsTicked(Type type) => FieldValues.ElementOf(type) is { IsEnum: true };

    /// <summary>Carries out a button that changes the form and not the text: <c>up:2</c>, <c>down:2</c>, <c>remove:2</c>, <c>add:callout</c>, <c>more:f.sources</c>, <c>less:f.sources.1</c>.</summary>
    /// <returns>Index of the block to go to; null where the act concerned none.</returns>
    public int? Do(string act)
    {
        var (verb, what) = act.Split(':', 2) is [var first, var second] ? (first, second) : (act, string.Empty);
        _ = int.TryParse(what, out var at);
        switch (verb)
        {
            case "up" when at > 0 && at < Blocks.Count:
                Swap(at - 1);
                return at - 1;
            case "down" when at >= 0 && at < Blocks.Count - 1:
                Swap(at);
                return at + 1;
            case "remove" when at >= 0 && at < Blocks.Count:
                Blocks.RemoveAt(at);
                return Math.Min(at, Blocks.Count - 1);
            case "add" when BlockShape.Find(what) is not null && Blocks.Count < Most:
                Blocks.Add(new(what, new Dictionary<string, string>(), string.Empty));
                return Blocks.Count - 1;
            default:
                return null;
        }
    }

    /// <summary>The same form with one entry more or less in a list of records.</summary>
    public EditorForm WithEntry(string act)
    {
        if (act.Split(':', 2) is not [var verb, var name] || verb is not ("more" or "less")) return this;
        var parts = name.Split('.')[1..];
        var values = new Dictionary<string, FieldValue>(Values);
        if (parts.Length > 0 && values.TryGetValue(parts[0], out var value)) values[parts[0]] = Changed(value, parts[1..], verb == "more");
        return new(Kind, Fields, values, Blocks);
    }

    /// <summary>The same form with another value in one field.</summary>
    public EditorForm With(string key, FieldValue value) =>
        new(Kind, Fields, new Dictionary<string, FieldValue>(Values) { [key] = value }, Blocks);

    private static List<Field> FieldsOf(Type kind, string language, IReadOnlyList<string> elsewhere) =>
        [.. FieldMap.Of(kind).Fields.Where(field => (language == Language.Base.Code || field.HoldsWords) && !elsewhere.Contains(field.Key))];

    private void Swap(int at) => (Blocks[at], Blocks[at + 1]) = (Blocks[at + 1], Blocks[at]);

    private static FieldValue Changed(FieldValue value, string[] path, bool more)
    {
        if (path.Length == 0 && more && value is FieldValue.Items list) return new FieldValue.Items([.. list.Values, new FieldValue.Words(string.Empty)]);
        switch (value)
        {
            case FieldValue.Items items when path.Length > 0 && int.TryParse(path[0], out var at) && at >= 0 && at < items.Values.Count:
                return path.Length == 1 && !more
                    ? new FieldValue.Items([.. items.Values.Where((_, index) => index != at)])
                    : new FieldValue.Items([.. items.Values.Select((item, index) => index == at ? Changed(item, path[1..], more) : item)]);
            case FieldValue.Fields fields when path.Length > 0:
                var inner = new Dictionary<string, FieldValue>(fields.Values);
                inner[path[0]] = Changed(inner.GetValueOrDefault(path[0], new FieldValue.Items([])), path[1..], more);
                return new FieldValue.Fields(inner);
            default:
                return value;
        }
    }

    /// <summary>What comes back of a value from a form in which nobody changed it: a key that the record lacks, or a word where a list belongs, has no input.</summary>
    private static FieldValue Sent(FieldValue? value, Type type)
    {
        if (FieldValues.ElementOf(type) is { } element)
        {
            var items = (value as FieldValue.Items)?.Values ?? [];
            if (IsTicked(type))
            {
                var boxes = Enum.GetNames(element).Select(Names.Kebab).ToList();
                return new FieldValue.Items([.. items.OrderBy(item => item is FieldValue.Words word && boxes.IndexOf(word.Text) is var at and >= 0 ? at : boxes.Count)]);
            }

            return new FieldValue.Items(FieldValues.HasFields(element)
                ? [.. items.Select(item => Sent(item, element))]
                : [.. items.OfType<FieldValue.Words>().SelectMany(item => item.Text.Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => new FieldValue.Words(line))]);
        }

        return FieldValues.HasFields(type)
            ? new FieldValue.Fields(FieldMap.Of(type).Fields.ToDictionary(field => field.Key, field => Sent((value as FieldValue.Fields)?.Values.GetValueOrDefault(field.Key), field.Property.PropertyType)))
            : value as FieldValue.Words ?? new FieldValue.Words(string.Empty);
    }

    private static FieldValue Value(Dictionary<string, StringValues> inputs, string name, Type type)
    {
        if (FieldValues.ElementOf(type) is { } element) return List(inputs, name, element);
        if (!FieldValues.HasFields(type)) return new FieldValue.Words(Typed((inputs.GetValueOrDefault(name).FirstOrDefault() ?? string.Empty).ReplaceLineEndings("\n"), type));
        return new FieldValue.Fields(FieldMap.Of(type).Fields.ToDictionary(field => field.Key, field => Value(inputs, name + "." + field.Key, field.Property.PropertyType)));
    }

    /// <summary>Records come numbered; choices come as ticked boxes; other lists as lines.</summary>
    private static FieldValue.Items List(Dictionary<string, StringValues> inputs, string name, Type element)
    {
        if (!FieldValues.HasFields(element))
            return new([.. inputs.GetValueOrDefault(name).SelectMany(text => (text ?? string.Empty).ReplaceLineEndings("\n").Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => new FieldValue.Words(Typed(line, element)))]);
        var numbers = inputs.Keys.Where(key => key.StartsWith(name + ".", StringComparison.Ordinal)).Select(key => key[(name.Length + 1)..].Split('.')[0])
            .Select(part => int.TryParse(part, out var number) ? number : -1).Where(number => number is >= 0 and < Most).Distinct().Order();
        return new([.. numbers.Select(number => Value(inputs, $"{name}.{number}", element))]);
    }

    private static string Typed(string text, Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(LocalDate) ? TypedDate.Kept(text) : text;

    private static List<BlockValue> Decode(Dictionary<string, StringValues> inputs)
    {
        var blocks = new List<BlockValue>();
        for (var at = 0; at < Most && inputs.TryGetValue($"b.{at}.kind", out var kind); at++)
        {
            var prefix = $"b.{at}.a.";
            var attributes = inputs.Where(input => input.Key.StartsWith(prefix, StringComparison.Ordinal))
                .ToDictionary(input => input.Key[prefix.Length..], input => input.Value.ToString().Trim());
            blocks.Add(new(kind.ToString(), attributes, inputs.GetValueOrDefault($"b.{at}.words").ToString().ReplaceLineEndings("\n").Trim('\n')));
        }

        return blocks;
    }
}

using System.Collections;
using System.Globalization;

using NodaTime;
using NodaTime.Text;

using Portal.Content.Documents;
using Portal.Content.Problems;

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Portal.Content.Text;

/// <summary>
/// Makes a record from YAML. Every key must be a field, every required field must be there, every value must fit:
/// whatever does not is reported with its line, and reading goes on so that all mistakes are told in one run.
/// </summary>
internal sealed class FieldBinder(ICollection<Problem> problems)
{
    /// <summary>Fills a new <paramref name="type"/> from a map; null where a required field is missing or wrong.</summary>
    public object? Bind(Type type, YamlSource source)
    {
        if (source.Node is YamlMappingNode map)
            return Bind(type, source, [.. map.Children.Select(child => (KeyOf(child.Key), source.At(child.Value)))]);
        problems.Add(source.Problem("A map of fields was expected here.", $"Give the fields {KeysOf(type)}."));
        return null;
    }

    /// <summary>As <see cref="Bind(Type, YamlSource)"/>, from entries that may come from two files: base and translation.</summary>
    public object? Bind(Type type, YamlSource place, IReadOnlyList<(string Key, YamlSource Value)> entries)
    {
        var fields = FieldMap.Of(type);
        var made = Activator.CreateInstance(type, nonPublic: true)!;
        var complete = true;
        var seen = new HashSet<string>();

        foreach (var (key, value) in entries)
        {
            if (!fields.ByKey.TryGetValue(key, out var field))
            {
                problems.Add(value.Problem($"'{key}' is not a field of {Names.Kebab(type.Name)}.", Nearest(key, fields)));
                continue;
            }

            seen.Add(key);
            var nullable = Nullable.GetUnderlyingType(field.Property.PropertyType);
            if (IsUnset(value.Node) && (nullable is not null || !field.Required)) continue;
            if (Value(nullable ?? field.Property.PropertyType, key, value, field.IsSlug) is { } read && !(field.Required && IsBlank(read, key, value))) field.Property.SetValue(made, read);
            else complete = false;
        }

        foreach (var field in fields.Fields.Where(field => field.Required && !seen.Contains(field.Key)))
        {
            problems.Add(place.Problem($"'{field.Key}' is missing.", $"Add it: {Expected(field.Property.PropertyType)}."));
            complete = false;
        }

        return complete ? made : null;
    }

    private object? Value(Type type, string key, YamlSource source, bool isSlug = false)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return List(type.GenericTypeArguments[0], key, source);
        if (source.Node is not YamlScalarNode scalar)
            return IsScalar(type) ? Refuse(source, key, type) : Bind(type, source);
        if (isSlug && !IsSlug(scalar.Value))
        {
            problems.Add(source.Problem($"'{key}' has a value that does not fit.", "Expected: lower-case letters, digits and single hyphens, as it stands in an address."));
            return null;
        }

        // An unset value is the empty text, which fits where a text may be empty.
        return Scalar(type, IsUnset(scalar) ? string.Empty : scalar.Value!) ?? Refuse(source, key, type);
    }

    /// <summary>True, and told, for a text without a word in it.</summary>
    private bool IsBlank(object read, string key, YamlSource source)
    {
        if (read is not string text || !string.IsNullOrWhiteSpace(text)) return false;
        problems.Add(source.Problem($"'{key}' is empty.", "Write some text."));
        return true;
    }

    private static bool IsSlug(string? text) => DocumentId.TryParse(text, out var id) && id.Folder.Length == 0;

    /// <summary>Nothing behind the key, or what YAML writes for nothing.</summary>
    private static bool IsUnset(YamlNode node) =>
        node is YamlScalarNode { Value: null or "" } or YamlScalarNode { Style: ScalarStyle.Plain, Value: "~" or "null" or "Null" or "NULL" };

    private IList? List(Type element, string key, YamlSource source)
    {
        if (source.Node is not YamlSequenceNode items)
        {
            problems.Add(source.Problem($"'{key}' is a list.", "Write '- ' before each entry, or [a, b]."));
            return null;
        }

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        var complete = true;
        foreach (var item in items.Children)
        {
            if (IsBlankEntry(item, key, source.At(item)) || Value(element, key, source.At(item)) is not { } read) complete = false;
            else list.Add(read);
        }

        return complete ? list : null;
    }

    /// <summary>True, and told, for an entry with nothing in it: a forgotten line, or an id that would lead nowhere.</summary>
    private bool IsBlankEntry(YamlNode item, string key, YamlSource source)
    {
        if (!IsUnset(item) && !(item is YamlScalarNode scalar && string.IsNullOrWhiteSpace(scalar.Value))) return false;
        problems.Add(source.Problem($"An entry of '{key}' is empty.", "Fill it in, or take it out."));
        return true;
    }

    private static object? Scalar(Type type, string text)
    {
        if (type == typeof(string)) return text.TrimEnd('\n');
        if (type == typeof(bool)) return text switch { "true" or "yes" => true, "false" or "no" => false, _ => null };
        if (type == typeof(int)) return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (type == typeof(double)) return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null;
        if (type == typeof(LocalDate)) return LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value : null;
        if (type == typeof(LocalTime)) return LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text) is { Success: true } time ? time.Value : null;
        if (type == typeof(DocumentId)) return DocumentId.TryParse(text, out var id) ? id : null;
        if (type.IsEnum) return Names.TryParseEnum(type, text, out var value) ? value : null;
        return null;
    }

    private static bool IsScalar(Type type) =>
        type == typeof(string) || type.IsPrimitive || type.IsEnum || type == typeof(LocalDate) || type == typeof(LocalTime) || type == typeof(DocumentId);

    private object? Refuse(YamlSource source, string key, Type type)
    {
        problems.Add(source.Problem($"'{key}' has a value that does not fit.", $"Expected: {Expected(type)}."));
        return null;
    }

    private static string Expected(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string)) return "some text";
        if (plain == typeof(bool)) return "true or false";
        if (plain == typeof(int)) return "a whole number";
        if (plain == typeof(double)) return "a number such as 51.2745";
        if (plain == typeof(LocalDate)) return "a date such as 2026-11-22";
        if (plain == typeof(LocalTime)) return "a time such as \"09:30\"";
        if (plain == typeof(DocumentId)) return "a path such as guides/leaving-home";
        if (plain.IsEnum) return "one of " + string.Join(", ", Enum.GetNames(plain).Select(Names.Kebab));
        return plain.IsGenericType ? "a list" : $"the fields {KeysOf(plain)}";
    }

    private static string KeysOf(Type type) => string.Join(", ", FieldMap.Of(type).Fields.Select(field => field.Key));

    private static string Nearest(string key, FieldMap fields)
    {
        var nearest = fields.Fields.Select(field => field.Key).MinBy(known => Names.Distance(key, known));
        return nearest is not null && Names.Distance(key, nearest) <= 3
            ? $"Did you mean '{nearest}'?"
            : $"Take it out; the fields are {string.Join(", ", fields.Fields.Select(field => field.Key))}.";
    }

    internal static string KeyOf(YamlNode key) => (key as YamlScalarNode)?.Value ?? string.Empty;
}

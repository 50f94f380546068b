using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Portal.Content.Text;

/// <summary>One field of a record: its key in YAML and the property behind it.</summary>
/// <param name="Key">The property's name in camel case.</param>
/// <param name="Property">The property, which has an <c>init</c> accessor.</param>
/// <param name="Required">True where the property is <c>required</c>.</param>
/// <param name="Translated">True where a translation gives its own value.</param>
/// <param name="IsMarkdown">True where the text is Markdown.</param>
/// <param name="IsSlug">True where the text is a segment of an address.</param>
public sealed record Field(string Key, PropertyInfo Property, bool Required, bool Translated, bool IsMarkdown, bool IsSlug)
{
    /// <summary>True where the value is for the editors and the headless interface leaves it out.</summary>
    public bool IsForEditors { get; } = Property.GetCustomAttribute<ForEditorsAttribute>() is not null;

    /// <summary>True where a translation gives the value, or a part of it: a poster's headline, not its link.</summary>
    public bool HoldsWords { get; } = Translated
        || (FieldMap.IsRecord(Property.PropertyType) && FieldMap.Of(Property.PropertyType).Fields.Any(inner => inner.Translated));
}

/// <summary>The fields of a record type, found once. The order is that of the declaration, base type first.</summary>
public sealed class FieldMap
{
    private static readonly ConcurrentDictionary<Type, FieldMap> Known = new();

    private FieldMap(Type type)
    {
        Fields = [.. Ancestry(type).SelectMany(Declared).Select(ToField)];
        ByKey = Fields.ToDictionary(field => field.Key);
    }

    /// <summary>All fields, base type first.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The same fields by their key.</summary>
    public IReadOnlyDictionary<string, Field> ByKey { get; }

    /// <summary>The fields of <paramref name="type"/>. Safe to call from several threads.</summary>
    public static FieldMap Of(Type type) => Known.GetOrAdd(type, static found => new(found));

    /// <summary>True for a type that is a map of fields in YAML, not a single value or a list.</summary>
    internal static bool IsRecord(Type type) => type is { IsClass: true, Namespace: not null } && type.Namespace.StartsWith("Portal.Content", StringComparison.Ordinal);

    private static IEnumerable<Type> Ancestry(Type type) =>
        type.BaseType is { } parent && parent != typeof(object) ? Ancestry(parent).Append(type) : [type];

    private static IEnumerable<PropertyInfo> Declared(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite && property.GetCustomAttribute<NotAFieldAttribute>() is null);

    private static Field ToField(PropertyInfo property) => new(
        char.ToLowerInvariant(property.Name[0]) + property.Name[1..],
        property,
        property.GetCustomAttribute<RequiredMemberAttribute>() is not null,
        property.GetCustomAttribute<TranslatedAttribute>() is not null,
        property.GetCustomAttribute<MarkdownAttribute>() is not null,
        property.GetCustomAttribute<SlugAttribute>() is not null);
}

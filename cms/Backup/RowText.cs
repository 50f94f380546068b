using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

using Microsoft.EntityFrameworkCore.Metadata;

using NodaTime;

namespace Portal.Cms.Backup;

/// <summary>A row as a JSON object, read from and written to what the model maps: the same for every kind of database.</summary>
internal static class RowText
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new Ticks() } };

    public static JsonObject Write(IReadOnlyTypeBase type, object row)
    {
        var text = new JsonObject();
        foreach (var property in Mapped(type)) text[property.Name] = JsonSerializer.SerializeToNode(Value(property, row), property.ClrType, Options);
        foreach (var (name, member, inner) in Parts(type)) text[name] = member.GetValue(row) is { } part ? Write(inner, part) : null;
        return text;
    }

    public static object Read(IReadOnlyTypeBase type, JsonObject text)
    {
        var row = Activator.CreateInstance(type.ClrType, nonPublic: true)!; // Null for Nullable alone, which is no row.
        foreach (var property in Mapped(type)) Set(property, row, text[property.Name].Deserialize(property.ClrType, Options));
        foreach (var (name, member, inner) in Parts(type)) if (text[name] is JsonObject part) member.SetValue(row, Read(inner, part));
        return row;
    }

    private static IEnumerable<IReadOnlyProperty> Mapped(IReadOnlyTypeBase type) => type.GetProperties().Where(property => !property.IsShadowProperty());

    private static IEnumerable<(string Name, PropertyInfo Member, IReadOnlyTypeBase Type)> Parts(IReadOnlyTypeBase type) =>
        type.GetComplexProperties().Select(part => (part.Name, part.PropertyInfo!, (IReadOnlyTypeBase)part.ComplexType)) // A part has a property of ours or of the framework's.
            .Concat((type as IReadOnlyEntityType)?.GetNavigations().Where(part => part.TargetEntityType.IsOwned() && !part.IsOnDependent).Select(part => (part.Name, part.PropertyInfo!, (IReadOnlyTypeBase)part.TargetEntityType)) ?? []);

    private static object? Value(IReadOnlyProperty property, object row) => property.PropertyInfo is { } member ? member.GetValue(row) : property.FieldInfo!.GetValue(row); // One of both, or it were a shadow.

    private static void Set(IReadOnlyProperty property, object row, object? value)
    {
        if (property.PropertyInfo is { CanWrite: true } member) member.SetValue(row, value);
        else property.FieldInfo!.SetValue(row, value); // Without a setter it is written to its field, as the framework does.
    }

    private sealed class Ticks : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Instant.FromUnixTimeTicks(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteNumberValue(value.ToUnixTimeTicks());
    }
}

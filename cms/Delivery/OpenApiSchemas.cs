using System.Text.Json.Nodes;

using NodaTime;

using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Text;

namespace Portal.Cms.Delivery;

/// <summary>The shapes of what is delivered, from the same records that <see cref="FactJson"/> writes.</summary>
internal sealed class OpenApiSchemas
{
    private readonly SortedDictionary<string, JsonObject> schemas = new(StringComparer.Ordinal);

    private OpenApiSchemas()
    {
    }

    public static JsonObject All()
    {
        var made = new OpenApiSchemas();
        made.AddFixed();
        foreach (var kind in DocumentKind.All) made.AddKind(kind);
        made.AddBlocks();
        return new(made.schemas.Select(schema => KeyValuePair.Create<string, JsonNode?>(schema.Key, schema.Value)));
    }

    private void AddKind(DocumentKind kind)
    {
        var own = FieldMap.Of(kind.Type).Fields.Where(field => field.Property.DeclaringType != typeof(Document) && !field.IsForEditors);
        schemas[kind.Type.Name + "Facts"] = Fields(own);
        schemas[kind.Type.Name] = new()
        {
            ["allOf"] = new JsonArray(Ref("Document"), new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = kind.Name }, ["facts"] = Ref(kind.Type.Name + "Facts") } }),
        };
    }

    private void AddFixed()
    {
        var common = FieldMap.Of(typeof(Document)).Fields.Where(field => !field.IsForEditors).ToList();
        var document = Fields(common);
        var properties = document["properties"]!.AsObject();
        foreach (var (name, schema) in new (string, JsonObject)[]
        {
            ("id", Text()), ("kind", Ref("Kind")), ("language", Text()), ("lang", Text("BCP 47 tag.")), ("dir", Choice("ltr", "rtl")),
            ("translationState", Choice(["original", "stale", .. Enum.GetValues<TranslationState>().Select(state => Names.Kebab(state))])),
            ("verifiedOn", Text("Day a place was last confirmed.", "date")), ("unconfirmed", new() { ["type"] = "boolean", ["description"] = "True where a place must be shown with the mark \"not confirmed\"." }),
            ("facts", Object()), ("alternates", List(Ref("Alternate"))), ("links", Links("self", "list", "page")), ("updatedAt", Text("When these words were published.", "date-time")),
        }) properties[name] = schema;
        document["required"] = Strings(["id", "kind", "language", "lang", "dir", "translationState", "facts", "alternates", "links", "updatedAt", .. common.Where(field => field.Required).Select(field => field.Key)]);
        schemas["Document"] = document;
        schemas["AnyDocument"] = new() { ["oneOf"] = new JsonArray([.. DocumentKind.All.Select(kind => Ref(kind.Type.Name))]) };
        schemas["WholeDocument"] = new() { ["allOf"] = new JsonArray(Ref("AnyDocument"), Object(("body", Object(("blocks", List(Ref("Block"))), ("html", Text("The article as on the public page; its links are relative to the site.")))))) };
        schemas["Kind"] = Choice([.. DocumentKind.All.Select(kind => kind.Name)]);
        schemas["Topic"] = Choice([.. Enum.GetValues<Topic>().Select(topic => Names.Kebab(topic))]);
        schemas["Text"] = Object(("text", Text("The words alone.")), ("html", Text()));
        schemas["Reference"] = Object(("id", Text()), ("kind", Ref("Kind")), ("href", Text()));
        schemas["Alternate"] = Object(("language", Text()), ("lang", Text()), ("dir", Text()), ("href", Text()), ("page", Text()));
        schemas["List"] = Object(("kind", Ref("Kind")), ("language", Text()), ("page", Number()), ("size", Number()), ("total", Number()), ("items", List(Ref("AnyDocument"))), ("links", Links("self", "previous", "next")));
        schemas["Change"] = Object(("id", Text()), ("kind", Ref("Kind")), ("language", Text()), ("change", Choice("put", "gone")), ("updatedAt", Text(format: "date-time")), ("href", Text("Only where it is not gone.")));
        schemas["Changes"] = Object(("cursor", Text("Send it back as 'since'.")), ("changes", List(Ref("Change"))));
        schemas["Problem"] = Object(("type", Text()), ("title", Text()), ("status", Number()), ("detail", Text()));
        schemas["Site"] = Object(("name", Text()), ("stage", Choice("demonstration", "live")), ("page", Text()), ("mainLine", Text()), ("emergencyLine", Text()),
            ("languages", List(Object(("language", Text()), ("lang", Text()), ("dir", Text()), ("name", Text()), ("english", Text())))), ("kinds", List(Object(("kind", Ref("Kind")), ("total", Number()), ("href", Text())))),
            ("topics", List(Ref("Topic"))), ("districts", List(Object(("id", Text()), ("name", Text())))), ("links", Links("self", "export", "changes", "description", "help")), ("cursor", Text()), ("updatedAt", Text(format: "date-time")));
    }

    private void AddBlocks()
    {
        foreach (var type in BlockProperties.Types)
        {
            var schema = Object([("block", new() { ["const"] = Names.Kebab(type.Name) }), .. BlockProperties.Of(type).Select(property => (BlockProperties.Key(property), Of(property.PropertyType)))]);
            schema["required"] = Strings(["block"]);
            schemas[type.Name + "Block"] = schema;
        }

        schemas["Block"] = new() { ["oneOf"] = new JsonArray([.. BlockProperties.Types.Select(type => Ref(type.Name + "Block"))]) };
    }

    private JsonObject Fields(IEnumerable<Field> fields) => Object([.. fields.Select(field => (field.Key, field.IsMarkdown ? Ref("Text") : Of(field.Property.PropertyType)))]);

    private JsonObject Of(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (FieldValues.ElementOf(plain) is { } element) return List(Of(element));
        if (plain == typeof(Topic)) return Ref("Topic");
        if (plain == typeof(string)) return Text();
        if (plain == typeof(bool)) return new() { ["type"] = "boolean" };
        if (plain == typeof(int)) return Number();
        if (plain == typeof(double)) return new() { ["type"] = "number" };
        if (plain == typeof(LocalDate)) return Text(format: "date");
        if (plain == typeof(LocalTime)) return new() { ["type"] = "string", ["pattern"] = "^[0-2][0-9]:[0-5][0-9]$" };
        if (plain == typeof(DocumentId)) return Ref("Reference");
        if (plain == typeof(RichText)) return Ref("Text");
        if (plain.IsEnum) return Choice([.. Enum.GetNames(plain).Select(Names.Kebab)]);
        if (schemas.TryAdd("Value" + plain.Name, [])) schemas["Value" + plain.Name] = Fields(FieldMap.Of(plain).Fields.Where(field => !field.IsForEditors));
        return Ref("Value" + plain.Name);
    }

    private static JsonObject Object(params (string Name, JsonObject Schema)[] properties) =>
        new() { ["type"] = "object", ["properties"] = new JsonObject(properties.Select(property => KeyValuePair.Create<string, JsonNode?>(property.Name, property.Schema))) };

    private static JsonObject Links(params string[] names) => Object([.. names.Select(name => (name, Text()))]);

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Choice(params string[] values) => new() { ["type"] = "string", ["enum"] = Strings(values) };

    private static JsonObject Number() => new() { ["type"] = "integer" };

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    private static JsonObject Text(string description = "", string format = "")
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (format.Length > 0) schema["format"] = format;
        if (description.Length > 0) schema["description"] = description;
        return schema;
    }

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}

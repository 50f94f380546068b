using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Cms.Delivery;

/// <summary>The description of the interface as OpenAPI 3.1. The kinds are described from their records, so that it cannot tell of other fields than are delivered.</summary>
internal static class OpenApi
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // As DocumentJson.Options.

    public static string Write() => new JsonObject
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject
        {
            ["title"] = "Headless interface",
            ["version"] = "1",
            ["description"] = "What is published, for other programs: read only, without a sign-in, for any origin. Answers carry a strong ETag; send it back in If-None-Match.",
        },
        ["paths"] = Paths(),
        ["components"] = new JsonObject
        {
            ["schemas"] = OpenApiSchemas.All(),
            ["responses"] = new JsonObject { ["Problem"] = Content("What is wrong and what to do.", "application/problem+json", Ref("Problem")), ["Same"] = new JsonObject { ["description"] = "The asker has it already." } },
            ["securitySchemes"] = new JsonObject { ["preview"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = $"A token with {DeliveryToken.Scope}, made by an Owner." } },
        },
    }.ToJsonString(Indented);

    private static JsonObject Paths() => new()
    {
        [DeliveryServices.Root + "site"] = Get("site", "The site as a whole: languages, kinds, topics, districts.", Answer.Json, Ref("Site"), []),
        [DeliveryServices.Root + "{kind}"] = Get("list", "The documents of a kind in one language, in the order of their paths, without their bodies.", Answer.Json, Ref("List"),
        [
            InPath("kind", Ref("Kind")), Language(), Query("topic", "One of the topics.", Ref("Topic")), Query("district", "Id of a district; what is for everywhere is there too.", Text()),
            Query("page", "1 for the first.", Number(1, null, 1)), Query("size", "Documents on a page.", Number(1, DeliveryQuery.LargestSize, DeliveryQuery.UsualSize)),
            Query("since", "Only what changed at this instant or later.", new JsonObject { ["type"] = "string", ["format"] = "date-time" }), Preview(),
        ], preview: true),
        [DeliveryServices.Root + "{kind}/{id}"] = Get("document", "One document in one language. The id is a path and may hold slashes.", Answer.Json, Ref("WholeDocument"), [InPath("kind", Ref("Kind")), InPath("id", Text()), Language(), Preview()], preview: true),
        [DeliveryServices.Root + "export"] = Get("export", "Every document in every language with its body, a line of JSON each.", Answer.Lines, Ref("WholeDocument"), []),
        [DeliveryServices.Root + "changes"] = Get("changes", "What came and what is gone since a cursor, none of its words. Without a cursor everything there is.", Answer.Json, Ref("Changes"), [Query("since", "The cursor of an earlier answer, or an instant in UTC.", Text())]),
    };

    private static JsonObject Get(string id, string summary, string type, JsonObject schema, JsonArray parameters, bool preview = false)
    {
        var responses = new JsonObject { ["200"] = Content("What was asked for.", type, schema), ["304"] = Reference("responses", "Same") };
        foreach (var status in (string[])(preview ? ["400", "401", "404", "405", "406", "412", "429", "500"] : ["400", "405", "406", "412", "429", "500"])) responses[status] = Reference("responses", "Problem");
        var operation = new JsonObject { ["operationId"] = id, ["summary"] = summary, ["parameters"] = parameters, ["responses"] = responses };
        if (preview) operation["security"] = new JsonArray(new JsonObject(), new JsonObject { ["preview"] = new JsonArray() });
        return new() { ["get"] = operation };
    }

    private static JsonObject Content(string description, string type, JsonObject schema) =>
        new() { ["description"] = description, ["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = schema } } };

    private static JsonObject Language() => Query("language", "Code of a language.", new JsonObject { ["type"] = "string", ["default"] = Portal.Content.Languages.Language.Base.Code });

    private static JsonObject Preview() => Query("preview", "The newest saved texts instead of the published ones; needs a token.", new JsonObject { ["type"] = "boolean", ["default"] = false });

    private static JsonObject Query(string name, string description, JsonObject schema) => new() { ["name"] = name, ["in"] = "query", ["description"] = description, ["schema"] = schema };

    private static JsonObject InPath(string name, JsonObject schema) => new() { ["name"] = name, ["in"] = "path", ["required"] = true, ["schema"] = schema };

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Number(int least, int? most, int usual)
    {
        var schema = new JsonObject { ["type"] = "integer", ["minimum"] = least };
        if (most is { } limit) schema["maximum"] = limit;
        schema["default"] = usual;
        return schema;
    }

    private static JsonObject Ref(string name) => Reference("schemas", name);

    private static JsonObject Reference(string part, string name) => new() { ["$ref"] = $"#/components/{part}/{name}" };
}

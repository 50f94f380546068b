using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

using NodaTime.Text;

using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Text;
using Portal.Site.Building;
using Portal.Site.Layout;
using Portal.Site.Map;
using Portal.Site.Rendering;

namespace Portal.Cms.Delivery;

/// <summary>A document in one language as JSON, in two parts: what a list tells, and the body.</summary>
/// <param name="Head">A whole JSON object.</param>
/// <param name="Body">Blocks and HTML: a whole JSON object.</param>
internal sealed record DocumentText(string Document, string Language, string Kind, string Topics, string District, byte[] Head, byte[] Body)
{
    /// <summary>Lower-case hexadecimal SHA-256 over both parts.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData([.. Head, .. Body]));
}

/// <summary>Makes the JSON of everything an edition has public, and of nothing else: only the edition is asked.</summary>
internal static class DocumentJson
{
    /// <summary>JSON with letters as they are: it is only ever sent as application/json with nosniff, never put into a page.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Base = [.. FieldMap.Of(typeof(Document)).Fields.Select(field => field.Key)];

    /// <summary>Every public document in every language it is public in, in the order of the languages and paths.</summary>
    public static IReadOnlyList<DocumentText> All(SiteMap map, SiteAssets assets, Func<Document, bool>? which = null)
    {
        var edition = map.Edition;
        var documents = edition.Languages.SelectMany(language => edition.Documents.Select(document => edition.Find(document.Id, language)).OfType<Document>()).Where(which ?? (_ => true)).ToList();
        var texts = new DocumentText[documents.Count];
        Parallel.For(0, documents.Count, () => new PageRenderer(), (at, _, renderer) =>
        {
            texts[at] = Of(documents[at], map, assets, renderer);
            return renderer;
        }, renderer => renderer.Dispose());
        return texts;
    }

    private static DocumentText Of(Document document, SiteMap map, SiteAssets assets, PageRenderer renderer)
    {
        var page = map.Find(Addresses.Of(document.Id), document.Language) ?? new(Addresses.Of(document.Id), document.Language, typeof(BodyView)) { TabTitle = document.TabTitle, Description = document.Summary, Document = document.Id };
        var context = new PageContext(map, page, assets);
        var facts = PublicFacts.Of(document, map.Edition);
        var topics = document.Topics.Count == 0 ? string.Empty : $" {string.Join(' ', document.Topics.Select(topic => Names.Kebab(topic)))} ";
        return new(document.Id.ToString(), document.Language.Code, FactJson.KindOf(document), topics, (document as AccessPoint)?.District ?? string.Empty,
            Write(json => Head(json, facts, context, assets)), Write(json => Body(json, document, context, assets, renderer)));
    }

    private static void Head(Utf8JsonWriter json, Document document, PageContext context, SiteAssets assets)
    {
        var facts = new FactJson(json, context, assets);
        var fields = FieldMap.Of(document.GetType()).Fields.Where(field => !field.IsForEditors).ToList();
        json.WriteStartObject();
        json.WriteString("id", document.Id.ToString());
        json.WriteString("kind", FactJson.KindOf(document));
        WriteLanguage(json, document.Language);
        json.WriteString("translationState", State(document.Translation));
        foreach (var field in fields.Where(field => Base.Contains(field.Key))) facts.Field(field, document);
        if (document is AccessPoint point)
        {
            if (point.VerifiedOn is { } day) json.WriteString("verifiedOn", LocalDatePattern.Iso.Format(day));
            json.WriteBoolean("unconfirmed", context.Edition.IsUnconfirmed(point));
        }

        json.WriteStartObject("facts");
        foreach (var field in fields.Where(field => !Base.Contains(field.Key))) facts.Field(field, document);
        json.WriteEndObject();
        Alternates(json, document, context.Edition, context.Settings.BaseUrl);
        Links(json, document, context);
        json.WriteEndObject();
    }

    private static void Body(Utf8JsonWriter json, Document document, PageContext context, SiteAssets assets, PageRenderer renderer)
    {
        json.WriteStartObject();
        json.WritePropertyName("blocks");
        new FactJson(json, context, assets).Blocks(document.Body);
        json.WriteString("html", renderer.Render(typeof(BodyView), new Dictionary<string, object?> { ["Context"] = context, ["Body"] = document.Body }));
        json.WriteEndObject();
    }

    private static void Alternates(Utf8JsonWriter json, Document document, Edition edition, string site)
    {
        json.WriteStartArray("alternates");
        foreach (var language in edition.LanguagesOf(document.Id).Where(language => language.Code != document.Language.Code))
        {
            json.WriteStartObject();
            WriteLanguage(json, language);
            json.WriteString("href", FactJson.Href(FactJson.KindOf(document), document.Id, language));
            json.WriteString("page", site + Addresses.In(language, Addresses.Of(document.Id)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Links(Utf8JsonWriter json, Document document, PageContext context)
    {
        json.WriteStartObject("links");
        json.WriteString("self", FactJson.Href(document));
        json.WriteString("list", $"{DeliveryServices.Root}{FactJson.KindOf(document)}?language={document.Language.Code}");
        json.WriteString("page", context.Settings.BaseUrl + context.Page.Address);
        json.WriteEndObject();
    }

    public static void WriteLanguage(Utf8JsonWriter json, Language language)
    {
        json.WriteString("language", language.Code);
        json.WriteString("lang", language.Tag);
        json.WriteString("dir", language.Direction);
    }

    /// <summary>How far a reader may trust the words: <c>original</c> for English as written, else how far its check has come.</summary>
    private static string State(Translation? translation) => translation switch
    {
        null => "original",
        { IsStale: true } => "stale",
        _ => Names.Kebab(translation.State),
    };

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json);
        return buffer.WrittenSpan.ToArray();
    }
}

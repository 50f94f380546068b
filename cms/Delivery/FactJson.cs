using System.Collections;
using System.Text.Json;

using NodaTime;
using NodaTime.Text;

using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Text;
using Portal.Site.Building;
using Portal.Site.Layout;

namespace Portal.Cms.Delivery;

/// <summary>
/// Writes what stands in the records of <c>content/</c> as JSON, by their fields: a kind, a field or a block that is added
/// later is written without new code. What is unset is left out.
/// </summary>
internal sealed class FactJson(Utf8JsonWriter json, PageContext context, SiteAssets assets)
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>The whole picture first, then what it is cut to.</summary>
    private static readonly PictureShape[] Shapes = Enum.GetValues<PictureShape>();

    private Edition Edition => context.Edition;

    /// <summary>One field under its key; Markdown as its words and as the HTML of the page.</summary>
    public void Field(Field field, Document document)
    {
        if (field.IsMarkdown && document.Texts.TryGetValue(field.Key, out var text)) Named(field.Key, text);
        else Named(field.Key, field.Property.GetValue(document));
    }

    /// <summary>The blocks of a body, each with its name. A card of a line that is not public is left out.</summary>
    public void Blocks(Body body)
    {
        json.WriteStartArray();
        foreach (var block in body.Blocks.Where(block => block is not Block.Contact contact || context.Line(contact.HelplineId) is not null))
        {
            json.WriteStartObject();
            json.WriteString("block", Names.Kebab(block.GetType().Name));
            foreach (var property in BlockProperties.Of(block.GetType())) Named(BlockProperties.Key(property), property.GetValue(block));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Where a public document is told of; nothing where it is not public.</summary>
    public void Reference(DocumentId id)
    {
        if (Edition.Nearest(id, context.Language) is not { } document) return;
        json.WriteStartObject();
        json.WriteString("id", id.ToString());
        json.WriteString("kind", KindOf(document));
        json.WriteString("href", Href(document));
        json.WriteEndObject();
    }

    public static string KindOf(Document document) => Names.Kebab(document.GetType().Name);

    /// <summary>Address of a document in the interface, in its own language.</summary>
    public static string Href(Document document) => Href(KindOf(document), document.Id, document.Language);

    public static string Href(string kind, DocumentId id, Language language) => $"{DeliveryServices.Root}{kind}/{id}?language={language.Code}";

    private void Named(string key, object? value)
    {
        if (value is null or ICollection { Count: 0 } || (value is DocumentId id && Edition.Nearest(id, context.Language) is null)) return;
        json.WritePropertyName(key);
        Value(value);
    }

    private void Value(object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(Address(text) ?? text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case Enum choice:
                json.WriteStringValue(Names.Kebab(choice));
                break;
            case LocalDate day:
                json.WriteStringValue(LocalDatePattern.Iso.Format(day));
                break;
            case LocalTime time:
                json.WriteStringValue(Time.Format(time));
                break;
            case DocumentId id:
                Reference(id);
                break;
            case RichText text:
                json.WriteStartObject();
                json.WriteString("text", text.Plain);
                json.WriteString("html", context.Html(text));
                json.WriteEndObject();
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (var item in list) Value(item!);
                json.WriteEndArray();
                break;
            default:
                json.WriteStartObject();
                foreach (var field in FieldMap.Of(value.GetType()).Fields.Where(field => !field.IsForEditors)) Named(field.Key, field.Property.GetValue(value));
                json.WriteEndObject();
                break;
        }
    }

    /// <summary>Where a file of the site can be fetched from, for a text that names one; else null.</summary>
    private string? Address(string text) => !Edition.Library.Media.Contains(text) ? null
        : Shapes.Select(shape => assets.Pictures.GetValueOrDefault((text, shape))).FirstOrDefault(found => found is not null) is { } picture ? context.Settings.BaseUrl + picture.Fallback
        : assets.Files.TryGetValue("media/" + text, out var file) ? context.Settings.BaseUrl + file : null;
}

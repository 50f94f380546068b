using Portal.Content.Documents;
using Portal.Content.Publishing;
using Portal.Content.Text;

namespace Portal.Cms.Delivery;

/// <summary>What the interface says of the site as a whole: its languages, kinds, topics and districts, and where to go on.</summary>
internal static class SiteJson
{
    public static byte[] Of(Edition edition) => DocumentJson.Write(json =>
    {
        var settings = edition.Library.Settings;
        json.WriteStartObject();
        json.WriteString("name", settings.Name);
        json.WriteString("stage", Names.Kebab(settings.Stage));
        json.WriteString("page", settings.BaseUrl);
        json.WriteString("mainLine", edition.Line(settings.MainLine, Content.Languages.Language.Base)?.Id.ToString());
        json.WriteString("emergencyLine", edition.Line(settings.EmergencyLine, Content.Languages.Language.Base)?.Id.ToString());
        json.WriteStartArray("languages");
        foreach (var language in edition.Languages)
        {
            json.WriteStartObject();
            DocumentJson.WriteLanguage(json, language);
            json.WriteString("name", language.Endonym);
            json.WriteString("english", language.English);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("kinds");
        foreach (var kind in DocumentKind.All)
        {
            json.WriteStartObject();
            json.WriteString("kind", kind.Name);
            json.WriteNumber("total", edition.Documents.Count(document => document.GetType() == kind.Type));
            json.WriteString("href", DeliveryServices.Root + kind.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("topics");
        foreach (var topic in Enum.GetValues<Topic>()) json.WriteStringValue(Names.Kebab(topic));
        json.WriteEndArray();
        json.WriteStartArray("districts");
        foreach (var district in edition.Library.Data.Gazetteer.Districts)
        {
            json.WriteStartObject();
            json.WriteString("id", district.Id);
            json.WriteString("name", district.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("links");
        json.WriteString("self", DeliveryServices.Root + "site");
        json.WriteString("export", DeliveryServices.Root + "export");
        json.WriteString("changes", DeliveryServices.Root + "changes");
        json.WriteString("description", DeliveryServices.Description);
        json.WriteString("help", DeliveryServices.HelpPage);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

using Portal.Content.Documents;
using Portal.Content.Hours;
using Portal.Site.FindHelp;
using Portal.Theme.Components;

namespace Portal.Site.Layout;

/// <summary>
/// What search engines read (schema.org as JSON-LD). Names are the neutral tab titles, since a results page stands in a
/// history too; only what is public on the page itself is said.
/// </summary>
internal static class StructuredData
{
    // The default encoder also escapes '<', so a text can never end the script element it stands in.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Website(PageContext context) => new JsonObject
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "WebSite",
        ["name"] = context.Settings.Name,
        ["url"] = context.Settings.BaseUrl + context.Page.Address,
        ["inLanguage"] = context.Language.Tag,
    }.ToJsonString(Compact);

    public static string Line(PageContext context, Helpline line)
    {
        var point = new JsonObject { ["@type"] = "ContactPoint", ["name"] = line.TabTitle };
        if (line.Number is { } number) point["telephone"] = Telephone.Uri(number)["tel:".Length..];
        if (line.Hours is { } hours) point["hoursAvailable"] = Hours(hours);
        var data = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Service",
            ["name"] = line.TabTitle,
            ["availableChannel"] = new JsonObject { ["@type"] = "ServiceChannel", ["servicePhone"] = point },
        };
        // A line that names no area says nothing of where it ends.
        if (line.Area.Count > 0) data["areaServed"] = string.Join(", ", line.Area);
        return data.ToJsonString(Compact);
    }

    public static string Place(PageContext context, AccessPoint place)
    {
        var data = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = place.Address is null ? "Service" : "Place",
            ["name"] = place.TabTitle,
            ["url"] = context.Settings.BaseUrl + context.Page.Address,
        };
        if (place.Address is { } address)
        {
            data["address"] = new JsonObject
            {
                ["@type"] = "PostalAddress",
                ["streetAddress"] = address.Line2 is null ? address.Line1 : $"{address.Line1}, {address.Line2}",
                ["addressLocality"] = address.Town,
                ["addressCountry"] = "GB",
            };
            if (address.Postcode is { } postcode) data["address"]!["postalCode"] = postcode;
            if (place.PublishableCoordinates is { } point)
                data["geo"] = new JsonObject { ["@type"] = "GeoCoordinates", ["latitude"] = point.Latitude, ["longitude"] = point.Longitude };
            if (place.Hours is { } hours) data["openingHoursSpecification"] = Hours(hours);
        }
        else
        {
            data["areaServed"] = PlaceText.District(context, place);
        }

        return data.ToJsonString(Compact);
    }

    private static JsonArray Hours(OpeningHours hours) => hours.Always
        ? [new JsonObject { ["@type"] = "OpeningHoursSpecification", ["opens"] = "00:00", ["closes"] = "23:59" }]
        : [.. hours.Weekly.Where(session => session.Weeks.Count == 0).Select(session => (JsonNode)new JsonObject
        {
            ["@type"] = "OpeningHoursSpecification",
            ["dayOfWeek"] = new JsonArray([.. session.Days.Select(day => (JsonNode)((NodaTime.IsoDayOfWeek)((int)day - (int)Weekday.Mon + 1)).ToString())]),
            ["opens"] = session.Opens.ToString("HH:mm", null),
            ["closes"] = session.Closes.ToString("HH:mm", null),
        })];
}

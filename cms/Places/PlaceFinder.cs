using System.Globalization;

using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Content.Documents;
using Portal.Content.Places;
using Portal.Content.Text;

namespace Portal.Cms.Places;

/// <summary>Looks places up in the tables of the content folder: no address ever leaves this machine for it.</summary>
internal sealed class PlaceFinder(SiteContent content)
{
    /// <summary>Value of the button that asks for it.</summary>
    public const string Act = "locate";

    private static readonly string[] Tables = ["data/districts.yaml", "data/towns.csv", "data/outcodes.csv", "data/neighbours.csv"];

    /// <summary>The tables as they are public; null where one is missing or unreadable.</summary>
    public async Task<Gazetteer?> GazetteerAsync(CancellationToken cancel = default)
    {
        var files = await content.TextsAsync(Tables, cancel);
        return Tables.All(files.Has)
            ? Gazetteer.Read(new() { Districts = files.Text(Tables[0]), Towns = files.Text(Tables[1]), Outcodes = files.Text(Tables[2]), Neighbours = files.Text(Tables[3]) }).Gazetteer
            : null;
    }

    /// <summary>
    /// Fills the coordinates of a place in from its outcode, else its town, and the district and outcode where they are
    /// empty. The middle of an area is no address, so the confidence is low until somebody enters the true point.
    /// </summary>
    /// <returns>The form, changed or not, and what to tell whoever pressed the button.</returns>
    public async Task<(EditorForm Form, string Said)> FillAsync(EditorForm form, CancellationToken cancel = default)
    {
        if (await GazetteerAsync(cancel) is not { } gazetteer) return (form, "The tables of districts, towns and outcodes cannot be read. See Data.");
        if (Words(form, "type") == Names.Kebab(nameof(AccessPointType.Refuge))) return (form, "A refuge's place is never written down.");
        var (outcode, town) = (Words(form, "outcode"), Words(form, "town"));
        if (Outcode.TryParse(outcode, out var known) && gazetteer.FindOutcode(known) is { } area) return Filled(form, area.Coordinates, area.District, known, $"the middle of {known} ({area.Hint})");
        if (gazetteer.FindTown(town) is { } found) return Filled(form, found.Coordinates, found.District, found.Outcode, $"the middle of {found.Name}");
        return (form, outcode.Length + town.Length == 0 ? "Enter an outcode such as ME14, or a town, first." : $"Neither '{outcode}' nor '{town}' is in the tables of outcodes and towns.");
    }

    private static (EditorForm Form, string Said) Filled(EditorForm form, Coordinates point, string district, Outcode? outcode, string what)
    {
        form = form.With("coordinates", new FieldValue.Fields(new Dictionary<string, FieldValue>
        {
            ["latitude"] = Number(point.Latitude),
            ["longitude"] = Number(point.Longitude),
            ["confidence"] = new FieldValue.Words(Names.Kebab(nameof(Confidence.Low))),
        }));
        if (Words(form, "district").Length == 0) form = form.With("district", new FieldValue.Words(district));
        if (Words(form, "outcode").Length == 0 && outcode is { } known) form = form.With("outcode", new FieldValue.Words(known.ToString()));
        return (form, $"The coordinates are {what}. Enter the true point and raise their confidence; until then distances start from the outcode.");
    }

    private static FieldValue.Words Number(double degrees) => new(degrees.ToString("0.#####", CultureInfo.InvariantCulture));

    private static string Words(EditorForm form, string key) => form.Values.GetValueOrDefault(key) is FieldValue.Words words ? words.Text.Trim() : string.Empty;
}

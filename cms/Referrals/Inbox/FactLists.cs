using Portal.Cms.Publishing;
using Portal.Content.Places;
using Portal.Content.Reading;

namespace Portal.Cms.Referrals.Inbox;

/// <summary>What a reporting fact may be, each with what a screen says. Names are those that the form's answers have, so that a reader's script can fill them in.</summary>
internal sealed class FactLists(SiteContent content)
{
    /// <summary>Somebody looked, and it cannot be known; an empty fact is one that nobody looked at.</summary>
    public const string NotKnown = "not-known";

    /// <summary>The outcome of a message that was passed on.</summary>
    public const string HandedOver = "handed-over";

    private static readonly string[] PlaceTables = ["data/districts.yaml", "data/towns.csv", "data/outcodes.csv", "data/neighbours.csv"];

    private static readonly FactChoice Unknown = new(NotKnown, "Not known");

    /// <summary>Clause 4.1: who refers.</summary>
    public static IReadOnlyList<FactChoice> Sources { get; } =
    [
        new("self", "The person themselves"), new("friend", "Friend or family"), new("police", "Police or justice"), new("housing", "Housing"), new("children", "Children's social care"),
        new("adults", "Adult social care"), new("health", "Health"), new("education", "Education"), new("voluntary", "Voluntary sector"), new("other", "Other"), Unknown,
    ];

    public static IReadOnlyList<FactChoice> AgeBands { get; } = [new("under16", "Under 16"), new("16to17", "16 or 17"), new("18over", "18 or over"), Unknown];

    /// <summary>Clause 13.1: what came of contact.</summary>
    public static IReadOnlyList<FactChoice> Outcomes { get; } =
    [
        new(HandedOver, "Passed to a service that helps"), new("advice", "Advice given"), new("elsewhere", "Told who helps elsewhere"), new("declined", "Wanted no help now"),
        new("not-reached", "Could not be reached"), new("not-ours", "Not for this service, or sent twice"), Unknown,
    ];

    /// <summary>The 13 districts of the site's table, and what stands beside them.</summary>
    public async Task<IReadOnlyList<FactChoice>> DistrictsAsync(CancellationToken cancel = default)
    {
        var files = await content.TextsAsync(PlaceTables, cancel);
        var gazetteer = PlaceTables.All(files.Has)
            ? Gazetteer.Read(new() { Districts = files.Text(PlaceTables[0]), Towns = files.Text(PlaceTables[1]), Outcodes = files.Text(PlaceTables[2]), Neighbours = files.Text(PlaceTables[3]) }).Gazetteer
            : null;
        return [.. (gazetteer?.Districts ?? []).Select(district => new FactChoice(district.Id, district.Name)), new("moving", "Moving to Kent or Medway"), new("outside", "Outside Kent and Medway"), new("unsure", "The person was not sure"), Unknown];
    }

    /// <summary>The languages of the site's table, and another.</summary>
    public async Task<IReadOnlyList<FactChoice>> LanguagesAsync(CancellationToken cancel = default) =>
        [.. ContentReader.Languages(await content.TextsAsync(["data/languages.yaml"], cancel)).Where(language => !language.IsSimple).Select(language => new FactChoice(language.Code, language.English)), new("other", "Another language"), Unknown];
}

/// <summary>One answer of a list.</summary>
public sealed record FactChoice(string Value, string Label);

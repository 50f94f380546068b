using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Places;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Text;

namespace Portal.Content.Rules;

/// <summary>A refuge's place is never written down, and every other place makes sense (clauses 6.1.10 and 11.2).</summary>
internal static class SafePlaces
{
    private const string Everywhere = "all";

    private static readonly string[] Types = [.. Enum.GetNames<AccessPointType>().Select(Names.Kebab)];

    public static IEnumerable<Problem> CheckRefuges(Edition edition) =>
        edition.Library.All<AccessPoint>().Where(point => point.Type == AccessPointType.Refuge && point.HoldsPlace)
            .Select(point => new Problem(point.File, 0, "A refuge holds an address, coordinates, an outcode or a town.", "Take the place out; people ask for a refuge by phone only."));

    public static IEnumerable<Problem> CheckFacts(Edition edition)
    {
        var library = edition.Library;
        foreach (var point in library.All<AccessPoint>())
        {
            if (point.District != Everywhere && library.Data.Gazetteer.FindDistrict(point.District) is null)
                yield return new(point.File, 0, $"'{point.District}' is no district.", "Use an id of data/districts.yaml, or 'all'.");
            if (point is { Publish: not PublishAccessPoint.No, Confidential: false } && point.Type != AccessPointType.Remote && point.Helplines.Count == 0)
                yield return new(point.File, 0, "The place has no line to ring first.", "Name one in 'helplines', or write 'publish: no'.");
            foreach (var code in point.Spoken.Where(code => !library.Languages.Any(language => language.Code == code && !language.IsSimple)))
                yield return new(point.File, 0, $"'{code}' is no language of this site.", "Use a code of data/languages.yaml in 'spoken'.");
            foreach (var problem in CheckPoint(point, library.Data.Gazetteer)) yield return problem;
            foreach (var problem in point.Hours?.Problems() ?? [])
                yield return new(point.File, 0, $"The hours are wrong: {problem}", "See 'Opening hours' in docs/authoring.md.");
        }

        foreach (var line in library.All<Helpline>())
            foreach (var problem in line.Hours?.Problems() ?? [])
                yield return new(line.File, 0, $"The hours are wrong: {problem}", "See 'Opening hours' in docs/authoring.md.");

        foreach (var problem in CheckBlocks(edition)) yield return problem;
    }

    private static IEnumerable<Problem> CheckPoint(AccessPoint point, Gazetteer gazetteer)
    {
        if (point.Coordinates is { } known && !Coordinates.TryCreate(known.Latitude, known.Longitude, out _))
            yield return new(point.File, 0, "The coordinates are no point on the globe.", "Write degrees, such as latitude 51.272 and longitude 0.529.");
        if (point.Outcode is { } code && !(Outcode.TryParse(code, out var outcode) && (gazetteer.FindOutcode(outcode) is not null || gazetteer.FindNeighbour(outcode) is not null)))
            yield return new(point.File, 0, $"The outcode '{code}' is in no table.", "Use one of data/outcodes.csv; without it the place has no distance.", Weight.Warning);
        if (point.Town is { } town && gazetteer.FindTown(town) is null)
            yield return new(point.File, 0, $"The town '{town}' is in no table.", "Use one of data/towns.csv; without it the place has no distance.", Weight.Warning);
    }

    private static IEnumerable<Problem> CheckBlocks(Edition edition)
    {
        foreach (var document in Links.Variants(edition))
            foreach (var places in document.Body.Blocks.OfType<Block.Places>())
            {
                if (places.District is { } district && edition.Library.Data.Gazetteer.FindDistrict(district) is null)
                    yield return new(document.File, places.Line, $"'{district}' is no district.", "Use an id of data/districts.yaml, or leave 'district' out.");
                if (places.Type is { } type && !Types.Contains(type))
                    yield return new(document.File, places.Line, $"'{type}' is no type of place.", $"Use one of {string.Join(", ", Types)}.");
            }
    }
}

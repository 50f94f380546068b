using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Site.Guides;
using Portal.Site.Map;

namespace Portal.Site.FindHelp;

/// <summary>Find help: the list of all places, a page for each district in every language, a page for each place.</summary>
internal static class DistrictPages
{
    public static SitePage List(Page page) => GuidePages.Of(page, typeof(FindHelpView)).With(["places"], "finder") with { TakesText = true };

    public static SitePage Of(Edition edition, AccessPoint point) => GuidePages.Of(point, typeof(PlacePage)) with
    {
        Model = new Dictionary<string, object?> { ["Document"] = point, ["HasCalendar"] = Calendar.Has(edition, point) },
    };

    /// <summary>One page for each district, in the words of the furniture.</summary>
    public static IEnumerable<SitePage> In(Edition edition, Language language)
    {
        var words = edition.Library.WordsOf(language);
        return edition.Library.Data.Gazetteer.Districts.Select(district => new SitePage($"/find-help/{district.Id}/", language, typeof(DistrictView))
        {
            TabTitle = words.Fill("places.districtTab", ("district", district.Name)),
            Description = words.Fill("places.districtSummary", ("district", district.Name)),
            Styles = ["places"],
            Model = new Dictionary<string, object?> { ["District"] = district },
        });
    }
}

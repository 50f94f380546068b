using Portal.Content.Documents;
using Portal.Site.Guides;
using Portal.Site.Map;

namespace Portal.Site.Search;

/// <summary>The two ways to look a page up: by words on the device, and by letter.</summary>
internal static class SearchPages
{
    public static SitePage Of(Page page) => page.View == PageView.Search
        ? GuidePages.Of(page, typeof(SearchView)).With(["lists"], "search") with { TakesText = true }
        : GuidePages.Of(page, typeof(AzView)).With(["lists"]);
}

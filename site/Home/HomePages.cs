using Portal.Content.Documents;
using Portal.Site.Guides;
using Portal.Site.Map;

namespace Portal.Site.Home;

/// <summary>The start page.</summary>
internal static class HomePages
{
    public static SitePage Of(Page page) => GuidePages.Of(page, typeof(HomeView));
}

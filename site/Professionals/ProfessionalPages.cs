using Portal.Content.Documents;
using Portal.Site.Guides;
using Portal.Site.Map;

namespace Portal.Site.Professionals;

/// <summary>Referral pathways: the list with its filter, and one printable page each.</summary>
internal static class ProfessionalPages
{
    public static SitePage List(Page page) => GuidePages.Of(page, typeof(ProfessionalsView)).With(["lists"], "filter");

    public static SitePage Of(Pathway pathway) => GuidePages.Of(pathway, typeof(PathwayView)).With(["paper"]);
}

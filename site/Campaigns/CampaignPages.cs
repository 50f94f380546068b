using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Site.Guides;
using Portal.Site.Map;

namespace Portal.Site.Campaigns;

/// <summary>Campaigns: what runs, comes and has been by the day the site is built; each one; a poster to print.</summary>
internal static class CampaignPages
{
    public static SitePage List(Page page) => GuidePages.Of(page, typeof(CampaignsView));

    public static IEnumerable<SitePage> Of(Campaign campaign)
    {
        yield return GuidePages.Of(campaign, typeof(CampaignView));
        if (campaign.Poster is not null)
            yield return GuidePages.Of(campaign, typeof(PosterView)) with
            {
                Neutral = $"{Addresses.Of(campaign.Id)}poster/",
                TabTitle = $"{campaign.TabTitle} (A4)",
                Styles = ["paper"],
                Unlisted = true,
            };
    }
}

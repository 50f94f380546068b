using Portal.Content.Documents;
using Portal.Site.Layout;

namespace Portal.Site.Campaigns;

/// <summary>What is said of a campaign's dates.</summary>
internal static class CampaignText
{
    public static string Dates(PageContext context, Campaign campaign) =>
        context.Words.Fill("campaigns.dates", ("starts", context.Words.Date(campaign.Starts)), ("ends", context.Words.Date(campaign.Ends)));
}

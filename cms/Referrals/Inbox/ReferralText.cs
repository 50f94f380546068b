namespace Portal.Cms.Referrals.Inbox;

/// <summary>How staff screens name what a row of a message says.</summary>
internal static class ReferralText
{
    public static string Of(ReferralState state) => state switch
    {
        ReferralState.New => "Unread",
        ReferralState.Opened => "Opened",
        ReferralState.InProgress => "In progress",
        ReferralState.HandedOver => "Handed over",
        ReferralState.Closed => "Closed",
        _ => "Deleted",
    };

    public static string Of(ReferralGroup group) => group == ReferralGroup.Lead ? "Lead only" : "Team";

    /// <summary>Class of the tag that shows a state.</summary>
    public static string TagOf(ReferralState state) => state switch
    {
        ReferralState.New => "tag tag--draft",
        ReferralState.Opened or ReferralState.InProgress => "tag tag--scheduled",
        _ => "tag",
    };
}

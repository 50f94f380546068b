using Portal.Cms.Referrals.Rota;

namespace Portal.Cms.Referrals;

/// <summary>What the choices of these rooms say on a screen.</summary>
internal static class ChoiceText
{
    public static string Of(FormReason why) => why switch
    {
        FormReason.Overdue => "A message lay unread past its target",
        FormReason.TooFewStaff => "Too few people to answer",
        FormReason.TooManyMessages => "More messages than can be answered",
        FormReason.Holiday => "The service is closed for some days",
        FormReason.Trouble => "Something does not work",
        FormReason.SafetyConcern => "It is not safe at the moment",
        _ => "No reason",
    };

    public static string Of(ContactChannel channel) => channel switch
    {
        ContactChannel.Phone => "Call",
        ContactChannel.Text => "Text message",
        ContactChannel.Email => "Email",
        ContactChannel.InPerson => "In person",
        _ => "Through the professional, on their organisation's published number",
    };

    public static string Of(ContactOutcome outcome) => outcome switch
    {
        ContactOutcome.Reached => "Reached",
        ContactOutcome.NoAnswer => "No answer",
        ContactOutcome.NotSafeToTalk => "Not safe to talk",
        _ => "The details are wrong",
    };

    public static string Of(ReferralNeed need) => need switch
    {
        ReferralNeed.High => "High need",
        ReferralNeed.Standard => "Standard need",
        ReferralNeed.Low => "Low need",
        _ => "Nobody has said",
    };

    public static string Of(KeepReason reason) => reason switch
    {
        KeepReason.Complaint => "A complaint is being looked into",
        KeepReason.CourtOrder => "A court asked for it",
        KeepReason.SafeguardingEnquiry => "A safeguarding enquiry is under way",
        KeepReason.PersonAsked => "The person asked for it",
        _ => "No reason",
    };
}

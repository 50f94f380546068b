namespace Portal.Cms.Staff;

/// <summary>The roles in words.</summary>
internal static class RoleText
{
    public static string Name(Role role) => role switch
    {
        Role.CommunicationsLead => "Communications lead",
        Role.ReferralWorker => "Referral worker",
        Role.SafeguardingLead => "Safeguarding lead",
        Role.ReferralAuditor => "Referral auditor",
        _ => role.ToString(),
    };

    public static string Does(Role role) => role switch
    {
        Role.Author => "writes in English",
        Role.Translator => "writes the languages named below, and no other",
        Role.Reviewer => "approves or sends back what somebody else wrote: approved, it goes live, or waits for its time",
        Role.Publisher => "lets what was approved go live now or at another time, sets last days, withdraws, rolls back, moves public pages",
        Role.CommunicationsLead => "writes; navigation, notices, campaigns, interface texts, redirects, media",
        Role.Owner => "staff accounts and settings",
        Role.Auditor => "reads the log and nothing else",
        Role.ReferralWorker => "opens and answers messages of people who write to the service",
        Role.SafeguardingLead => "the same, also those about people who work here; keys, rota, opening and closing the form",
        Role.ReferralAuditor => "sees what was done with messages, and no word of them",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}

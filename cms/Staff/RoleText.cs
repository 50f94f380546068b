namespace Portal.Cms.Staff;

/// <summary>The roles in words.</summary>
internal static class RoleText
{
    public static string Name(Role role) => role == Role.CommunicationsLead ? "Communications lead" : role.ToString();

    public static string Does(Role role) => role switch
    {
        Role.Author => "writes in English",
        Role.Translator => "writes the languages named below, and no other",
        Role.Reviewer => "approves or sends back what somebody else wrote",
        Role.Publisher => "publishes, schedules, withdraws, rolls back",
        Role.CommunicationsLead => "writes; navigation, notices, campaigns, interface texts, redirects, media",
        Role.Owner => "staff accounts and settings",
        Role.Auditor => "reads the log and nothing else",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}

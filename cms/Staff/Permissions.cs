using System.Collections.Frozen;

namespace Portal.Cms.Staff;

/// <summary>What a page or an act asks for. Each is the name of an authorization policy too, and needs a finished sign-in.</summary>
public static class Permissions
{
    /// <summary>See documents, in any state.</summary>
    public const string Read = "read";

    /// <summary>Write documents in the base language.</summary>
    public const string Write = "write";

    /// <summary>Write the languages of one's grants.</summary>
    public const string Translate = "translate";

    public const string Review = "review";

    /// <summary>Let what was approved go live now or at another time, set last days, withdraw, roll back, move a public page.</summary>
    public const string Publish = "publish";

    /// <summary>Navigation, notices, campaigns, interface texts, redirects, media.</summary>
    public const string Lead = "lead";

    /// <summary>Staff accounts and settings.</summary>
    public const string Own = "own";

    /// <summary>Read the log.</summary>
    public const string Audit = "audit";

    /// <summary>See that there are messages and how far they are, and no word of them.</summary>
    public const string ReferSee = "refer-see";

    /// <summary>Open the messages one has a key to.</summary>
    public const string Refer = "refer";

    /// <summary>Keys, rota, targets and the switch of the form; messages about somebody who works here.</summary>
    public const string ReferLead = "refer-lead";

    /// <summary>See what was done with messages, and the figures.</summary>
    public const string ReferAudit = "refer-audit";

    private static readonly FrozenDictionary<Role, string[]> Given = new Dictionary<Role, string[]>
    {
        [Role.Author] = [Read, Write],
        [Role.Translator] = [Read, Translate],
        [Role.Reviewer] = [Read, Review],
        [Role.Publisher] = [Read, Publish],
        [Role.CommunicationsLead] = [Read, Write, Lead],
        [Role.Owner] = [Read, Own, Audit],
        [Role.Auditor] = [Audit],
        [Role.ReferralWorker] = [ReferSee, Refer],
        [Role.SafeguardingLead] = [ReferSee, Refer, ReferLead, ReferAudit],
        [Role.ReferralAuditor] = [ReferSee, ReferAudit],
    }.ToFrozenDictionary();

    public static IReadOnlyList<string> All { get; } = [Read, Write, Translate, Review, Publish, Lead, Own, Audit, ReferSee, Refer, ReferLead, ReferAudit];

    public static IReadOnlyList<string> Of(Role role) => Given[role];

    /// <summary>True where a stolen passphrase alone would be too little: whoever may publish, review or own, or see messages.</summary>
    public static bool NeedsSecondFactor(Role role) => Of(role).Any(permission => permission is Review or Publish or Own or ReferSee);

    /// <summary>
    /// Why one person may not have all of these; null where they may. An Owner lets people in, so an Owner who could open
    /// messages could make themselves a second reader without anybody else. The logs tell of messages about somebody who
    /// works here, so whoever could be that person, being no lead, reads none.
    /// </summary>
    public static string? Clash(IEnumerable<Role> roles)
    {
        var all = roles.ToHashSet();
        var given = all.SelectMany(Of).ToHashSet();
        if (given.Contains(Own) && given.Contains(ReferSee)) return "An Owner has no part in messages: choose Owner, or the roles about messages, not both.";
        return IsWorkerAlone(all) && (given.Contains(ReferAudit) || given.Contains(Audit)) ? "A referral worker reads no log, which tells of messages about somebody who works here: choose Referral worker, or an auditor’s role, not both." : null;
    }

    /// <summary>True for somebody who opens messages and is not the lead.</summary>
    public static bool IsWorkerAlone(IEnumerable<Role> roles)
    {
        var given = roles.SelectMany(Of).ToHashSet();
        return given.Contains(Refer) && !given.Contains(ReferLead);
    }
}

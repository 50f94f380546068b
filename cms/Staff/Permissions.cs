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

    /// <summary>Publish, schedule, withdraw, roll back.</summary>
    public const string Publish = "publish";

    /// <summary>Navigation, notices, campaigns, interface texts, redirects, media.</summary>
    public const string Lead = "lead";

    /// <summary>Staff accounts and settings.</summary>
    public const string Own = "own";

    /// <summary>Read the log.</summary>
    public const string Audit = "audit";

    private static readonly FrozenDictionary<Role, string[]> Given = new Dictionary<Role, string[]>
    {
        [Role.Author] = [Read, Write],
        [Role.Translator] = [Read, Translate],
        [Role.Reviewer] = [Read, Review],
        [Role.Publisher] = [Read, Publish],
        [Role.CommunicationsLead] = [Read, Write, Lead],
        [Role.Owner] = [Read, Own, Audit],
        [Role.Auditor] = [Audit],
    }.ToFrozenDictionary();

    public static IReadOnlyList<string> All { get; } = [Read, Write, Translate, Review, Publish, Lead, Own, Audit];

    public static IReadOnlyList<string> Of(Role role) => Given[role];

    /// <summary>True where a stolen passphrase alone would be too little: whoever may publish, review or own.</summary>
    public static bool NeedsSecondFactor(Role role) => Of(role).Any(permission => permission is Review or Publish or Own);
}

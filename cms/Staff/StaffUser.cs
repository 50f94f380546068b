using Portal.Cms.Audit;
using Portal.Content.Languages;

namespace Portal.Cms.Staff;

/// <summary>
/// Who makes this request. Read from the database with every request, never from the cookie, so that a role taken away is
/// gone at once. Before sign-in nobody: every question is answered with no.
/// </summary>
public sealed class StaffUser
{
    private IReadOnlyList<Grant> grants = [];

    public Guid Id { get; private set; }

    public string Name { get; private set; } = string.Empty;

    public string Email { get; private set; } = string.Empty;

    /// <summary>Of the row in <see cref="StaffSession"/>.</summary>
    public string SessionId { get; private set; } = string.Empty;

    public bool IsSignedIn => SessionId.Length > 0;

    /// <summary>What is still missing from the sign-in; nothing else may be opened until then.</summary>
    public SecondStep Missing { get; private set; }

    public bool IsTrusted => IsSignedIn && Missing == SecondStep.None;

    public Actor Actor => IsSignedIn ? new(Id, Name) : Actor.Visitor;

    /// <param name="permission">One of <see cref="Permissions"/>.</param>
    public bool Can(string permission) => IsTrusted && grants.Any(grant => Permissions.Of(grant.Role).Contains(permission));

    public bool Is(Role role) => IsTrusted && grants.Any(grant => grant.Role == role);

    /// <summary>True where they may change texts of the language: the base language with <see cref="Permissions.Write"/>, another by a translator's grant for it.</summary>
    public bool CanWrite(string language) => language == Language.Base.Code
        ? Can(Permissions.Write)
        : IsTrusted && grants.Any(grant => grant.Role == Role.Translator && grant.Language == language);

    /// <summary>True where they may see texts of the language. Whoever is a translator and nothing else sees their languages and the base language.</summary>
    public bool CanRead(string language) => Can(Permissions.Read) && (Languages is not { } own || language == Language.Base.Code || own.Contains(language));

    /// <summary>Codes of the only languages they see beside the base language; null where they see every one.</summary>
    public IReadOnlyList<string>? Languages => grants.Any(grant => grant.Role != Role.Translator && Permissions.Of(grant.Role).Contains(Permissions.Read))
        ? null
        : [.. grants.Where(grant => grant.Role == Role.Translator).Select(grant => grant.Language)];

    /// <summary>The same person in another scope of the same request.</summary>
    internal void Become(StaffUser same) => (Id, Name, Email, SessionId, grants, Missing) = (same.Id, same.Name, same.Email, same.SessionId, same.grants, same.Missing);

    internal void Become(Account account, IReadOnlyList<Grant> granted, StaffSession session, bool hasSecondFactor)
    {
        // An account may have the roles of a worker and of an auditor from before they excluded each other.
        var isWorker = Permissions.IsWorkerAlone(granted.Select(grant => grant.Role));
        (Id, Name, Email, SessionId, grants) = (account.Id, account.Name, account.Email ?? string.Empty, session.Id, isWorker ? [.. granted.Where(grant => grant.Role is not (Role.ReferralAuditor or Role.Auditor))] : granted);
        Missing = (session.SecondFactor, hasSecondFactor) switch
        {
            (true, true) => SecondStep.None,
            (_, false) => granted.Any(grant => Permissions.NeedsSecondFactor(grant.Role)) ? SecondStep.Enrol : SecondStep.None,
            (false, true) => SecondStep.Give,
        };
    }
}

/// <summary>What stands between a passphrase and the rest of the CMS.</summary>
public enum SecondStep
{
    None,

    /// <summary>A code or a passkey is to be given.</summary>
    Give,

    /// <summary>Their role needs a second factor and they have none yet.</summary>
    Enrol,
}

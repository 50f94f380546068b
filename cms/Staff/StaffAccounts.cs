using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Cms.Staff;

/// <summary>What is done to accounts, by Owners and by the people themselves; each act with its row in the log.</summary>
internal sealed class StaffAccounts(CmsDatabase database, UserManager<Account> accounts, StaffLinks links, AuditLog audit)
{
    /// <exception cref="InvalidOperationException">The configured passphrase or address breaks a rule.</exception>
    public async Task MakeOwnerAsync(OwnerSettings owner, CancellationToken cancellationToken)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancellationToken);
        var account = links.NewAccount("Owner", owner.Email);
        var made = await accounts.CreateAsync(account, owner.Password);
        if (!made.Succeeded) throw new InvalidOperationException($"Portal:Owner cannot be made. {string.Join(' ', made.Errors.Select(error => error.Description))}");
        database.Grants.Add(new() { AccountId = account.Id, Role = Role.Owner });
        audit.Add(database, Actor.Portal, "staff.set-up", account.Id.ToString(), "first Owner, from the settings");
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Makes an account without a passphrase and the link that lets its person choose one.</summary>
    public async Task<(string? Address, IReadOnlyList<IdentityError> Errors)> InviteAsync(Actor actor, string name, string email, IReadOnlyList<RoleChoice> roles, CancellationToken cancellationToken)
    {
        RoleChoice.Check(roles);
        await using var transaction = await AuditChain.BeginAsync(database, cancellationToken);
        var account = links.NewAccount(name, email);
        var made = await accounts.CreateAsync(account);
        if (!made.Succeeded) return (null, [.. made.Errors]);
        database.Grants.AddRange(roles.Select(role => role.For(account.Id)));
        var address = await links.MakeAsync(LinkKind.Invite, account.Id, cancellationToken);
        audit.Add(database, actor, "staff.invite", account.Id.ToString(), RoleChoice.Line(roles));
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (address, []);
    }

    /// <summary>Saves what an Owner changed, unless somebody else did since <paramref name="stamp"/>.</summary>
    public async Task<EditResult> SaveAsync(Actor actor, Guid id, string stamp, AccountEdit edit, CancellationToken cancellationToken)
    {
        RoleChoice.Check(edit.Roles);
        await using var transaction = await AuditChain.BeginAsync(database, cancellationToken); // Two Owners who take the role from one another at once must not both succeed.
        var account = await database.Users.SingleOrDefaultAsync(account => account.Id == id, cancellationToken);
        if (account is null) return EditResult.Gone;
        if (account.ConcurrencyStamp != stamp) return EditResult.Stale;
        var before = await database.Grants.Where(grant => grant.AccountId == id).ToListAsync(cancellationToken);
        var owns = edit.Roles.Any(role => role.Role == Role.Owner) && !edit.Disabled;
        if (!owns && before.Any(grant => grant.Role == Role.Owner) && !await HasOtherOwnerAsync(id, cancellationToken)) return EditResult.LastOwner;

        var old = before.ConvertAll(grant => new RoleChoice(grant.Role, grant.Language));
        var (added, removed) = (edit.Roles.Except(old).ToList(), old.Except(edit.Roles).ToList());
        database.Grants.RemoveRange(before.Where(grant => removed.Contains(new(grant.Role, grant.Language))));
        database.Grants.AddRange(added.Select(role => role.For(id)));
        var subject = id.ToString();
        if (added.Count > 0) audit.Add(database, actor, "staff.role.grant", subject, RoleChoice.Line(added));
        if (removed.Count > 0) audit.Add(database, actor, "staff.role.withdraw", subject, RoleChoice.Line(removed));
        if (account.Disabled != edit.Disabled) audit.Add(database, actor, edit.Disabled ? "staff.disable" : "staff.enable", subject);
        if (account.Name != edit.Name) audit.Add(database, actor, "staff.rename", subject);
        if (added.Count + removed.Count > 0 || (edit.Disabled && !account.Disabled)) await EndSessionsAsync(id, cancellationToken);
        if (edit.Disabled) database.Links.RemoveRange(await database.Links.Where(link => link.AccountId == id).ToListAsync(cancellationToken));
        (account.Name, account.Disabled, account.ConcurrencyStamp) = (edit.Name, edit.Disabled, Token.New());
        try
        {
            await database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return EditResult.Stale;
        }

        await transaction.CommitAsync(cancellationToken);
        return EditResult.Saved;
    }

    /// <summary>A link for a new passphrase; null where the account is disabled or gone. Sessions end when it is used.</summary>
    public async Task<string?> ResetAsync(Actor actor, Guid id, bool alsoFactors, CancellationToken cancellationToken)
    {
        var account = await database.Users.AsNoTracking().SingleOrDefaultAsync(account => account.Id == id && !account.Disabled, cancellationToken);
        if (account is null) return null;
        var kind = (account.PasswordHash, alsoFactors) switch { (null, _) => LinkKind.Invite, (_, true) => LinkKind.ResetAll, _ => LinkKind.Reset };
        var address = await links.MakeAsync(kind, id, cancellationToken);
        audit.Add(database, actor, "staff.link", id.ToString(), kind.ToString());
        await database.SaveChangesAsync(cancellationToken);
        return address;
    }

    public async Task RenameAsync(StaffUser user, string name, CancellationToken cancellationToken)
    {
        var account = await database.Users.SingleAsync(account => account.Id == user.Id, cancellationToken);
        (account.Name, account.ConcurrencyStamp) = (name, Token.New());
        audit.Add(database, user.Actor, "staff.rename", user.Id.ToString());
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Sets a new passphrase and ends every other session of the account; the answer is what is wrong with the new one.</summary>
    public async Task<IReadOnlyList<IdentityError>> ChangePassphraseAsync(StaffUser user, string passphrase, CancellationToken cancellationToken)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancellationToken);
        var account = await database.Users.SingleAsync(account => account.Id == user.Id, cancellationToken);
        account.PasswordHash = null;
        var set = await accounts.AddPasswordAsync(account, passphrase);
        if (!set.Succeeded) return [.. set.Errors];
        await database.Sessions.Where(session => session.AccountId == user.Id && session.Id != user.SessionId).ExecuteDeleteAsync(cancellationToken);
        audit.Add(database, user.Actor, "staff.passphrase", user.Id.ToString());
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [];
    }

    /// <summary>Takes the app, or the passkey with the given credential id, away; false where it is the last factor of somebody who needs one.</summary>
    public async Task<bool> RemoveFactorAsync(StaffUser user, byte[]? passkey, CancellationToken cancellationToken)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancellationToken);
        var account = await database.Users.SingleAsync(account => account.Id == user.Id, cancellationToken);
        var passkeys = await accounts.GetPasskeysAsync(account);
        var roles = await database.Grants.Where(grant => grant.AccountId == user.Id).Select(grant => grant.Role).ToListAsync(cancellationToken);
        if (passkeys.Count + (account.CodeSecret is null ? 0 : 1) <= 1 && roles.Any(Permissions.NeedsSecondFactor)) return false;
        if (passkey is null) (account.CodeSecret, account.TwoFactorEnabled, account.ConcurrencyStamp) = (null, false, Token.New());
        else await accounts.RemovePasskeyAsync(account, passkey);
        audit.Add(database, user.Actor, "staff.factor.remove", user.Id.ToString(), passkey is null ? "authenticator app" : "passkey");
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Ends one session of the account; the browser is out with its next request.</summary>
    public async Task EndSessionAsync(Actor actor, Guid account, string session, CancellationToken cancellationToken)
    {
        await database.Sessions.Where(each => each.AccountId == account && each.Id == session).ExecuteDeleteAsync(cancellationToken);
        audit.Add(database, actor, "sign-out", account.ToString());
        await database.SaveChangesAsync(cancellationToken);
    }

    private Task<int> EndSessionsAsync(Guid account, CancellationToken cancellationToken) =>
        database.Sessions.Where(session => session.AccountId == account).ExecuteDeleteAsync(cancellationToken);

    // Somebody who was invited and never came cannot help anybody in.
    private Task<bool> HasOtherOwnerAsync(Guid id, CancellationToken cancellationToken) => database.Grants.AnyAsync(
        grant => grant.Role == Role.Owner && grant.AccountId != id && database.Users.Any(account => account.Id == grant.AccountId && !account.Disabled && account.PasswordHash != null), cancellationToken);
}

/// <summary>What an Owner can change of an account.</summary>
internal sealed record AccountEdit(string Name, bool Disabled, IReadOnlyList<RoleChoice> Roles);

/// <summary>A role as it is chosen in a form: <c>Translator:pl</c>, <c>Publisher</c>.</summary>
/// <param name="Language">Of a translator; empty for every other role.</param>
internal readonly record struct RoleChoice(Role Role, string Language)
{
    public Grant For(Guid account) => new() { AccountId = account, Role = Role, Language = Language };

    public override string ToString() => Language.Length > 0 ? $"{Role}:{Language}" : $"{Role}";

    /// <exception cref="ArgumentException">They clash; a form tells it before.</exception>
    public static void Check(IReadOnlyList<RoleChoice> roles)
    {
        if (Permissions.Clash(roles.Select(role => role.Role)) is { } clash) throw new ArgumentException(clash, nameof(roles));
    }

    public static string Line(IEnumerable<RoleChoice> roles) => string.Join(' ', roles.Select(role => role.ToString()).Order(StringComparer.Ordinal));

    /// <summary>Reads a form: names of roles and, for a translator, codes of languages with spaces or commas between. What is neither is left out.</summary>
    public static IReadOnlyList<RoleChoice> Read(IEnumerable<string> roles, string languages)
    {
        var chosen = roles.Where(name => Enum.GetNames<Role>().Contains(name)).Select(Enum.Parse<Role>).ToHashSet();
        var plain = chosen.Where(role => role != Role.Translator).Select(role => new RoleChoice(role, string.Empty));
        var translated = languages.ToLowerInvariant().Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(code => code.Length is >= 2 and <= 20 && code.All(sign => char.IsAsciiLetterLower(sign) || sign == '-') && code != Portal.Content.Languages.Language.Base.Code)
            .Distinct().Select(code => new RoleChoice(Role.Translator, code));
        return [.. plain, .. chosen.Contains(Role.Translator) ? translated : []];
    }
}

/// <summary>How an edit of an account ended.</summary>
internal enum EditResult
{
    Saved,

    /// <summary>There is no such account.</summary>
    Gone,

    /// <summary>Somebody else changed it in the meantime; nothing was saved.</summary>
    Stale,

    /// <summary>Nobody would be left to let others in; nothing was saved.</summary>
    LastOwner,
}

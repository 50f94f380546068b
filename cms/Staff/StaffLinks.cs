using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Cms.Staff;

/// <summary>Links for a first or a new passphrase: 24 hours, one use, only their hash is kept.</summary>
internal sealed class StaffLinks(CmsDatabase database, UserManager<Account> accounts, CmsSettings settings, AuditLog audit, TimeProvider clock)
{
    public static readonly Duration Lifetime = Duration.FromHours(24);

    /// <summary>Adds a link to the next save and takes back older ones for the same; the answer is the address to hand over, never to be seen again.</summary>
    public async Task<string> MakeAsync(LinkKind kind, Guid? account, CancellationToken cancellationToken)
    {
        database.Links.RemoveRange(await database.Links.Where(link => link.AccountId == account).ToListAsync(cancellationToken));
        var token = Token.New();
        database.Links.Add(new() { Id = Token.Hash(token), Kind = kind, AccountId = account, ExpiresAt = Now + Lifetime });
        return $"{settings.Url.TrimEnd('/')}/{(kind == LinkKind.SetUp ? "setup" : "invite")}?token={token}";
    }

    /// <summary>The link with this token where it is still good, and is for a set-up or not as asked; null otherwise.</summary>
    public async Task<StaffLink?> FindAsync(string? token, bool forSetUp, CancellationToken cancellationToken)
    {
        var id = Token.Hash(token ?? string.Empty);
        var link = await database.Links.AsNoTracking().SingleOrDefaultAsync(link => link.Id == id, cancellationToken);
        return link is not null && link.ExpiresAt > Now && (link.Kind == LinkKind.SetUp) == forSetUp ? link : null;
    }

    /// <summary>Makes the first Owner. Nothing is changed, and the link stays good, where the passphrase breaks a rule.</summary>
    public async Task<LinkUse> SetUpAsync(StaffLink link, string name, string email, string passphrase, CancellationToken cancellationToken)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancellationToken);
        if (!await SpendAsync(link, cancellationToken) || await database.Users.AnyAsync(cancellationToken)) return new(null, [], IsSpent: true);
        var account = NewAccount(name, email);
        var made = await accounts.CreateAsync(account, passphrase);
        if (!made.Succeeded) return new(null, [.. made.Errors], IsSpent: false);
        database.Grants.Add(new() { AccountId = account.Id, Role = Role.Owner });
        audit.Add(database, new(account.Id, account.Name), "staff.set-up", account.Id.ToString(), "first Owner");
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(account, [], IsSpent: false);
    }

    /// <summary>Sets the passphrase of the link's account and ends its sessions.</summary>
    public async Task<LinkUse> UseAsync(StaffLink link, string passphrase, CancellationToken cancellationToken)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancellationToken);
        if (!await SpendAsync(link, cancellationToken)) return new(null, [], IsSpent: true);
        var account = await database.Users.SingleOrDefaultAsync(account => account.Id == link.AccountId && !account.Disabled, cancellationToken);
        if (account is null) return new(null, [], IsSpent: true);
        account.PasswordHash = null;
        var set = await accounts.AddPasswordAsync(account, passphrase);
        if (!set.Succeeded) return new(null, [.. set.Errors], IsSpent: false);
        if (link.Kind == LinkKind.ResetAll)
        {
            (account.CodeSecret, account.TwoFactorEnabled) = (null, false);
            await database.RecoveryCodes.Where(code => code.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
            await database.UserPasskeys.Where(passkey => passkey.UserId == account.Id).ExecuteDeleteAsync(cancellationToken);
        }

        (account.LockoutEnd, account.AccessFailedCount) = (null, 0);
        await database.Sessions.Where(session => session.AccountId == account.Id).ExecuteDeleteAsync(cancellationToken);
        audit.Add(database, new(account.Id, account.Name), link.Kind == LinkKind.Invite ? "staff.join" : "staff.reset", account.Id.ToString(), link.Kind == LinkKind.ResetAll ? "second factors taken away" : string.Empty);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new(account, [], IsSpent: false);
    }

    public Account NewAccount(string name, string email) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()),
        Name = name.Trim(),
        Email = email.Trim(),
        UserName = email.Trim(),
        Since = Now,
    };

    private Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    private async Task<bool> SpendAsync(StaffLink link, CancellationToken cancellationToken)
    {
        var now = Now;
        return await database.Links.Where(each => each.Id == link.Id && each.ExpiresAt > now).ExecuteDeleteAsync(cancellationToken) == 1;
    }
}

/// <param name="Account">Whose passphrase was set; null where nothing was changed.</param>
/// <param name="Errors">What the passphrase, name or email breaks.</param>
/// <param name="IsSpent">True where the link was used or ran out in the meantime.</param>
internal sealed record LinkUse(Account? Account, IReadOnlyList<IdentityError> Errors, bool IsSpent);

using System.Security.Claims;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;

namespace Portal.Cms.Staff;

/// <summary>
/// Passphrase, code, passkey. Wrong tries are counted per account and lock passphrase and codes for browsers that nobody
/// knows: an outsider who keeps guessing keeps out neither somebody with a passkey nor somebody at their own machine.
/// </summary>
internal sealed class StaffSignIn(CmsDatabase database, UserManager<Account> accounts, SignInManager<Account> keys, SecondFactors factors, KnownBrowsers browsers, AuditLog audit, TimeProvider clock)
{
    public const int MostTries = 10;
    public static readonly TimeSpan LockOut = TimeSpan.FromMinutes(15);

    // Verified where there is no such account, so that an answer takes as long as for a wrong passphrase.
    private static string? hashOfNobody;

    /// <summary>The account, where the passphrase is right and it may sign in now; null for every other reason alike.</summary>
    public async Task<Account?> CheckPassphraseAsync(HttpContext context, string email, string passphrase, CancellationToken cancellationToken)
    {
        var normalized = accounts.NormalizeEmail(email.Trim());
        var account = await database.Users.AsNoTracking().SingleOrDefaultAsync(account => account.NormalizedEmail == normalized, cancellationToken);
        var asked = account ?? Nobody();
        hashOfNobody ??= accounts.PasswordHasher.HashPassword(asked, Token.New());
        var isRight = accounts.PasswordHasher.VerifyHashedPassword(asked, asked.PasswordHash ?? hashOfNobody, passphrase) != PasswordVerificationResult.Failed;
        if (isRight && account is { Disabled: false, PasswordHash: not null } && (browsers.Knows(context, account.Id) || !IsLocked(account))) return account;
        await NoteFailureAsync(context, asked, account is null ? "unknown" : account.Id.ToString(), cancellationToken);
        return null;
    }

    /// <summary>True for a good code of their app or a recovery code, unless the account is locked for this browser.</summary>
    public async Task<bool> CheckCodeAsync(HttpContext context, Guid id, string code, CancellationToken cancellationToken)
    {
        var account = await database.Users.AsNoTracking().SingleAsync(account => account.Id == id, cancellationToken);
        if ((browsers.Knows(context, id) || !IsLocked(account)) && await factors.AcceptAsync(account, code, cancellationToken)) return true;
        await NoteFailureAsync(context, account, id.ToString(), cancellationToken);
        return false;
    }

    /// <summary>The account whose passkey answered the last challenge of this browser; null for any other answer.</summary>
    public async Task<Account?> CheckPasskeyAsync(HttpContext context, string credential, CancellationToken cancellationToken)
    {
        var result = await HasChallengeAsync(context) ? await keys.PerformPasskeyAssertionAsync(credential) : null;
        if (result is { Succeeded: true, User.Disabled: false } && (await accounts.AddOrUpdatePasskeyAsync(result.User, result.Passkey)).Succeeded) return result.User;
        audit.Add(database, Actor.Visitor, "sign-in.refuse", "unknown", "passkey");
        await database.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>True while a challenge waits for its answer in this browser; the framework throws for an answer nobody asked for.</summary>
    public static async Task<bool> HasChallengeAsync(HttpContext context) => (await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Succeeded;

    /// <summary>Starts a session; with <paramref name="complete"/> the sign-in needs nothing more.</summary>
    public async Task BeginAsync(HttpContext context, Account account, bool complete, string how, CancellationToken cancellationToken)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account.Id.ToString()), new(ClaimTypes.Name, account.Name)], IdentityConstants.ApplicationScheme);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, new(identity), StaffSessions.Properties(complete));
        if (complete) await WelcomeAsync(context, account.Id, cancellationToken);
        audit.Add(database, new(account.Id, account.Name), complete ? "sign-in.complete" : "sign-in.begin", account.Id.ToString(), how);
        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The second factor was given: the session may do what its account may.</summary>
    public async Task CompleteAsync(HttpContext context, StaffUser user, string how, CancellationToken cancellationToken)
    {
        await database.Sessions.Where(session => session.Id == user.SessionId).ExecuteUpdateAsync(set => set.SetProperty(session => session.SecondFactor, true), cancellationToken);
        await WelcomeAsync(context, user.Id, cancellationToken);
        audit.Add(database, user.Actor, "sign-in.complete", user.Id.ToString(), how);
        await database.SaveChangesAsync(cancellationToken);
    }

    private async Task WelcomeAsync(HttpContext context, Guid id, CancellationToken cancellationToken)
    {
        browsers.Remember(context, id);
        await database.Users.Where(each => each.Id == id).ExecuteUpdateAsync(set => set.SetProperty(each => each.AccessFailedCount, 0), cancellationToken);
    }

    // Counted in the database in one step: tries at the same moment are all counted.
    private async Task NoteFailureAsync(HttpContext context, Account account, string subject, CancellationToken cancellationToken)
    {
        await using var transaction = await AuditChain.BeginAsync(database, cancellationToken);
        var isKnown = browsers.NoteFailure(context, account.Id);
        if (!isKnown && !IsLocked(account))
        {
            await database.Users.Where(each => each.Id == account.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(each => each.AccessFailedCount, each => each.AccessFailedCount + 1), cancellationToken);
            DateTimeOffset? end = clock.GetUtcNow() + LockOut;
            var locked = await database.Users.Where(each => each.Id == account.Id && each.AccessFailedCount >= MostTries)
                .ExecuteUpdateAsync(set => set.SetProperty(each => each.AccessFailedCount, 0).SetProperty(each => each.LockoutEnd, end), cancellationToken);
            if (locked > 0) audit.Add(database, Actor.Portal, "sign-in.lock", subject, $"{MostTries} wrong tries");
        }

        audit.Add(database, Actor.Visitor, "sign-in.refuse", subject, isKnown ? "known browser" : string.Empty);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private bool IsLocked(Account account) => account.LockoutEnd > clock.GetUtcNow();

    private static Account Nobody() => new() { Id = Guid.Empty, Name = string.Empty, Since = Instant.MinValue };
}

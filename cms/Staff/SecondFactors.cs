using System.Security.Cryptography;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;

namespace Portal.Cms.Staff;

/// <summary>The authenticator app and the recovery codes of accounts. Passkeys are kept by the framework.</summary>
internal sealed class SecondFactors(CmsDatabase database, IDataProtectionProvider protection, AuditLog audit, TimeProvider clock)
{
    private const int CodeCount = 10;
    private const string Letters = "abcdefghjkmnpqrstuvwxyz023456789"; // 32 signs that are hard to mistake for one another.

    private readonly IDataProtector secrets = protection.CreateProtector("Portal.Cms.Staff.CodeSecret");

    /// <summary>A secret nobody has yet, protected for the account alone: it waits in the form until its first code proves that it arrived.</summary>
    public string Offer(Guid account) => Offers(account).Protect(OneTimeCode.NewSecret());

    /// <summary>The secret in an offer; null where the offer is not this account's.</summary>
    public string? Read(Guid account, string offer)
    {
        try
        {
            return Offers(account).Unprotect(offer);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Enrols the app; false for a wrong code.</summary>
    public async Task<bool> EnrolAsync(Guid id, string secret, string code, Actor actor, CancellationToken cancellationToken)
    {
        if (OneTimeCode.Match(secret, code, Now) is not { } step) return false;
        var account = await database.Users.SingleAsync(account => account.Id == id, cancellationToken);
        (account.CodeSecret, account.CodeStep, account.TwoFactorEnabled) = (secrets.Protect(secret), step, true);
        account.ConcurrencyStamp = Token.New();
        audit.Add(database, actor, "staff.factor.add", id.ToString(), "authenticator app");
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>True for a code of their app that was not used before, or for one of their recovery codes, which is then spent.</summary>
    public async Task<bool> AcceptAsync(Account account, string code, CancellationToken cancellationToken)
    {
        if (account.CodeSecret is not null && OneTimeCode.Match(secrets.Unprotect(account.CodeSecret), code, Now) is { } step)
        {
            return await database.Users.Where(each => each.Id == account.Id && each.CodeStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(each => each.CodeStep, step), cancellationToken) == 1;
        }

        var hash = Token.Hash(Plain(code));
        if (await database.RecoveryCodes.Where(each => each.AccountId == account.Id && each.Hash == hash).ExecuteDeleteAsync(cancellationToken) == 0) return false;
        audit.Add(database, new(account.Id, account.Name), "staff.recovery.use", account.Id.ToString());
        await database.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>Ten new codes of 80 bits, to be shown once; the old ones are void.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(Guid account, Actor actor, CancellationToken cancellationToken)
    {
        var codes = Enumerable.Range(0, CodeCount).Select(_ => string.Join('-', RandomNumberGenerator.GetString(Letters, 16).Chunk(4).Select(part => new string(part)))).ToList();
        await using var transaction = await AuditChain.BeginAsync(database, cancellationToken);
        await database.RecoveryCodes.Where(code => code.AccountId == account).ExecuteDeleteAsync(cancellationToken);
        database.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { AccountId = account, Hash = Token.Hash(Plain(code)) }));
        audit.Add(database, actor, "staff.recovery.renew", account.ToString());
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    private Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    private static string Plain(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private IDataProtector Offers(Guid account) => protection.CreateProtector("Portal.Cms.Staff.Offer", account.ToString());
}

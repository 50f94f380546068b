using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

using Portal.Cms.Audit;
using Portal.Cms.Database;

namespace Portal.Cms.Staff;

/// <summary>The last resort of an Owner who lost passphrase and phone: whoever can start the program can already do anything.</summary>
internal static class OwnerReset
{
    /// <summary>Prints a link that sets a new passphrase and takes second factors away; false where no Owner has the address.</summary>
    public static async Task<bool> RunAsync(IServiceProvider services, string email, TextWriter output, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        var normalized = scope.ServiceProvider.GetRequiredService<UserManager<Account>>().NormalizeEmail(email.Trim());
        var account = await database.Users.SingleOrDefaultAsync(
            account => account.NormalizedEmail == normalized && database.Grants.Any(grant => grant.AccountId == account.Id && grant.Role == Role.Owner), cancellationToken);
        if (account is null)
        {
            await output.WriteLineAsync($"No Owner has the address {email}.");
            return false;
        }

        account.Disabled = false;
        var address = await scope.ServiceProvider.GetRequiredService<StaffLinks>().MakeAsync(LinkKind.ResetAll, account.Id, cancellationToken);
        scope.ServiceProvider.GetRequiredService<AuditLog>().Add(database, Actor.Portal, "staff.link", account.Id.ToString(), "reset-owner");
        await database.SaveChangesAsync(cancellationToken);
        await output.WriteLineAsync($"Open this within 24 hours, once: {address}");
        return true;
    }
}

using System.Data.Common;
using System.Security.Claims;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;

namespace Portal.Cms.Staff;

/// <summary>Keeps tickets in the database. The cookie holds a random key and nothing that could be wrong tomorrow.</summary>
internal sealed class StaffSessions(IDataProtectionProvider protection, TimeProvider clock) : ITicketStore
{
    public static readonly Duration Idle = Duration.FromMinutes(15);
    public static readonly Duration Longest = Duration.FromHours(8);

    private const string SecondFactor = ".second";

    private static readonly Duration Grain = Duration.FromSeconds(30); // Not every request needs to write.

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Cms.Staff.StaffSessions");

    /// <param name="secondFactor">True where the sign-in is complete, as with a passkey.</param>
    public static AuthenticationProperties Properties(bool secondFactor) => new(new Dictionary<string, string?> { [SecondFactor] = secondFactor ? "yes" : null });

    // The cookie handler calls the overloads with a request: they alone know which database to ask.
    public Task<string> StoreAsync(AuthenticationTicket ticket) => throw new NotSupportedException("A session belongs to a request.");

    public Task RenewAsync(string key, AuthenticationTicket ticket) => throw new NotSupportedException("A session belongs to a request.");

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => throw new NotSupportedException("A session belongs to a request.");

    public Task RemoveAsync(string key) => throw new NotSupportedException("A session belongs to a request.");

    public async Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var key = Token.New();
        await KeepAsync(key, ticket, httpContext, cancellationToken);
        return key;
    }

    /// <summary>Somebody signs in over a session: the old one ends, so that nothing of it is inherited.</summary>
    public async Task RenewAsync(string key, AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken)
    {
        await RemoveAsync(key, httpContext, cancellationToken);
        await KeepAsync(key, ticket, httpContext, cancellationToken);
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var database = Database(httpContext);
        var id = Token.Hash(key);
        var found = await database.Sessions.AsNoTracking().Where(session => session.Id == id)
            .Join(database.Users.AsNoTracking(), session => session.AccountId, account => account.Id, (session, account) => new
            {
                Session = session,
                Account = account,
                HasPasskey = database.UserPasskeys.Any(passkey => passkey.UserId == account.Id),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null) return null;
        var now = Now;
        if (found.Account.Disabled || now - found.Session.SeenAt >= Idle || now - found.Session.CreatedAt >= Longest)
        {
            await RemoveAsync(key, httpContext, cancellationToken);
            return null;
        }

        if (now - found.Session.SeenAt >= Grain)
        {
            try
            {
                await database.Sessions.Where(session => session.Id == id).ExecuteUpdateAsync(set => set.SetProperty(session => session.SeenAt, now), cancellationToken);
            }
            catch (DbException)
            {
                // A database that cannot be written still says who asks: they are told what happened to their words, and the session only ends earlier.
            }
        }

        var grants = await database.Grants.AsNoTracking().Where(grant => grant.AccountId == found.Account.Id).ToListAsync(cancellationToken);
        httpContext.RequestServices.GetRequiredService<StaffUser>().Become(found.Account, grants, found.Session, found.HasPasskey || found.Account.CodeSecret is not null);
        return TicketSerializer.Default.Deserialize(protector.Unprotect(Convert.FromBase64String(found.Session.Ticket)));
    }

    public Task RemoveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var id = Token.Hash(key);
        return Database(httpContext).Sessions.Where(session => session.Id == id).ExecuteDeleteAsync(cancellationToken);
    }

    private Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    private static CmsDatabase Database(HttpContext context) => context.RequestServices.GetRequiredService<CmsDatabase>();

    private async Task KeepAsync(string key, AuthenticationTicket ticket, HttpContext context, CancellationToken cancellationToken)
    {
        var database = Database(context);
        var (now, oldest) = (Now, Now - Longest);
        database.Sessions.Add(new()
        {
            Id = Token.Hash(key),
            AccountId = Guid.Parse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier)!), // Every sign-in of ours names the account.
            CreatedAt = now,
            SeenAt = now,
            SecondFactor = ticket.Properties.Items.TryGetValue(SecondFactor, out var second) && second is not null,
            Ticket = Convert.ToBase64String(protector.Protect(TicketSerializer.Default.Serialize(ticket))),
        });
        await database.SaveChangesAsync(cancellationToken);
        await database.Sessions.Where(session => session.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}

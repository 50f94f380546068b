using Microsoft.EntityFrameworkCore;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Cms.Staff;

/// <summary>Runs before the first request and, while there is no account, makes the first Owner or a link to do it.</summary>
internal sealed class FirstStart(IServiceScopeFactory scopes, CmsSettings settings, IHostApplicationLifetime life, TextWriter output) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var database = services.GetRequiredService<CmsDatabase>();
        if (await database.Users.AnyAsync(cancellationToken)) return;
        if (settings.Owner is { Email.Length: > 0 } owner)
        {
            await services.GetRequiredService<StaffAccounts>().MakeOwnerAsync(owner, cancellationToken);
            return;
        }

        var address = await services.GetRequiredService<StaffLinks>().MakeAsync(LinkKind.SetUp, null, cancellationToken);
        services.GetRequiredService<AuditLog>().Add(database, Actor.Portal, "staff.link", "first Owner", nameof(LinkKind.SetUp));
        await database.SaveChangesAsync(cancellationToken);
        life.ApplicationStarted.Register(() => output.WriteLine($"There is no account yet. Open this once, within 24 hours, to make the first Owner's:\n\n    {address}\n"));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

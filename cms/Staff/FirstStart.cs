using Microsoft.EntityFrameworkCore;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Cms.Staff;

/// <summary>Runs before the first request and, while there is no account, makes the first Owner or a link to do it.</summary>
internal sealed partial class FirstStart(IServiceScopeFactory scopes, CmsSettings settings, ILogger<FirstStart> log) : IHostedService
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
        LogSetUp(address);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "There is no account yet. Make the first Owner here, once, within 24 hours: {Address}")]
    private partial void LogSetUp(string address);
}

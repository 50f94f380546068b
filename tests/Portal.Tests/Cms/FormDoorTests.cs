using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Alerts;
using Portal.Cms.Referrals.Rota;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The switch of the form and the wishes for mails, as the other rooms of referrals call them.</summary>
public sealed class FormDoorTests : IAsyncLifetime
{
    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cms = await CmsFixture.StartAsync();

    public ValueTask DisposeAsync() => cms.DisposeAsync();

    [Fact]
    public async Task The_newest_row_counts_and_without_one_the_form_is_closed()
    {
        var (database, audit) = (cms.Database(), cms.Services.GetRequiredService<AuditLog>());
        Assert.False(await FormDoor.IsOpenAsync(database, Cancel));

        await FormDoor.SetAsync(database, audit, Actor.Portal, open: true, FormReason.None, cms.Now, Cancel);
        await database.SaveChangesAsync(Cancel);
        Assert.True(await FormDoor.IsOpenAsync(database, Cancel));

        // A clock that was set back between the two must not make the older one count.
        await FormDoor.SetAsync(database, audit, Actor.Portal, open: false, FormReason.Overdue, cms.Now - Duration.FromHours(1), Cancel);
        await database.SaveChangesAsync(Cancel);
        Assert.False(await FormDoor.IsOpenAsync(database, Cancel));
        Assert.Equal(["referral.form-open", "referral.form-closed-itself"], await database.Audit.Where(row => row.Act.StartsWith("referral.")).OrderBy(row => row.Number).Select(row => row.Act).ToListAsync(Cancel));
        Assert.Equal(["open the form", "close the form"], await database.Outbox.Where(row => row.What.EndsWith("form")).OrderBy(row => row.Id).Select(row => row.What).ToListAsync(Cancel));
    }

    [Fact]
    public async Task One_wish_waits_for_each_kind_and_group_however_many_messages_come()
    {
        var database = cms.Database();
        foreach (var kind in new[] { AlertKind.Waiting, AlertKind.Waiting, AlertKind.Urgent }) AlertQueue.Add(database, kind, ReferralGroup.Team, cms.Now);
        AlertQueue.Add(database, AlertKind.Waiting, ReferralGroup.Lead, cms.Now);
        await database.SaveChangesAsync(Cancel);
        var later = cms.Database();
        AlertQueue.Add(later, AlertKind.Waiting, ReferralGroup.Team, cms.Now);
        await later.SaveChangesAsync(Cancel);

        Assert.Equal(3, await later.Set<ReferralAlert>().CountAsync(Cancel));

        // What was dealt with is no longer there for the next message.
        await later.Set<ReferralAlert>().ExecuteUpdateAsync(set => set.SetProperty(alert => alert.SentAt, cms.Now), Cancel);
        AlertQueue.Add(later, AlertKind.Waiting, ReferralGroup.Team, cms.Now);
        await later.SaveChangesAsync(Cancel);
        Assert.Equal(4, await later.Set<ReferralAlert>().CountAsync(Cancel));
    }
}

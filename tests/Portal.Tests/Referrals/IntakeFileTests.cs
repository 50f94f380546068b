using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Publishing;
using Portal.Cms.Referrals.Intake;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Rota;
using Portal.Content.Reading;
using Portal.Content.Referrals;
using Portal.Tests.Cms;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>What the published site is told of the intake.</summary>
public sealed class IntakeFileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_holds_the_keys_in_force_whether_the_form_is_open_and_what_is_promised()
    {
        await using var intake = await IntakeServer.StartAsync();
        await using (var database = intake.Cms.Database())
        {
            database.Add(new ReferralTargets { UrgentHours = 4, DaysAfterReading = 60 });
            await database.SaveChangesAsync(Cancel);
        }

        var open = (await ReadAsync(intake.Cms))!;
        await intake.OpenAsync(false);
        var closed = (await ReadAsync(intake.Cms))!;
        await intake.Cms.Database().Set<RecoveryKey>().ExecuteDeleteAsync(Cancel);

        Assert.Equal((intake.Keys.Id, true, true), (open.KeySet, open.Open, open.TakesMessages));
        Assert.Equal(intake.Keys.Team, open.Team);
        Assert.Equal(intake.Keys.Lead, open.Lead);
        Assert.Equal((4, null, 30, 60), (open.UrgentHours, open.OtherHours, open.DaysAfterHandOver, open.DaysAfterReading));
        Assert.False(closed.Open || closed.TakesMessages);
        Assert.Null(await ReadAsync(intake.Cms));
    }

    [Fact]
    public async Task Without_an_intake_there_is_none()
    {
        await using var cms = await CmsFixture.StartAsync();

        Assert.DoesNotContain(cms.Services.GetServices<SiteAddition>(), addition => addition.Path == IntakeSetting.File);
        Assert.Null(cms.Services.GetService<IntakeHost>());
        Assert.DoesNotContain("intake", cms.Said, StringComparison.Ordinal);
    }

    /// <summary>The file as the library reads it; null where there is none.</summary>
    private static async Task<IntakeSetting?> ReadAsync(CmsFixture cms)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        var reading = ContentReader.Read(await scope.ServiceProvider.GetRequiredService<SiteContent>().LiveAsync(Cancel));
        Assert.DoesNotContain(reading.Problems, problem => problem.File == IntakeSetting.File);
        return reading.Library!.Data.Intake;
    }
}

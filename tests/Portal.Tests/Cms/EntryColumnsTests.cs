using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Rows that an older version kept without columns that lists need.</summary>
public sealed class EntryColumnsTests
{
    private const string Hall = "pages/places/old-hall/en.md";
    private const string Guide = "pages/guides/pictured/en.md";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Columns_that_lists_need_are_filled_once()
    {
        await using var cms = await CmsContent.StartAsync(A.Site((Hall, A.Point("Old hall", "verifiedOn: 2026-11-20\nverifiedBy: Ewa\n")), (Guide, A.Guide("Pictured", "::: download media=kit/words.txt label=Words\n:::\n"))));
        await using (var database = cms.Database())
        {
            await database.Entries.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.District, (string?)null).SetProperty(entry => entry.VerifiedOn, (string?)null).SetProperty(entry => entry.NeedsConfirming, false), Cancel);
            await database.Revisions.ExecuteUpdateAsync(set => set.SetProperty(revision => revision.Media, string.Empty), Cancel);
        }

        await FillAsync(cms);

        var hall = await HallAsync(cms);
        Assert.Equal(("maidstone", "2026-11-20", true), (hall.District, hall.VerifiedOn, hall.NeedsConfirming));
        Assert.Equal(" kit/words.txt ", await cms.Database().Revisions.Where(revision => revision.Path == Guide).Select(revision => revision.Media).SingleAsync(Cancel));
        var (version, rows) = (hall.Version, await cms.Database().Audit.CountAsync(row => row.Subject.StartsWith("pages/"), Cancel));
        await FillAsync(cms);
        Assert.Equal((version, rows), ((await HallAsync(cms)).Version, await cms.Database().Audit.CountAsync(row => row.Subject.StartsWith("pages/"), Cancel)));
    }

    /// <summary>As a start does that has brought the database to a new shape.</summary>
    private static async Task FillAsync(CmsFixture cms)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<EntryColumns>().FillAsync(Cancel);
    }

    private static Task<Entry> HallAsync(CmsFixture cms) => cms.Database().Entries.AsNoTracking().SingleAsync(entry => entry.Path == Hall, Cancel);
}

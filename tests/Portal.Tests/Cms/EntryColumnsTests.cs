using Microsoft.EntityFrameworkCore;

using Portal.Cms.Documents;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Rows that an older version kept without columns that lists need.</summary>
public sealed class EntryColumnsTests
{
    private const string Hall = "pages/places/old-hall/en.md";
    private const string Guide = "pages/guides/pictured/en.md";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The program may end after the database came to its shape and before the rows are filled: the next start does it.</summary>
    [Fact]
    public async Task A_start_fills_the_columns_that_lists_need_until_the_log_says_that_it_was_done()
    {
        await using var cms = await CmsContent.TakeInAsync(A.Site((Hall, A.Point("Old hall", "verifiedOn: 2026-11-20\nverifiedBy: Ewa\n")), (Guide, A.Guide("Pictured", "::: download media=kit/words.txt label=Words\n:::\n"))));
        await EmptyAsync(cms);
        await cms.RestartAsync();

        var hall = await HallAsync(cms);
        Assert.Equal(("maidstone", "2026-11-20", true), (hall.District, hall.VerifiedOn, hall.NeedsConfirming));
        Assert.Equal(" kit/words.txt ", await cms.Database().Revisions.Where(revision => revision.Path == Guide).Select(revision => revision.Media).SingleAsync(Cancel));

        await EmptyAsync(cms);
        await cms.RestartAsync();
        Assert.Null((await HallAsync(cms)).District); // It was done for this shape: no later start reads every text.
        Assert.Equal(1, await cms.Database().Audit.CountAsync(row => row.Act == "database.columns", Cancel));
    }

    private static async Task EmptyAsync(CmsFixture cms)
    {
        await using var database = cms.Database();
        await database.Entries.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.District, (string?)null).SetProperty(entry => entry.VerifiedOn, (string?)null).SetProperty(entry => entry.NeedsConfirming, false), Cancel);
        await database.Revisions.ExecuteUpdateAsync(set => set.SetProperty(revision => revision.Media, string.Empty), Cancel);
    }

    private static Task<Entry> HallAsync(CmsFixture cms) => cms.Database().Entries.AsNoTracking().SingleAsync(entry => entry.Path == Hall, Cancel);
}

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;

namespace Portal.Cms.Hosting;

/// <summary>
/// Says whether the CMS can keep what it is given: a probe that only reads, or that writes what changes no page, would call
/// a full disk healthy. So it writes for real and waits for the flush, over the same bytes each time: nothing grows.
/// </summary>
internal static class Health
{
    /// <summary>One at a time: whoever asks often makes the disk busy no more than one who asks.</summary>
    private static readonly SemaphoreSlim Turn = new(1, 1);

    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet("/health", async (CmsDatabase database, CancellationToken cancel) =>
    {
        await Turn.WaitAsync(cancel);
        try
        {
            await ProbeAsync(database, cancel);
            return Results.Text("ok\n");
        }
        catch (Exception error) when (error is DbUpdateException or System.Data.Common.DbException)
        {
            return Results.Text("The database cannot be written.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
        finally
        {
            Turn.Release();
        }
    }).AllowAnonymous();

    private static async Task ProbeAsync(CmsDatabase database, CancellationToken cancel)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        if (database.Database.IsSqlite())
        {
            await database.Database.ExecuteSqlAsync($"PRAGMA user_version = 1", cancel); // A field of the first page that nothing else uses; written also where it is the same.
        }
        else
        {
            await database.Database.ExecuteSqlAsync($"SET LOCAL synchronous_commit = on", cancel);
            await database.Database.ExecuteSqlAsync($"SELECT pg_logical_emit_message(true, 'health', '')", cancel); // A record of the log alone.
        }

        await transaction.CommitAsync(cancel);
    }
}

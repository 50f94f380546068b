using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;

namespace Portal.Cms.Hosting;

/// <summary>Says whether the CMS can keep what it is given: a probe that only reads would call a full disk healthy.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet("/health", async (CmsDatabase database, CancellationToken cancel) =>
    {
        try
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancel);
            await database.Audit.Where(row => row.Number == 0).ExecuteDeleteAsync(cancel); // Takes the write lock; there is no row 0.
            await transaction.CommitAsync(cancel);
            return Results.Text("ok\n");
        }
        catch (Exception error) when (error is DbUpdateException or System.Data.Common.DbException)
        {
            return Results.Text("The database cannot be written.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }).AllowAnonymous();
}

using System.Data.Common;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;

namespace Portal.Cms.Referrals.Intake;

/// <summary>
/// Makes sure that a commit means what is promised: the words are on the disk before a visitor reads that we have them.
/// </summary>
internal static class Durability
{
    private const long Full = 2;

    /// <exception cref="InvalidOperationException">This connection would not flush its log with each commit.</exception>
    public static async Task RequireAsync(CmsDatabase database)
    {
        if (!database.Database.IsSqlite()) return;
        var connection = database.Database.GetDbConnection();
        if (await AskAsync(connection, "PRAGMA synchronous") is not Full || await AskAsync(connection, "PRAGMA journal_mode") is not "wal")
            throw new InvalidOperationException("The connection does not flush its log with each commit.");
    }

    /// <summary>Whatever the server is set to, this transaction is flushed. A no-op on SQLite.</summary>
    public static async Task PromiseAsync(CmsDatabase database)
    {
        if (database.Database.IsNpgsql()) await database.Database.ExecuteSqlAsync($"SET LOCAL synchronous_commit = on");
    }

    private static async Task<object?> AskAsync(DbConnection connection, string question)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two questions above.
        command.CommandText = question;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}

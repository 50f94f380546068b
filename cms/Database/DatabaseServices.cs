using System.Data.Common;

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

using Portal.Cms.Hosting;

namespace Portal.Cms.Database;

/// <summary>Which database there is, and how it is opened.</summary>
internal static class DatabaseServices
{
    public static IServiceCollection AddCmsDatabase(this IServiceCollection services, CmsSettings settings)
    {
        if (settings.IsPostgres) return services.AddDbContext<CmsDatabase, PostgresDatabase>(options => options.UseNpgsql(settings.Database));
        var file = new SqliteConnectionStringBuilder { DataSource = settings.DatabaseFile, ForeignKeys = true }.ToString();
        return services.AddDbContext<CmsDatabase, SqliteDatabase>(options => options.UseSqlite(file).AddInterceptors(DurableSqlite.Instance));
    }

    /// <summary>What is acknowledged must outlive a power cut: write-ahead log, flushed at every commit. What is deleted or moved is overwritten: every connection must, since each change of a row leaves its old place free.</summary>
    private sealed class DurableSqlite : DbConnectionInterceptor
    {
        public static DurableSqlite Instance { get; } = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = Pragmas(connection);
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            var command = Pragmas(connection);
            await using (command.ConfigureAwait(false)) await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        private static DbCommand Pragmas(DbConnection connection)
        {
            var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA secure_delete=ON;";
            return command;
        }
    }
}

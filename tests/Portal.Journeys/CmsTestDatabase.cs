using Microsoft.EntityFrameworkCore;

using Npgsql;

using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Journeys;

/// <summary>
/// Where a CMS under test keeps what it remembers: here a database of its own on a PostgreSQL server, cloned from one that
/// was migrated once. A test that empties <see cref="CmsSettings.Database"/> gets a SQLite file instead.
/// </summary>
internal static class CmsTestDatabase
{
    private const string Template = "portal_template";

    private static readonly Lazy<Task<PostgresServer>> Migrated = new(MigrateAsync);
    private static int databases;

    /// <summary>The settings with a new database of the present shape.</summary>
    public static async Task<CmsSettings> AddAsync(CmsSettings settings)
    {
        var server = await Migrated.Value;
        var name = $"portal_{Interlocked.Increment(ref databases)}";
        await server.RunAsync($"CREATE DATABASE {name} TEMPLATE {Template}");
        return settings with { Database = server.Connection(name) };
    }

    /// <summary>Makes every insert into a table fail, as a full disk would.</summary>
#pragma warning disable EF1002 // A name of a table that a test writes; a name cannot be a parameter.
    public static Task RefuseAsync(CmsDatabase database, string table) => database.Database.ExecuteSqlRawAsync(
        $"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''the disk is full''; END'; CREATE TRIGGER refuse BEFORE INSERT ON \"{table}\" EXECUTE FUNCTION refuse()");
#pragma warning restore EF1002

    public static async Task DropAsync(CmsSettings settings)
    {
        if (!settings.IsPostgres) return;
        await using var connection = new NpgsqlConnection(settings.Database);
        NpgsqlConnection.ClearPool(connection);
        await (await Migrated.Value).RunAsync($"DROP DATABASE {connection.Database} WITH (FORCE)");
    }

    private static async Task<PostgresServer> MigrateAsync()
    {
        var server = await PostgresServer.Running.Value;
        await server.RunAsync($"CREATE DATABASE {Template}");
        await using (var app = CmsHost.Build(new CmsSettings { Data = server.Folder, Database = server.Connection(Template) })) await CmsHost.PrepareAsync(app);
        await using var connection = new NpgsqlConnection(server.Connection(Template));
        NpgsqlConnection.ClearPool(connection); // A template with a visitor cannot be cloned.
        return server;
    }
}

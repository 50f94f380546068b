using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Tests;

/// <summary>
/// Where a CMS under test keeps what it remembers. Here it is a SQLite file, copied from one that was migrated once; the
/// journeys have a type of the same name over PostgreSQL and run the same tests.
/// </summary>
internal static class CmsTestDatabase
{
    private static readonly Lazy<Task<byte[]>> Template = new(MigrateAsync);

    /// <summary>The settings with a new database of the present shape.</summary>
    public static async Task<CmsSettings> AddAsync(CmsSettings settings)
    {
        await File.WriteAllBytesAsync(settings.DatabaseFile, await Template.Value);
        return settings;
    }

    /// <summary>Makes every insert into a table fail, as a full disk would.</summary>
#pragma warning disable EF1002 // A name of a table that a test writes; a name cannot be a parameter.
    public static Task RefuseAsync(CmsDatabase database, string table) => database.Database.ExecuteSqlRawAsync(
        $"CREATE TRIGGER Refuse{table} BEFORE INSERT ON \"{table}\" BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
#pragma warning restore EF1002

    /// <summary>The file goes with its folder.</summary>
    public static Task DropAsync(CmsSettings settings)
    {
        SqliteConnection.ClearAllPools();
        return Task.CompletedTask;
    }

    private static async Task<byte[]> MigrateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("portal-template-");
        var settings = new CmsSettings { Data = folder.FullName };
        await using (var app = CmsHost.Build(settings)) await CmsHost.PrepareAsync(app);
        SqliteConnection.ClearAllPools(); // The last connection to close brings everything into the one file.
        var bytes = await File.ReadAllBytesAsync(settings.DatabaseFile);
        folder.Delete(recursive: true);
        return bytes;
    }
}

using System.Data;
using System.IO.Compression;

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Cms.Backup;

/// <summary>Writes everything the CMS remembers into one file, as it is at one moment, while the CMS goes on working.</summary>
internal sealed class DatabaseBackup(CmsDatabase database, AuditLog audit, TimeProvider time)
{
    /// <exception cref="StartException">There is nothing to back up, or something stands at <paramref name="path"/>.</exception>
    public async Task<BackupManifest> WriteAsync(string path, CancellationToken cancel)
    {
        if (Path.Exists(path)) throw new StartException($"{path} is there already. Name a new file.");
        if (!await database.Database.CanConnectAsync(cancel)) throw new StartException("There is no database to back up, or it does not answer. Look at Portal__Data and Portal__Database.");
        if ((await database.Database.GetPendingMigrationsAsync(cancel)).Any()) throw new StartException("The database is of an older version of this program. Back it up with that version, or start this one once to bring it up to date.");
        var part = path + ".part";
        try
        {
            File.Delete(part);
            var manifest = await FillAsync(part, cancel);
            await BackupFile.SealAsync(part, cancel);
            File.Move(part, path);
            audit.Add(database, Actor.Portal, "database.backup", Path.GetFileName(path));
            await database.SaveChangesAsync(cancel);
            return manifest;
        }
        catch (DirectoryNotFoundException error)
        {
            throw new StartException($"There is no folder {Path.GetDirectoryName(Path.GetFullPath(path))}. Make it first.", error);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>Names of the migrations of this program, without the time they were made: both kinds of database share them.</summary>
    public static IReadOnlyList<string> SchemaOf(CmsDatabase database) =>
        [.. database.Database.GetMigrations().Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..])];

    private async Task<BackupManifest> FillAsync(string part, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // It holds the keys of second factors.
        await using var stream = new FileStream(part, options);
        await using var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        archive.Comment = BackupFile.Unsealed;
        await using var moment = await MomentAsync(cancel);
        var rows = new Dictionary<string, int>();
        foreach (var table in BackupTable.Of(database).Where(table => !table.IsLeftOut))
        {
            await using var writer = new StreamWriter(await archive.CreateEntry(BackupFile.NameOf(table.Name), CompressionLevel.Fastest).OpenAsync(cancel));
            rows[table.Name] = await table.WriteAsync(database, writer, cancel);
        }

        var manifest = new BackupManifest(BackupFile.Format, time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", null), SchemaOf(database), rows);
        await BackupFile.WriteManifestAsync(archive, manifest, cancel);
        return manifest;
    }

    /// <summary>A transaction that only reads and sees one moment throughout; nobody waits for it.</summary>
    private async Task<IAsyncDisposable> MomentAsync(CancellationToken cancel)
    {
        if (!database.Database.IsSqlite()) return await database.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await database.Database.OpenConnectionAsync(cancel);
#pragma warning disable CA1849 // The asynchronous one cannot be asked to be deferred; on a file neither waits.
        var transaction = ((SqliteConnection)database.Database.GetDbConnection()).BeginTransaction(deferred: true); // The framework's own would take the right to write.
#pragma warning restore CA1849
        await database.Database.UseTransactionAsync(transaction, cancel);
        return new Moment(database, transaction);
    }

    private sealed class Moment(CmsDatabase database, SqliteTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await database.Database.UseTransactionAsync(null);
            await transaction.DisposeAsync();
            await database.Database.CloseConnectionAsync();
        }
    }
}

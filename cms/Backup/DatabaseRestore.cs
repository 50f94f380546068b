using System.IO.Compression;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Cms.Backup;

/// <summary>Puts a backup in the place of everything the CMS remembers: all of it, or nothing is changed.</summary>
internal sealed class DatabaseRestore(CmsDatabase database, AuditLog audit, TimeProvider time, IServiceProvider services)
{
    /// <param name="replace">True where a database that holds something may be replaced.</param>
    /// <exception cref="StartException">Why nothing was changed.</exception>
    public async Task<BackupManifest> RunAsync(string path, bool replace, CancellationToken cancel)
    {
        var (archive, manifest) = await BackupFile.OpenAsync(path, DatabaseBackup.SchemaOf(database), cancel);
        await using var end = archive;
        var tables = BackupTable.Of(database);
        await VerifyAsync(tables, archive, path, cancel);

        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        if (!replace && await HoldsSomethingAsync(tables, cancel))
            throw new StartException("The database holds texts, accounts or a log already. To throw all of it away and put the backup in its place, stop the CMS and say --replace.");
        foreach (var table in tables.Reverse()) await table.DeleteAsync(database, cancel);
        foreach (var table in tables.Where(table => !table.IsLeftOut))
        {
            await table.ReadAsync(database, archive, cancel);
            await table.CountOnAsync(database, cancel);
        }

        await database.Deploys.ExecuteDeleteAsync(cancel); // The host may serve a later site by now: it is brought the newest publication of then, whatever it had.
        if (await database.Publications.AnyAsync(cancel)) database.Outbox.Add(new() { At = Instant.FromDateTimeOffset(time.GetUtcNow()), By = Actor.Portal.Name, What = "restore" }); // So may the folder.
        await KeyProtection.EnsureAsync(services, cancel);
        audit.Add(database, Actor.Portal, "database.restore", Path.GetFileName(path), $"backup of {manifest.At}");
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return manifest;
    }

    /// <summary>The log in the file must be whole before anything is thrown away for it.</summary>
    private static async Task VerifyAsync(IReadOnlyList<BackupTable> tables, ZipArchive archive, string path, CancellationToken cancel)
    {
        AuditHead? head = null;
        await foreach (var row in tables.OfType<BackupTable<AuditHead>>().Single().RowsAsync(archive, cancel)) head = row;
        var verdict = await AuditVerifier.JudgeAsync(head, tables.OfType<BackupTable<AuditRow>>().Single().RowsAsync(archive, cancel), cancel);
        if (verdict.Fault is { } fault) throw new StartException($"The log in {path} is not whole: {fault} Nothing was changed.");
    }

    /// <summary>A new database has the row where the log ends, and nothing else.</summary>
    private async Task<bool> HoldsSomethingAsync(IEnumerable<BackupTable> tables, CancellationToken cancel)
    {
        foreach (var table in tables.Where(table => table is not BackupTable<AuditHead>))
            if (await table.AnyAsync(database, cancel)) return true;
        return false;
    }
}

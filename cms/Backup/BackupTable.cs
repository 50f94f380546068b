using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

using Portal.Cms.Database;
using Portal.Cms.Staff;

namespace Portal.Cms.Backup;

/// <summary>One table of the database, as a backup sees it.</summary>
internal abstract class BackupTable(IEntityType type)
{
    /// <summary>They are of a moment, and a copy of them would open doors that were closed since: sessions, and links for passphrases.</summary>
    private static readonly Type[] LeftOut = [typeof(StaffSession), typeof(StaffLink)];

    public string Name { get; } = type.GetTableName()!; // Every type of ours has a table.

    public bool IsLeftOut => LeftOut.Contains(Type.ClrType);

    protected IEntityType Type { get; } = type;

    /// <summary>Every table, those that others refer to first.</summary>
    public static IReadOnlyList<BackupTable> Of(CmsDatabase database)
    {
        var waiting = database.Model.GetEntityTypes().Where(type => !type.IsOwned()).OrderBy(type => type.GetTableName(), StringComparer.Ordinal).ToList();
        var sorted = new List<IEntityType>();
        while (waiting.Count > 0)
        {
            var free = waiting.Where(type => type.GetForeignKeys().All(key => key.PrincipalEntityType == type || sorted.Contains(key.PrincipalEntityType))).ToList();
            if (free.Count == 0) throw new InvalidOperationException("Tables refer to each other in a circle.");
            sorted.AddRange(free);
            waiting.RemoveAll(free.Contains);
        }

        return [.. sorted.Select(type => (BackupTable)Activator.CreateInstance(typeof(BackupTable<>).MakeGenericType(type.ClrType), type)!)];
    }

    public abstract Task<bool> AnyAsync(CmsDatabase database, CancellationToken cancel);

    public abstract Task<int> DeleteAsync(CmsDatabase database, CancellationToken cancel);

    /// <summary>Writes every row as a line, in the order of the key; returns how many.</summary>
    public abstract Task<int> WriteAsync(CmsDatabase database, StreamWriter writer, CancellationToken cancel);

    /// <summary>Adds every row of a backup.</summary>
    public abstract Task ReadAsync(CmsDatabase database, ZipArchive archive, CancellationToken cancel);

    /// <summary>On a server: counting goes on after the highest number that was put in.</summary>
    public async Task CountOnAsync(CmsDatabase database, CancellationToken cancel)
    {
        if (!database.Database.IsNpgsql()) return;
        foreach (var property in Type.GetProperties().Where(property => property.ValueGenerated == ValueGenerated.OnAdd && (property.ClrType == typeof(int) || property.ClrType == typeof(long))))
        {
            var (table, column) = (Name, property.GetColumnName());
            var statement = $"""SELECT setval(pg_get_serial_sequence('"{table}"', '{column}'), (SELECT coalesce(max("{column}"), 0) + 1 FROM "{table}"), false)""";
            await database.Database.ExecuteSqlRawAsync(statement, cancel); // Names of tables and columns from the model alone, which cannot be parameters; no word of anybody's.
        }
    }
}

/// <typeparam name="T">What a row is.</typeparam>
internal sealed class BackupTable<T>(IEntityType type) : BackupTable(type)
    where T : class
{
    private const int MostRows = 200;
    private const int MostCharacters = 8 << 20;

    public override Task<bool> AnyAsync(CmsDatabase database, CancellationToken cancel) => database.Set<T>().AnyAsync(cancel);

    public override Task<int> DeleteAsync(CmsDatabase database, CancellationToken cancel) => database.Set<T>().ExecuteDeleteAsync(cancel);

    public override async Task<int> WriteAsync(CmsDatabase database, StreamWriter writer, CancellationToken cancel)
    {
        var rows = 0;
        await foreach (var row in InOrder(database.Set<T>().AsNoTracking()).AsAsyncEnumerable().WithCancellation(cancel))
        {
            await writer.WriteLineAsync(RowText.Write(Type, row).ToJsonString());
            rows++;
        }

        return rows;
    }

    public override async Task ReadAsync(CmsDatabase database, ZipArchive archive, CancellationToken cancel)
    {
        var (rows, characters) = (0, 0L);
        await foreach (var line in LinesAsync(archive, cancel))
        {
            database.Add(RowOf(line));
            if (++rows % MostRows != 0 && (characters += line.Length) < MostCharacters) continue;
            await SaveAsync();
            characters = 0;
        }

        await SaveAsync();

        async Task SaveAsync()
        {
            await database.SaveChangesAsync(cancel);
            database.ChangeTracker.Clear();
        }
    }

    /// <summary>The rows of a backup, without a database.</summary>
    public async IAsyncEnumerable<T> RowsAsync(ZipArchive archive, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var line in LinesAsync(archive, cancel)) yield return RowOf(line);
    }

    private T RowOf(string line) => (T)RowText.Read(Type, JsonNode.Parse(line)!.AsObject()); // A line is an object, as it was written.

    private async IAsyncEnumerable<string> LinesAsync(ZipArchive archive, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (archive.GetEntry(BackupFile.NameOf(Name)) is not { } entry) yield break;
        using var reader = new StreamReader(await entry.OpenAsync(cancel));
        while (await reader.ReadLineAsync(cancel) is { } line) yield return line;
    }

    private IQueryable<T> InOrder(IQueryable<T> rows)
    {
        IOrderedQueryable<T>? ordered = null;
        foreach (var name in Type.FindPrimaryKey()!.Properties.Select(property => property.Name)) // Every table has a key.
            ordered = ordered is null ? rows.OrderBy(row => EF.Property<object>(row, name)) : ordered.ThenBy(row => EF.Property<object>(row, name));
        return ordered ?? rows;
    }
}

using System.Diagnostics;
using System.Runtime.Versioning;

using Microsoft.Data.Sqlite;

using Xunit;

namespace Portal.Journeys;

/// <summary>
/// Where each fault begins, made once and copied for each test: a published site, and beside it texts that are public in
/// the database and not yet on the site.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class CmsFaultStart : IAsyncLifetime
{
    public const int Port = 5987;
    public const string NewWords = "These words are new.";

    /// <summary>Bytes; longer than what the starved process may write.</summary>
    private const int LargeFile = 3 * 1024 * 1024;

    private readonly string root = Directory.CreateTempSubdirectory("portal-faults-").FullName;

    public string Program => Path.Combine(root, "program");

    public string Content => Path.Combine(root, "content");

    private string Data => Path.Combine(root, "data");

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101);

        // The program where everybody may read it, wherever the checkout lies.
        CopyProgram(Program);
        Copy(Path.Combine(SiteFixture.Repository, "content"), Content, path => path.EndsWith(".md", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".csv", StringComparison.Ordinal) || path.Contains("/media/", StringComparison.Ordinal));
        Copy(Path.Combine(SiteFixture.Repository, "site", "output.cache"), Path.Combine(Data, "site.cache"), _ => true); // Encoding pictures is tested elsewhere.
        await using (var first = await CmsChild.StartAsync(Program, Data, Content, Port))
            await first.WaitForAsync(() => Number(Data, "SELECT COUNT(*) FROM Publications WHERE Failure IS NULL") == 1);

        foreach (var text in Directory.EnumerateFiles(Path.Combine(Content, "pages", "guides"), "en.md", SearchOption.AllDirectories))
            await File.AppendAllTextAsync(text, $"\n{NewWords}\n");
        await File.WriteAllBytesAsync(Path.Combine(Content, "media", "kit", "large.txt"), new byte[LargeFile]);
        await using var import = await CmsChild.StartAsync(Program, Data, Content, Port, null, null, "import", Content);
        Assert.True(await import.EndAsync() == 0, import.Said);
    }

    /// <summary>The data folder as it was then, in a new place.</summary>
    public async Task CopyDataAsync(string to)
    {
        using var copy = Process.Start("cp", ["-a", Data, to]);
        await copy.WaitForExitAsync();
        Assert.Equal(0, copy.ExitCode);
    }

    /// <summary>The program in a new folder.</summary>
    public static void CopyProgram(string to) =>
        Copy(AppContext.BaseDirectory, to, path => !path[AppContext.BaseDirectory.Length..].Contains('/', StringComparison.Ordinal) || path.Contains("/runtimes/linux-", StringComparison.Ordinal));

    /// <summary>The one number that a query of a data folder's database gives; 0 while there is no database.</summary>
    public static long Number(string data, string query)
    {
        var file = Path.Combine(data, "portal.db");
        if (new FileInfo(file) is not { Exists: true, Length: > 0 }) return 0; // Opened before it is made, its side files would be ours and not the CMS's.
        try
        {
            using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The queries are the tests' own.
            command.CommandText = query;
#pragma warning restore CA2100
            return (long)command.ExecuteScalar()!; // A count.
        }
        catch (SqliteException)
        {
            return 0; // Being made.
        }
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Copy(string from, string to, Func<string, bool> take)
    {
        Directory.CreateDirectory(to);
        if (!Directory.Exists(from)) return;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(take))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

using System.Runtime.Versioning;

using Microsoft.Data.Sqlite;

using Portal.Content.Reading;
using Portal.Tests;

using Xunit;

namespace Portal.Journeys;

/// <summary>The whole site out as one file and in again, by the commands that somebody would give.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CmsTransferTests : IDisposable
{
    private const int Port = 5989; // Nothing is served: it is only told.

    private readonly string root = Directory.CreateTempSubdirectory("portal-transfer-").FullName;

    private string Program => Path.Combine(root, "program");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Exported_wiped_and_imported_it_has_the_same_bytes()
    {
        File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101);
        CmsFaultStart.CopyProgram(Program);
        var given = A.Site(("media/kit/words.txt", "Some words.\n"));
        var content = Path.Combine(root, "content");
        foreach (var path in given.Paths) await WriteAsync(Path.Combine(content, path), given.Bytes(path));

        await RunAsync("first", "import", content);
        var archive = Path.Combine(root, "first", "site.zip");
        await RunAsync("first", "export", archive);

        await RunAsync("second", "import", archive); // An empty database: nothing of the first is left.
        var folder = Path.Combine(root, "second", "out");
        await RunAsync("second", "export", folder);

        var found = ContentFiles.FromFolder(folder);
        Assert.Equal(given.Paths.Order(StringComparer.Ordinal), found.Paths.Order(StringComparer.Ordinal));
        Assert.All(given.Paths, path => Assert.Equal(given.Bytes(path).ToArray(), found.Bytes(path).ToArray()));
    }

    private async Task RunAsync(string data, string command, string argument)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, data)).FullName;
        await using var child = await CmsChild.StartAsync(Program, folder, string.Empty, Port, null, null, command, argument);
        var code = await child.EndAsync();
        Assert.True(code == 0, child.Said);
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, bytes.ToArray());
    }
}

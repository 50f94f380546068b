using Portal.Tests.Cms;

using Xunit;

namespace Portal.Journeys;

/// <summary>A backup of one kind of database restores into the other.</summary>
public sealed class BackupAcrossTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-across-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_moves_to_a_server_and_a_server_to_a_file(bool fromServer)
    {
        var backup = Path.Combine(folder, "portal.backup");
        await using var cms = await StartAsync(fromServer);
        await using var other = await StartAsync(!fromServer);
        var person = await BackupDrill.FillAsync(cms);
        await BackupDrill.BackUpAsync(cms, backup);

        await BackupDrill.RestoreAsync(other, backup, replace: true);

        await BackupDrill.AssertSameAsync(cms, other, person);
    }

    private static Task<CmsFixture> StartAsync(bool onServer) => CmsFixture.StartAsync(settings => onServer ? settings : settings with { Database = string.Empty });
}

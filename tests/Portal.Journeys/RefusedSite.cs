using Xunit;

namespace Portal.Journeys;

/// <summary>A site put into its folder once: the last good one, which no mistake may touch.</summary>
public sealed class RefusedSite : IAsyncLifetime
{
    private const string Instant = "2026-11-26T10:00:00Z";

    private readonly string folder = Directory.CreateTempSubdirectory("portal-refused").FullName;

    /// <summary>Every file of the output with its last change and its length.</summary>
    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Path.Combine(folder, "output"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => new FileInfo(file)).Select(file => $"{file.FullName} {file.LastWriteTimeUtc:O} {file.Length}")];

    public async ValueTask InitializeAsync()
    {
        var run = await BuildAsync(_ => { });
        if (run.ExitCode != 0) throw new InvalidOperationException("The starter site does not build:\n" + run.Said);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Builds a copy of the starter content with a change over the last good site.</summary>
    /// <param name="change">What to do to the copy, whose folder it is given.</param>
    internal async Task<ToolRun> BuildAsync(Action<string> change)
    {
        var content = Path.Combine(folder, "content");
        if (Directory.Exists(content)) Directory.Delete(content, recursive: true);
        var from = Path.Combine(SiteFixture.Repository, "content");
        string[] parts = ["pages", "strings", "data", "media"];
        foreach (var file in parts.SelectMany(part => Directory.EnumerateFiles(Path.Combine(from, part), "*", SearchOption.AllDirectories)).Append(Path.Combine(from, "settings.yaml")))
        {
            var target = Path.Combine(content, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        change(content);
        return await CommandLine.RunAsync(folder, "build", "--content", content, "--output", Path.Combine(folder, "output"), "--at", Instant);
    }
}

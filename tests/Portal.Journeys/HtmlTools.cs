using System.Diagnostics;

using Xunit;

[assembly: AssemblyFixture(typeof(Portal.Journeys.HtmlTools))]

namespace Portal.Journeys;

/// <summary>
/// What is not .NET: html-validate, the host's own parsers and age's test vectors, from the lock file in <c>tools</c>, run by
/// the Node that the browser driver brings along (they need a newer one than the theme does).
/// </summary>
public sealed class HtmlTools : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(SiteFixture.Repository, "tests", "Portal.Journeys", "tools");

    public async ValueTask InitializeAsync()
    {
        // npm writes this file last: it is as new as the install.
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        var wanted = new FileInfo(Path.Combine(Folder, "package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc) return;

        var npm = FindNpm() ?? throw new InvalidOperationException(
            "The checks of the built pages need npm, which was not found. Install Node 20 or newer with npm (https://nodejs.org/, or your system's packages 'nodejs' and 'npm') and run the tests again.");
        var run = await RunAsync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], TimeSpan.FromMinutes(5));
        if (run.ExitCode != 0) throw new InvalidOperationException($"'npm ci' in {Folder} ended with {run.ExitCode}:\n{run.Said}{run.Complained}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs one of the scripts in <c>tools</c> to its end.</summary>
    internal static Task<ToolRun> RunScriptAsync(string script, params IEnumerable<string> arguments) =>
        RunAsync(Node(), [Path.Combine(Folder, script), .. arguments], TimeSpan.FromMinutes(3));

    private static async Task<ToolRun> RunAsync(string program, IEnumerable<string> arguments, TimeSpan patience)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        using var limit = new CancellationTokenSource(patience);
        try
        {
            var said = process.StandardOutput.ReadToEndAsync(limit.Token);
            var complained = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await said, await complained);
        }
        catch (OperationCanceledException tired)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} was not done after {patience}.", tired);
        }
    }

    private static string Node()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, ".playwright", "node");
        return Directory.EnumerateFiles(folder, OperatingSystem.IsWindows() ? "node.exe" : "node", SearchOption.AllDirectories).FirstOrDefault()
            ?? throw new InvalidOperationException($"The browser driver's Node is not in {folder}. Build the tests again.");
    }

    private static string? FindNpm() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "npm.cmd" : "npm")).FirstOrDefault(File.Exists);
}

/// <summary>What a program wrote to its two outputs, and its exit code.</summary>
internal sealed record ToolRun(int ExitCode, string Said, string Complained);

using System.Diagnostics;

namespace Portal.Journeys;

/// <summary>Debian's strace over a running process: tells which calls of the system it makes, and makes some of them fail.</summary>
internal sealed class StraceProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Lazy<Task<string>> Program = new(FindOrInstallAsync);

    private readonly Process process;

    private StraceProgram(Process process, string log) => (this.process, Log) = (process, log);

    /// <summary>File that the calls are written to.</summary>
    private string Log { get; }

    /// <summary>Attaches, and waits until every thread is followed.</summary>
    public static async Task<StraceProgram> AttachAsync(int id, string log, params IEnumerable<string> options)
    {
        var start = new ProcessStartInfo(await Program.Value, ["-f", "-qq", "-ttt", "-s", "64", "-y", "-o", log, "-p", $"{id}", .. options]) { RedirectStandardError = true, UseShellExecute = false };
        var strace = new StraceProgram(Process.Start(start)!, log);
        for (var clock = Stopwatch.StartNew(); !IsFollowed(id); await Task.Delay(10))
            if (clock.Elapsed > Patience || strace.process.HasExited) throw new TimeoutException("strace did not attach: " + await strace.process.StandardError.ReadToEndAsync());
        return strace;
    }

    /// <summary>Lets go of the process, which goes on, and gives what was seen.</summary>
    public async Task<IReadOnlyList<string>> DetachAsync()
    {
        using (var stop = Process.Start("kill", ["-INT", $"{process.Id}"])) await stop.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return await File.ReadAllLinesAsync(Log);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await DetachAsync();
        process.Dispose();
    }

    private static bool IsFollowed(int id) => Directory.EnumerateDirectories($"/proc/{id}/task").All(thread =>
    {
        try
        {
            return File.ReadLines(Path.Combine(thread, "status")).First(line => line.StartsWith("TracerPid:", StringComparison.Ordinal)) != "TracerPid:\t0";
        }
        catch (IOException)
        {
            return true; // It ended.
        }
    });

    /// <exception cref="InvalidOperationException">There is none and none could be had; the message names the command.</exception>
    private static async Task<string> FindOrInstallAsync()
    {
        if (Find() is { } found) return found;
        if (DebianPackages.CanInstall)
        {
            await Console.Error.WriteLineAsync("No strace found: installing Debian's strace with apt-get.");
            await DebianPackages.InstallAsync("strace");
        }

        return Find() ?? throw new InvalidOperationException(
            "The tests of the intake's durability need the program strace. On Debian run 'apt-get install --no-install-recommends strace', elsewhere install it and have it in the PATH.");
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "strace")).FirstOrDefault(File.Exists);
}

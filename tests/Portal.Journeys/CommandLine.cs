using System.Collections.Concurrent;
using System.Diagnostics;

namespace Portal.Journeys;

/// <summary>The site's program and the CMS, run as people run them: a process of its own, ended by its id.</summary>
internal sealed class CommandLine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private CommandLine(Process process)
    {
        this.process = process;
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything it wrote so far, to either output.</summary>
    public string Said => string.Join('\n', lines);

    /// <summary>Starts the site's program in <paramref name="folder"/>.</summary>
    public static CommandLine Start(string folder, params IEnumerable<string> arguments) => Start("Portal.Site.dll", folder, [], arguments);

    /// <summary>Starts the CMS in the repository, where its README says to.</summary>
    public static CommandLine StartCms(IReadOnlyDictionary<string, string?> settings, params IEnumerable<string> arguments) => Start("Portal.Cms.dll", SiteFixture.Repository, settings, arguments);

    /// <summary>Runs the CMS to its end.</summary>
    public static async Task<ToolRun> RunCmsAsync(IReadOnlyDictionary<string, string?> settings, params IEnumerable<string> arguments)
    {
        await using var run = StartCms(settings, arguments);
        return await run.EndAsync();
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<ToolRun> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        await using var run = Start(folder, arguments);
        return await run.EndAsync();
    }

    /// <summary>The first line, from the <paramref name="from"/>th on (counted from 0), that contains the words.</summary>
    /// <exception cref="TimeoutException">It did not say so in two minutes, or ended before; the message holds what it said.</exception>
    public async Task<string> WaitForAsync(string words, int from = 0)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(TimeSpan.FromMilliseconds(50)))
        {
            if (lines.Skip(from).FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal)) is { } found) return found;
            if (process.HasExited) break;
        }

        throw new TimeoutException($"The site never said '{words}'. It said:\n{Said}");
    }

    /// <summary>Lines so far.</summary>
    public int Lines => lines.Count;

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static CommandLine Start(string program, string folder, IEnumerable<KeyValuePair<string, string?>> settings, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    private async Task<ToolRun> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, Said, string.Empty);
    }

    private void Take(object sender, DataReceivedEventArgs received)
    {
        if (received.Data is { } line) lines.Enqueue(line);
    }
}

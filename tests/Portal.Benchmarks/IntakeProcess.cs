using System.Collections.Concurrent;
using System.Diagnostics;

namespace Portal.Benchmarks;

/// <summary>The CMS with an intake as a process of its own, to be ended without warning. It alone is ended, by its id.</summary>
internal sealed class IntakeProcess : IAsyncDisposable
{
    private const string Says = "The intake of messages is at ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly TaskCompletionSource<Uri> found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IntakeProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && text.StartsWith(Says, StringComparison.Ordinal)) found.TrySetResult(new(text[Says.Length..]));
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text) complaints.Enqueue(text);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where messages are posted to.</summary>
    public Uri Address => found.Task.Result; // Known before StartAsync gives it away.

    /// <summary>Starts it over a data folder, and waits until it takes messages.</summary>
    /// <param name="environment">Variables beside the usual ones.</param>
    /// <exception cref="InvalidOperationException">It ended by itself; the message holds what it complained of.</exception>
    public static async Task<IntakeProcess> StartAsync(string data, IReadOnlyList<(string Name, string Value)> environment, CancellationToken cancel = default)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "Portal.Cms.dll")]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[] { ("Data", data), ("Content", string.Empty), ("Url", "http://127.0.0.1:0"), ("SiteUrl", string.Empty), ("IntakeUrl", "http://127.0.0.1:0"), ("Proxies", "127.0.0.1") })
            start.Environment["Portal__" + name] = value;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var started = new IntakeProcess(Process.Start(start)!); // Started anew, never joined to one that runs.
        try
        {
            await Task.WhenAny(started.found.Task, started.process.WaitForExitAsync(cancel)).WaitAsync(Patience, cancel);
            if (started.process.HasExited) throw new InvalidOperationException("The CMS ended by itself:\n" + string.Join('\n', started.complaints));
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it in the middle of whatever it does.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace Portal.Benchmarks;

/// <summary>What one process cost from start to end.</summary>
/// <param name="Wall">Seconds on the clock, start-up included.</param>
/// <param name="Cpu">Seconds of all cores, of user and kernel.</param>
/// <param name="Peak">Largest resident memory in MiB.</param>
internal sealed record Cost(double Wall, double Cpu, double Peak);

/// <summary>Runs a program of our own in a fresh process and measures it from outside; a run that hangs is ended.</summary>
internal static class ChildRun
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <exception cref="InvalidOperationException">The program failed or took longer than 90 seconds.</exception>
    public static Cost Measure(params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!; // A program that cannot be started throws.
        var said = process.StandardError.ReadToEndAsync();
        var ignored = process.StandardOutput.ReadToEndAsync();
        var (cpu, peak) = (TimeSpan.Zero, 0L);

        // Both figures only grow, and are gone with the process: the last look before its end is a little short. Looking
        // more often would itself take a share of the cores that are measured.
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(20)))
        {
            if (clock.Elapsed > Longest)
            {
                process.Kill(entireProcessTree: true);
                throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} took longer than {Longest.TotalSeconds} s.");
            }

            try
            {
                process.Refresh();
                (cpu, peak) = (process.TotalProcessorTime, Math.Max(peak, process.PeakWorkingSet64));
            }
            catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
            {
                break; // It ended between the two looks.
            }
        }

        process.WaitForExit();
        var wall = clock.Elapsed.TotalSeconds;
        Task.WaitAll(said, ignored);
        if (process.ExitCode != 0) throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed:\n{said.Result}");
        return new(wall, cpu.TotalSeconds, peak / (1024.0 * 1024.0));
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Versioning;

using Microsoft.Data.Sqlite;

namespace Portal.Benchmarks;

/// <summary>
/// What "we have your message" is worth when the power goes: the CMS on a file system of its own that is cut off at a
/// random moment under load, mounted again and asked for every message that was acknowledged. Beside it the control: the
/// same CMS with the flush of each commit taken away behind its back. It must lose some, or the cuts show nothing.
/// </summary>
internal sealed class IntakeCuts(string content, string folder, int rounds)
{
    private const int Held = 0;
    private const int Failed = 1;
    private const int NotHere = 2;
    private const int Stopped = 130;

    /// <summary>True where file systems may be mounted, as far as one can tell beforehand.</summary>
    [SupportedOSPlatformGuard("linux")]
    public static bool MayRun => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    /// <summary>The exit code: 0 where every promise was held and the control lost some, 1 where not, 2 where file systems cannot be mounted, 130 where it was stopped.</summary>
    /// <exception cref="InvalidOperationException">The CMS did not start or take messages any more after a cut.</exception>
    public async Task<int> RunAsync()
    {
        if (!MayRun)
        {
            await Console.Error.WriteLineAsync("Power cuts mount file systems of their own, which takes Linux and root. Run 'intake cuts' as root, or leave it out.");
            return NotHere;
        }

        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var left = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return await CutAsync(stop.Token);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return Stopped; // A program it had started was interrupted with it.
        }
        catch (PlatformNotSupportedException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return NotHere;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true; // What is mounted is unmounted first.
            stop.Cancel();
        }
    }

    [SupportedOSPlatform("linux")]
    private async Task<int> CutAsync(CancellationToken cancel)
    {
        var data = new IntakeFolder(content, Path.Combine(folder, "data"));
        await data.FillAsync();
        SqliteConnection.ClearAllPools(); // The last connection to close brings everything into the one file.
        cancel.ThrowIfCancellationRequested();

        using var volume = CutVolume.Make(folder, "flushed", data.Data);
        using var other = CutVolume.Make(folder, "control", data.Data);
        var flushed = new CutTrial(data, volume);
        var control = new CutTrial(data, other, ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location), (StartupHook.Switch, "NORMAL"));
        for (var round = 0; round < rounds; round++)
        {
            await flushed.CutAsync(cancel);
            await control.CutAsync(cancel);
        }

        Table.Heading($"intake, {rounds} power cuts under load");
        Tell("as it is", flushed);
        Tell("control, commits not flushed", control);
        Table.Line($"control lost {control.Lost}");
        if (control.Lost == 0) Table.Line("That is nothing, so these cuts prove nothing.");
        return flushed is { Lost: 0, Wrong: 0, Damaged: 0 } && control.Lost > 0 ? Held : Failed;
    }

    [SupportedOSPlatform("linux")]
    private static void Tell(string name, CutTrial trial) =>
        Table.Line($"{name}: {trial.Acknowledged} acknowledged, {trial.Lost} of them lost, {trial.Wrong} doubled or changed; database damaged by {trial.Damaged} cuts");
}

using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

using Microsoft.Win32.SafeHandles;

namespace Portal.Benchmarks;

/// <summary>
/// A file system of its own in a file, whose power can be cut: Linux then drops what it holds in memory, the journal's
/// last entries included. What it had handed to the device counts as kept, so a device that lies about its own memory is
/// not shown. Nothing of it stays: whatever happens, it is unmounted and its loop device freed.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class CutVolume : IDisposable
{
    /// <summary>Bytes; the file is sparse, so only what is written takes room.</summary>
    private const long Size = 1L << 30;

    /// <summary>EXT4_IOC_SHUTDOWN, which is FS_IOC_SHUTDOWN and XFS_IOC_GOINGDOWN: _IOR('X', 125, __u32).</summary>
    private const nuint Shutdown = 0x8004587D;

    /// <summary>Not even the journal is written out.</summary>
    private const uint NoLogFlush = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string image;

    private CutVolume(string image, string place) => (this.image, Place) = (image, place);

    /// <summary>Folder it is mounted at.</summary>
    public string Place { get; }

    private string Mark => Path.Combine(Place, "mark");

    /// <summary>A new ext4, mounted, with a copy of a folder in it as <c>data</c>, all of it on the device.</summary>
    /// <exception cref="PlatformNotSupportedException">A program that this takes is missing or refused; the message says which and why.</exception>
    public static CutVolume Make(string folder, string name, string data)
    {
        var made = new CutVolume(Path.Combine(folder, name + ".img"), Directory.CreateDirectory(Path.Combine(folder, name)).FullName);
        try
        {
            using (var file = File.OpenHandle(made.image, FileMode.CreateNew, FileAccess.Write)) RandomAccess.SetLength(file, Size);
            Run("mkfs.ext4", "-q", "-F", made.image);
            made.Mount();
            File.WriteAllText(made.Mark, string.Empty);
            Run("cp", "-a", data, Path.Combine(made.Place, "data"));
            made.Unmount();
            return made;
        }
        catch (InvalidOperationException problem)
        {
            made.Dispose();
            throw new PlatformNotSupportedException(problem.Message, problem);
        }
    }

    /// <summary>Mounts it; after a cut that replays the journal.</summary>
    public void Mount() => Run("mount", "-t", "ext4", "-o", "loop", image, Place);

    /// <summary>From here on every call to it fails, and what was not flushed is gone.</summary>
    public void Cut()
    {
        using var file = File.OpenHandle(Mark);
        var flag = NoLogFlush;
        if (Control(file, Shutdown, ref flag) != 0) throw new InvalidOperationException($"The file system could not be shut down: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <exception cref="InvalidOperationException">Something still holds it.</exception>
    public void Unmount()
    {
        for (var clock = Stopwatch.StartNew(); ; Thread.Sleep(100))
        {
            try
            {
                Run("umount", Place);
                return;
            }
            catch (InvalidOperationException) when (clock.Elapsed < Patience)
            {
                if (!IsMounted) return;
            }
        }
    }

    /// <summary>Also after a mount that was broken off.</summary>
    public void Dispose()
    {
        if (IsMounted) Unmount();
        foreach (var device in Run("losetup", "-n", "-O", "NAME", "-j", image).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) Run("losetup", "-d", device);
        File.Delete(image);
        Directory.Delete(Place);
    }

    private bool IsMounted => File.ReadLines("/proc/self/mounts").Any(line => line.Split(' ')[1] == Place);

    private static string Run(string program, params IReadOnlyList<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!; // Started anew.
            var complaint = process.StandardError.ReadToEndAsync();
            var said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {complaint.Result.Trim()}");
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"Power cuts take the programs mkfs.ext4, mount, umount and losetup (Debian: e2fsprogs, mount). {program}: {missing.Message}", missing);
        }
    }

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(SafeFileHandle file, nuint request, ref uint argument);
}

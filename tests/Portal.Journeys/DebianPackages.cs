using System.Diagnostics;

namespace Portal.Journeys;

/// <summary>Gets what tests need from Debian's packages, where that may be done.</summary>
internal static class DebianPackages
{
    private static readonly SemaphoreSlim Turn = new(1);

    public static bool CanInstall => OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/apt-get");

    /// <summary>
    /// A download folder of our own: where an image's apt clears the shared one after each run, two runs at once would
    /// break each other half-way.
    /// </summary>
    public static async Task InstallAsync(params IEnumerable<string> packages)
    {
        await Turn.WaitAsync();
        try
        {
            var archives = Directory.CreateTempSubdirectory("portal-apt").FullName;
            Directory.CreateDirectory(Path.Combine(archives, "partial"));
            await RunAsync("apt-get", "-o", "DPkg::Lock::Timeout=300", "update");
            await RunAsync("apt-get", ["-o", "DPkg::Lock::Timeout=300", "-o", $"Dir::Cache::archives={archives}", "-y", "install", "--no-install-recommends", .. packages]);
            Directory.Delete(archives, recursive: true);
        }
        finally
        {
            Turn.Release();
        }
    }

    private static async Task RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}

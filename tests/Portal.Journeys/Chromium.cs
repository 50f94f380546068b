using System.Diagnostics;

namespace Portal.Journeys;

/// <summary>Finds a Chromium, or gets one and says so. Tests are never skipped for want of a browser.</summary>
internal static class Chromium
{
    private static readonly string[] Known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Path of the browser; null where Playwright's own is in its cache.</summary>
    /// <exception cref="InvalidOperationException">None was found and none could be had; the message names the command.</exception>
    public static async Task<string?> FindOrInstallAsync()
    {
        if (Environment.GetEnvironmentVariable("PORTAL_CHROMIUM") is { Length: > 0 } named) return named;
        if (Known.FirstOrDefault(File.Exists) is { } found) return found;

        if (OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/apt-get"))
        {
            await Console.Error.WriteLineAsync("No Chromium found: installing Debian's chromium and fonts with apt-get.");
            await InstallFromDebianAsync();
            return Known.FirstOrDefault(File.Exists) ?? throw Missing();
        }

        await Console.Error.WriteLineAsync("No Chromium found: asking Playwright to install its own.");
        return Microsoft.Playwright.Program.Main(["install", "chromium"]) == 0 ? null : throw Missing();
    }

    /// <summary>
    /// A download folder of our own: where an image's apt clears the shared one after each run, two runs at once would
    /// break each other half-way.
    /// </summary>
    private static async Task InstallFromDebianAsync()
    {
        var archives = Directory.CreateTempSubdirectory("portal-apt").FullName;
        Directory.CreateDirectory(Path.Combine(archives, "partial"));
        await RunAsync("apt-get", "-o", "DPkg::Lock::Timeout=300", "update");
        await RunAsync("apt-get", "-o", "DPkg::Lock::Timeout=300", "-o", $"Dir::Cache::archives={archives}", "-y", "install", "--no-install-recommends", "chromium", "fonts-noto-core");
        Directory.Delete(archives, recursive: true);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static InvalidOperationException Missing() => new(
        "The browser tests need Chromium. On Debian run 'apt-get install --no-install-recommends chromium fonts-noto-core', elsewhere install Chrome or Chromium and name it in PORTAL_CHROMIUM.");
}

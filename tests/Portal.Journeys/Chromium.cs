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

        if (DebianPackages.CanInstall)
        {
            await Console.Error.WriteLineAsync("No Chromium found: installing Debian's chromium and fonts with apt-get.");
            await DebianPackages.InstallAsync("chromium", "fonts-noto-core");
            return Known.FirstOrDefault(File.Exists) ?? throw Missing();
        }

        await Console.Error.WriteLineAsync("No Chromium found: asking Playwright to install its own.");
        return Microsoft.Playwright.Program.Main(["install", "chromium"]) == 0 ? null : throw Missing();
    }

    private static InvalidOperationException Missing() => new(
        "The browser tests need Chromium. On Debian run 'apt-get install --no-install-recommends chromium fonts-noto-core', elsewhere install Chrome or Chromium and name it in PORTAL_CHROMIUM.");
}

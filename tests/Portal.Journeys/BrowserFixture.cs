using Microsoft.Playwright;

using Xunit;

[assembly: AssemblyFixture(typeof(Portal.Journeys.BrowserFixture))]
[assembly: AssemblyFixture(typeof(Portal.Journeys.SiteFixture))]

namespace Portal.Journeys;

/// <summary>
/// Two real Chromiums for the whole assembly: one as Playwright starts it, with the back/forward cache off, and one with
/// it on, since an exit must hold in both.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    // Without these a browser in a closed network looks up its maker's hosts at every start.
    private static readonly string[] Quiet =
        ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? playwright;

    /// <summary>Chromium with the back/forward cache off.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>Chromium with the back/forward cache on, as people have it.</summary>
    public IBrowser CachingBrowser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var path = await Chromium.FindOrInstallAsync();
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(Options(path));
        var caching = Options(path);
        caching.IgnoreDefaultArgs = ["--disable-back-forward-cache"];
        CachingBrowser = await playwright.Chromium.LaunchAsync(caching);
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        if (CachingBrowser is not null) await CachingBrowser.DisposeAsync();
        playwright?.Dispose();
    }

    private static BrowserTypeLaunchOptions Options(string? path) => new()
    {
        ExecutablePath = path,
        Headless = true,
        ChromiumSandbox = Environment.UserName == "root" ? false : null,
        Args = Quiet,
    };
}

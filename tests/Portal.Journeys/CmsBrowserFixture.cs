using Microsoft.Playwright;

using Portal.Cms.Staff;

using Xunit;

[assembly: AssemblyFixture(typeof(Portal.Journeys.CmsBrowserFixture))]

namespace Portal.Journeys;

/// <summary>
/// One real CMS with the starter content for all tests of staff screens; it starts when the first of them asks.
/// <code>
/// public sealed class XTests(BrowserFixture browsers, CmsBrowserFixture cms)
/// {
///     [Fact]
///     public async Task Something_happens()
///     {
///         await using var staff = await cms.SignInAsync(browsers.Browser, Role.Author);   // a context, signed in
///         var page = await staff.NewPageAsync();
///         var path = await (await cms.ServerAsync()).DocumentAsync("guides/x-something"); // a document of this test alone
///         await page.GotoAsync("/documents/edit/" + path);                                // the CMS is the base address
///     }
/// }
/// </code>
/// Rules: write only to documents, lists and accounts that the test made itself, for other classes run beside it; do not
/// move <see cref="CmsServer.Clock"/> here. A test that stops the server, moves the clock or needs an empty database starts
/// its own with <see cref="CmsServer.StartAsync"/>. A new screen with a route of its own needs no line anywhere:
/// <see cref="CmsScreens"/> finds it, and names it where it needs an example for a parameter.
/// </summary>
public sealed class CmsBrowserFixture : IAsyncLifetime
{
    private readonly Lazy<Task<CmsServer>> server = new(() => CmsServer.StartAsync(CmsServer.Starter));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated) await (await server.Value).DisposeAsync();
    }

    internal Task<CmsServer> ServerAsync() => server.Value;

    /// <summary>A context in which somebody with exactly these roles is signed in, second factor and all; a translator writes Urdu. No roles: nobody.</summary>
    public async Task<IBrowserContext> SignInAsync(IBrowser browser, params Role[] roles) => await (await server.Value).SignInAsync(browser, roles);
}

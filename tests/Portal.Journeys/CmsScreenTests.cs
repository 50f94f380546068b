using Xunit;

namespace Portal.Journeys;

/// <summary>Every staff screen there is, wide and light and at 320 pixels in the dark: found by its route, so that none is forgotten.</summary>
public sealed class CmsScreenTests(BrowserFixture browsers, CmsBrowserFixture cms, CmsScreens screens) : IClassFixture<CmsScreens>
{
    /// <summary>Page, style sheet and scripts of a first visit, compressed as sent. Rich text comes on top where it is used.</summary>
    private const long MostBytes = 30_000;

    [Fact]
    public async Task Every_screen_is_right_fits_and_is_refused_nothing()
    {
        var all = await screens.AllAsync();

        await Console.Out.WriteLineAsync($"staff screens: {all.Count} views");
        NoneOf(all.SelectMany(screen => screen.Faults));
    }

    [Fact]
    public async Task Every_first_visit_stays_within_its_bytes()
    {
        var all = await screens.AllAsync();

        var heaviest = all.MaxBy(screen => screen.Bytes)!;
        await Console.Out.WriteLineAsync($"staff screens: most {heaviest.Bytes} bytes ({heaviest.Address})");
        NoneOf(all.Where(screen => screen.Bytes > MostBytes).Select(screen => $"{screen.Address} has {screen.Bytes} bytes"));
        Assert.All(all, screen => Assert.True(screen.Bytes > 4_000, $"{screen.Address}: {screen.Bytes} bytes were counted."));
    }

    [Fact]
    public async Task Planted_faults_are_found()
    {
        var server = await cms.ServerAsync();
        await using var context = await server.SignInAsync(browsers.Browser, []);
        var page = await context.NewPageAsync();
        await page.RouteAsync("**/sign-in", async route =>
        {
            var answer = await route.FetchAsync();
            var html = (await answer.TextAsync()).Replace("</main>", "<style>p{color:#eee}</style><p class=pale>Pale</p><h1>Two</h1><img src=\"https://third.example/a.png\"><pre style=\"inline-size:600px\">wide</pre><div class=planted>Wide</div><nav><a href=\"/\">.</a></nav><form method=post><button>Send</button></form><button type=button>Do</button><p><a href=# tabindex=1>Jump</a></p><p class=over>Over</p></main>", StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, Body = html });
        });

        await page.AddInitScriptAsync("addEventListener('DOMContentLoaded', () => { const sheet = new CSSStyleSheet(); sheet.replaceSync('#email { outline: 0 !important } .over { position: fixed; inset: 0; opacity: 0 } .main { border: 0 !important } .pale { color: #777 !important; background: #888 } .planted { inline-size: 600px }'); document.adoptedStyleSheets = [sheet]; });");

        var faults = (await CmsScreens.LookAtAsync(page, "/sign-in")).Faults;

        Assert.Contains("/sign-in was refused style-src-elem inline", faults);
        Assert.Contains("/sign-in was refused img-src https://third.example/a.png", faults);
        Assert.Contains("/sign-in has not one h1", faults);
        Assert.Contains(faults, fault => fault.StartsWith("/sign-in breaks image-alt", StringComparison.Ordinal));
        foreach (var told in new[]
        {
            "without script has a form without the token", "without script has a form that nobody takes", "without script has a button that only a script can work: <button type=\"button\">",
            "without script has a link that leads nowhere", "breaks color-contrast", "at 320, dark breaks color-contrast", "at 320, dark is", "at 1280 has a target below 24 pixels", "at 320, dark has a target below 24 pixels",
            "at 320, dark stops at", "at 320, dark has a control whose focus has no ring: <input id=\"email\"", "at 320, dark has a control whose focus is hidden: <input id=\"passphrase\"",
            "at 1280 cannot be told apart in forced colours: <button class=\"main\"", "at 320, dark cannot be told apart in forced colours: <button class=\"main\"",
        }) Assert.True(faults.Any(fault => fault.StartsWith("/sign-in " + told, StringComparison.Ordinal)), $"{told} is not among\n{string.Join('\n', faults)}");
    }

    [Fact]
    public async Task A_route_nobody_gave_an_example_for_is_named()
    {
        await using var context = await browsers.Browser.NewContextAsync();

        var screen = await CmsScreens.LookAtAsync(await context.NewPageAsync(), "/things/{Thing}");

        Assert.StartsWith("/things/{Thing} has a parameter nobody gave an example for", screen.Faults.Single(), StringComparison.Ordinal);
    }

    private static void NoneOf(IEnumerable<string> faults)
    {
        var told = string.Join('\n', faults.Order(StringComparer.Ordinal));
        Assert.True(told.Length == 0, told);
    }
}

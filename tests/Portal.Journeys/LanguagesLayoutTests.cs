using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>Pages keep within narrow windows and large text, and follow what a visitor has set for light and motion.</summary>
public sealed class LanguagesLayoutTests(BrowserFixture browsers, SiteFixture site)
{
    // What sticks out, of the page as a whole; boxes that scroll by themselves apart.
    private const string Wide = """
        () => {
          const root = document.documentElement;
          if (root.scrollWidth <= root.clientWidth) return "";
          const wide = [...document.querySelectorAll("body *")].filter((each) => {
            const box = each.getBoundingClientRect();
            return each.checkVisibility() && box.width && (box.right > root.clientWidth + 1 || box.left < -1);
          });
          return `${root.scrollWidth} wide: ${wide.slice(0, 3).map((each) => each.outerHTML.slice(0, 80)).join(" | ")}`;
        }
        """;

    [Fact]
    public async Task No_kind_of_page_is_wider_than_320_px_or_than_its_window_at_twice_the_text_size()
    {
        await using var context = await browsers.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var faults = new List<string>();

        foreach (var address in LeavingPages.English.Concat(LeavingPages.Urdu))
        {
            await page.SetViewportSizeAsync(320, 568);
            await page.GotoAsync(site.Url + address);
            foreach (var (width, size) in new[] { (320, "100%"), (320, "200%"), (640, "200%"), (1280, "200%") })
            {
                await page.SetViewportSizeAsync(width, 568);
                await page.EvaluateAsync("size => { document.documentElement.style.fontSize = size; }", size);
                var fault = await page.EvaluateAsync<string>(Wide);
                if (fault.Length > 0) faults.Add($"{address} at {width} px, text {size}: {fault}");
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count}:\n{string.Join('\n', faults)}");
    }

    [Fact]
    public async Task In_the_dark_every_kind_of_page_is_dark_with_light_words()
    {
        await using var context = await browsers.Browser.NewContextAsync(new() { ColorScheme = ColorScheme.Dark });
        var page = await context.NewPageAsync();

        foreach (var address in LeavingPages.English.Concat(LeavingPages.Urdu).Where(address => !address.Contains("poster", StringComparison.Ordinal)))
        {
            await page.GotoAsync(site.Url + address);
            var light = await page.EvaluateAsync<double[]>("""
                () => [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector("main")).color]
                  .map((colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + +part, 0) / 765)
                """);
            Assert.True(light[0] < 0.2 && light[1] > 0.7, $"{address}: ground {light[0]:F2}, words {light[1]:F2}");
        }
    }

    [Fact]
    public async Task Who_wants_less_motion_gets_none()
    {
        const string moving = """
            () => [getComputedStyle(document.documentElement).scrollBehavior, document.getAnimations().length,
              [...document.querySelectorAll("*")].filter((each) => {
                const style = getComputedStyle(each);
                return style.transitionDuration.split(", ").some((time) => parseFloat(time)) || style.animationName !== "none";
              }).length].join()
            """;
        await using var still = await browsers.Browser.NewContextAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        var page = await still.NewPageAsync();

        foreach (var address in new[] { "/", "/find-help/", "/my-plan/", "/what-helps/", "/ur/" })
        {
            await page.GotoAsync(site.Url + address);
            Assert.Equal("auto,0,0", await page.EvaluateAsync<string>(moving));
        }
    }
}

using Microsoft.Playwright;

using Portal.Site.Building;
using Portal.Site.Rendering;
using Portal.Theme;
using Portal.Theme.Gallery;

using Xunit;

namespace Portal.Journeys;

/// <summary>Every component of the theme, shown on one page in each direction, with the sheet and scripts of the real site.</summary>
public sealed class GalleryTests(BrowserFixture browsers, SiteFixture site)
{
    [Theory]
    [InlineData(false, 1280, ColorScheme.Light)]
    [InlineData(true, 1280, ColorScheme.Dark)]
    [InlineData(false, 320, ColorScheme.Dark)]
    [InlineData(true, 320, ColorScheme.Light)]
    public async Task Every_component_is_right(bool rightToLeft, int width, ColorScheme colours)
    {
        var run = new AxeRun(browsers.Browser, site.Url)
        {
            Look = new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = colours },
            Extra = new Dictionary<string, byte[]> { ["/gallery"] = Render(rightToLeft) },
        };

        Assert.Empty(await run.LookAtAsync($"gallery {(rightToLeft ? "from right to left" : "from left to right")}, {width} px, {colours}", ["/gallery"]));
    }

    private static byte[] Render(bool rightToLeft)
    {
        using var renderer = new PageRenderer();
        return renderer.Render(typeof(Gallery), new Dictionary<string, object?>
        {
            [nameof(Gallery.RightToLeft)] = rightToLeft,
            [nameof(Gallery.Stylesheet)] = $"/{SiteAssets.Folder}/{ThemeAssets.HashedName("gallery.css")}",
            [nameof(Gallery.Scripts)] = new[] { SiteAssets.Script("page") },
        });
    }
}

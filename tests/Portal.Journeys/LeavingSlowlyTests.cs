using Xunit;

namespace Portal.Journeys;

/// <summary>QE4: a destination that takes its time must not leave the page on the screen.</summary>
public sealed class LeavingSlowlyTests(BrowserFixture browsers, SiteFixture site)
{
    private static readonly int[] Moments = [0, 100, 400, 1_500];

    /// <summary>QE4.</summary>
    [Theory]
    [InlineData(false, "click", "/help-now/"), InlineData(true, "click", "/my-plan/"), InlineData(false, "Shift Shift Shift", "/find-help/"), InlineData(true, "Escape Escape", "/ur/")]
    public async Task While_the_destination_hangs_every_pixel_is_blank(bool cached, string way, string address)
    {
        await using var slow = await LeavingTests.SlowDestinationAsync();
        await using var pixels = await LeavingPixels.OpenAsync(browsers.Browser);
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync(address);
        await LeavingTests.PointAtAsync(visitor, slow);
        Assert.True(await pixels.ColoursAsync(await visitor.PaintedAsync()) > 10, "The test must be able to see a page.");

        await LeaveAsync(visitor, way);

        foreach (var moment in Moments)
        {
            await Task.Delay(moment, TestContext.Current.CancellationToken);
            Assert.Equal(1, await pixels.ColoursAsync(await visitor.PaintedAsync()));
        }

        Assert.Equal(("\u200b", site.Url + address), await visitor.NamedAsync());
    }

    /// <summary>QE4: in a dark room a white page would be the giveaway that something went, but it is still blank.</summary>
    [Fact]
    public async Task Where_storage_is_switched_off_the_page_goes_blank_all_the_same()
    {
        await using var slow = await LeavingTests.SlowDestinationAsync();
        await using var pixels = await LeavingPixels.OpenAsync(browsers.Browser);
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.Context.AddInitScriptAsync("Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('off', 'SecurityError'); } });");
        await visitor.VisitAsync("/help-now/");
        await LeavingTests.PointAtAsync(visitor, slow);

        await LeaveAsync(visitor, "click");

        Assert.Equal(1, await pixels.ColoursAsync(await visitor.PaintedAsync()));
    }

    /// <summary>QE26: the control is a plain link before any script has come.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task The_control_works_before_the_scripts_have_come(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.Context.RouteAsync("**/*.js", _ => { });
        await visitor.Page.GotoAsync(site.Url + "/help-now/", new() { WaitUntil = Microsoft.Playwright.WaitUntilState.Commit });

        await visitor.LeaveAsync();

        Assert.Single(visitor.Context.Pages);
        Assert.All(site.Destination.Referrers, Assert.Empty);
    }

    // Through the protocol: a page's own click waits for the page that hangs.
    private static async Task LeaveAsync(LeavingVisitor visitor, string way)
    {
        if (way == "click")
        {
            var box = (await visitor.Control.BoundingBoxAsync())!;
            await visitor.Page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
            return;
        }

        foreach (var key in way.Split(' ')) await visitor.Page.Keyboard.PressAsync(key);
    }
}

using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>With JavaScript switched off in the browser: QE1-QE3, QE11-QE14, QE16, QE17 hold, and the one known limit is told.</summary>
public sealed class NoScriptTests(BrowserFixture browsers, SiteFixture site)
{
    private static readonly BrowserNewContextOptions Off = new() { JavaScriptEnabled = false };

    /// <summary>QE2, QE3, QE16, QE17.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task The_plain_link_leaves_quietly_and_in_the_same_tab(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached, Off);
        var asked = site.Destination.Referrers.Count;
        await visitor.VisitAsync("/guides/money-control/");
        visitor.Requests.Clear();

        await visitor.LeaveAsync();

        Assert.Equal("Sunny spells", await visitor.Page.InnerTextAsync("h1"));
        Assert.Equal([site.Destination.Url], visitor.Requests);
        Assert.Single(visitor.Context.Pages);
        Assert.True(site.Destination.Referrers.Count > asked);
        Assert.All(site.Destination.Referrers, Assert.Empty);
    }

    /// <summary>QE1, QE14: second by keyboard, with a name that tells where it leads, and Enter is enough.</summary>
    [Fact]
    public async Task The_control_is_reached_second_and_works_by_keyboard()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false, Off);
        await visitor.VisitAsync("/help-now/");

        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Tab");
        Assert.True(await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Leave this site, opens the weather", Exact = true }).EvaluateAsync<bool>("link => link === document.activeElement"));
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.ArriveAsync();
    }

    /// <summary>QE1, QE11, QE12.</summary>
    [Theory, InlineData(320, 568), InlineData(320, 256), InlineData(1280, 720)]
    public async Task The_control_can_be_seen_and_hit(int width, int height)
    {
        await using var context = await browsers.Browser.NewContextAsync(new() { JavaScriptEnabled = false, ViewportSize = new() { Width = width, Height = height } });
        var page = await context.NewPageAsync();

        foreach (var address in LeavingPages.English.Concat(LeavingPages.Urdu).Where((_, index) => index % 4 == 0))
        {
            await page.GotoAsync(site.Url + address);
            var control = page.Locator("#leave");
            Assert.Equal("nofollow noreferrer noopener", await control.GetAttributeAsync("rel"));
            Assert.Null(await control.GetAttributeAsync("target"));
            var box = (await control.BoundingBoxAsync())!;
            Assert.True(box.Height >= 44 && box.Width >= 44 && box.Y >= 0 && box.Y + box.Height <= height + 1, $"{address}: {box.Width} by {box.Height} at {box.Y}");
            await control.ClickAsync(new() { Trial = true }); // Fails where something else would take the click.
        }
    }

    /// <summary>The known limit of QE5: pinned here, so that nobody forgets it is there, and told to the visitor.</summary>
    [Fact]
    public async Task Back_can_show_the_page_again_and_the_help_page_says_so()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: true, Off);
        await visitor.VisitAsync("/guides/money-control/");
        await visitor.LeaveAsync();

        var stands = await visitor.StepAsync(-1);
        await visitor.VisitAsync("/leaving-this-site/");

        Assert.StartsWith(site.Url + "/guides/money-control/", stands, StringComparison.Ordinal);
        Assert.Contains("Without JavaScript the button still opens the weather. But then Back can show our page again, with the words you typed.", await visitor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    /// <summary>What needs a script is not offered without one: no dead field, no dead button.</summary>
    [Theory, InlineData("/find-help/", ".p-finder__form"), InlineData("/search/", ".p-search__form"), InlineData("/professionals/", ".p-filter__form"), InlineData("/my-plan/", "[data-print]")]
    public async Task Nothing_that_needs_a_script_is_offered(string address, string control)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false, Off);
        await visitor.VisitAsync(address);

        Assert.False(await visitor.Page.Locator(control).First.IsVisibleAsync());
    }

    /// <summary>Every place, district and pathway is there to be read.</summary>
    [Fact]
    public async Task Lists_stand_whole_and_the_menus_open()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false, Off);

        await visitor.VisitAsync("/find-help/");
        Assert.True(await visitor.Page.Locator(".p-finder__item").CountAsync() > 10);
        await visitor.Page.ClickAsync(".p-languages summary");
        await visitor.FollowAsync("/pl/find-help/");
        await visitor.VisitAsync("/find-help/");
        await visitor.FollowAsync("/find-help/ashford/");
        Assert.Contains("Ashford", await visitor.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
        await visitor.VisitAsync("/search/");
        Assert.Contains("Search needs JavaScript. The A to Z lists every page.", await visitor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }
}

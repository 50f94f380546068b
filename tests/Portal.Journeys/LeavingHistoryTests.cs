using Xunit;

namespace Portal.Journeys;

/// <summary>QE5, QE6: after leaving, neither Back nor Forward shows anything of the site, whatever the browser keeps.</summary>
public sealed class LeavingHistoryTests(BrowserFixture browsers, SiteFixture site)
{
    /// <summary>QE5, QE6: from four pages deep.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Back_through_every_page_and_Forward_again_never_show_the_site(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached, watched: true);
        await visitor.VisitAsync("/");
        await visitor.FollowAsync("/guides/");
        await visitor.FollowAsync("/guides/money-control/");
        await visitor.FollowAsync("/help-now/");
        Assert.Equal(5, (await visitor.HistoryAsync()).Addresses.Count);
        Assert.NotEmpty(visitor.Seen);

        await visitor.LeaveAsync();

        await AssertNothingIsLeftAsync(visitor, steps: 4);
    }

    /// <summary>QE5, QE6: with words in a field of the page left, and of a page before it.</summary>
    [Theory]
    [InlineData(false, "/my-plan/", "main textarea"), InlineData(true, "/my-plan/", "main textarea")]
    [InlineData(false, "/search/", "#search-words"), InlineData(true, "/search/", "#search-words")]
    [InlineData(false, "/find-help/", "#finder-where"), InlineData(true, "/find-help/", "#finder-where")]
    public async Task Words_typed_here_or_on_the_page_before_never_come_back(bool cached, string address, string field)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached, watched: true);
        await visitor.VisitAsync("/");
        await visitor.VisitAsync(address);
        await visitor.Page.Locator(field).First.FillAsync("Ann in Deal");
        await visitor.FollowAsync("/guides/");
        await visitor.VisitAsync(address);
        await visitor.Page.Locator(field).First.FillAsync("Ann in Deal");

        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.ArriveAsync();

        await AssertNothingIsLeftAsync(visitor, steps: 4);
        await visitor.VisitAsync(address);
        Assert.Empty(await visitor.Page.Locator(field).First.InputValueAsync());
    }

    /// <summary>QE5: whoever leaves twice has two trails behind them.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Leaving_a_second_time_covers_the_first_trail_too(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached, watched: true);
        await visitor.VisitAsync("/");
        await visitor.FollowAsync("/guides/");
        await visitor.LeaveAsync();
        await visitor.VisitAsync("/ur/");
        await visitor.VisitAsync("/my-plan/");

        await visitor.LeaveAsync();

        await AssertNothingIsLeftAsync(visitor, steps: 4);
    }

    /// <summary>QE5: a page kept in the back/forward cache would be painted before any script of it runs.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Not_one_frame_on_the_way_back_is_of_the_site(bool cached)
    {
        await using var pixels = await LeavingPixels.OpenAsync(browsers.Browser);
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached, channels: true);
        foreach (var address in new[] { "/", "/guides/" })
        {
            await visitor.VisitAsync(address);
            await MarkAsync(visitor);
        }

        Assert.True(await pixels.MagentaAsync(await visitor.PaintedAsync()) > 1_000, "The test must be able to see a page.");
        await visitor.VisitAsync("/help-now/");
        await visitor.LeaveAsync();
        await visitor.Page.WaitForTimeoutAsync(300);
        var frames = await visitor.FilmAsync();

        while (await visitor.StepAsync(-1) is not null)
        {
        }

        Assert.NotEmpty(frames);
        foreach (var frame in frames) Assert.Equal(0, await pixels.MagentaAsync(frame));
    }

    /// <summary>QE5: so each step back asks for the page anew, and the guard in it speaks before any word.</summary>
    [Fact]
    public async Task Leaving_throws_every_page_of_the_site_out_of_the_cache()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: true, channels: true);
        foreach (var address in new[] { "/", "/my-plan/", "/help-now/" }) await visitor.VisitAsync(address);
        await visitor.LeaveAsync();

        foreach (var address in new[] { "/my-plan/", "/" })
        {
            visitor.Requests.Clear();
            await visitor.StepAsync(-1);
            Assert.Contains(site.Url + address, visitor.Requests);
        }
    }

    /// <summary>QE5: the history itself keeps addresses, which the help page says; the page left last is gone from it.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task The_page_left_is_taken_out_of_the_tabs_history(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync("/");
        await visitor.FollowAsync("/help-now/");

        await visitor.LeaveAsync();

        var (addresses, current) = await visitor.HistoryAsync();
        Assert.Equal(["about:blank", site.Url + "/", site.Destination.Url], addresses);
        Assert.Equal(2, current);
    }

    private async Task AssertNothingIsLeftAsync(LeavingVisitor visitor, int steps)
    {
        visitor.Seen.Clear();
        var taken = 0;
        foreach (var direction in new[] { -1, 1 })
        {
            while (await visitor.StepAsync(direction) is { } stands)
            {
                taken++;
                Assert.True(
                    stands.StartsWith(site.Destination.Url, StringComparison.Ordinal) || stands.StartsWith("about:blank", StringComparison.Ordinal),
                    $"Step {taken} ({direction}) shows: {stands}");
            }
        }

        Assert.Equal(2 * steps, taken);
        Assert.Empty(visitor.Seen);
        Assert.Single(visitor.Context.Pages);
    }

    // What the cache brings back, it brings back with this.
    private static async Task MarkAsync(LeavingVisitor visitor) => await visitor.Page.EvaluateAsync("""
        () => {
          const mark = document.createElement("div");
          Object.assign(mark.style, { position: "fixed", inset: "0 auto auto 0", width: "200px", height: "200px", background: "rgb(255, 0, 255)", zIndex: 99 });
          document.body.append(mark);
          return new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
        }
        """);
}

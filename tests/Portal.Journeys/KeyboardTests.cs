using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>QE1, QE13 (WCAG 2.4.11): what has the focus is never under the control, and the control is the second thing reached.</summary>
public sealed class KeyboardTests(BrowserFixture browsers, SiteFixture site)
{
    // Where the focus is; with what is wrong about it after a tab, if anything.
    private const string Look = """
        const look = () => {
          const here = document.activeElement;
          if (!here || here === document.body) return "";
          const link = document.getElementById("leave");
          const name = (here.id ? "#" + here.id : here.outerHTML).slice(0, 90);
          if (here === link) return name;
          const a = here.getBoundingClientRect();
          const b = link.getBoundingClientRect();
          const apart = a.right <= b.left || a.left >= b.right || a.bottom <= b.top || a.top >= b.bottom;
          const room = innerHeight - (getComputedStyle(link).position === "fixed" ? b.height : 0);
          const seen = Math.min(a.bottom, innerHeight) - Math.max(a.top, 0);
          // A card as tall as the window cannot help reaching under the foot; it must then fill the rest.
          const hidden = seen < Math.min(a.height, 24) || (!apart && (a.height < room * 0.8 || b.top - a.top < room * 0.5));
          return hidden ? `${name}\t${Math.round(a.top)} to ${Math.round(a.bottom)} with the control at ${Math.round(b.top)} to ${Math.round(b.bottom)}` : name;
        };
        """;

    private const string FocusEach = "() => {" + Look + """
          const faults = [];
          for (const each of document.querySelectorAll("a[href],button,input,select,textarea,summary,[tabindex='0']")) {
            each.focus();
            if (document.activeElement !== each) continue;
            const told = look();
            if (told.includes("\t")) faults.push(told);
          }
          return faults;
        }
        """;

    /// <summary>QE1, QE13: the control comes right after the skip link, and each thing that can have the focus is apart from it, in every window.</summary>
    [Fact]
    public async Task On_every_kind_of_page_the_control_is_reached_second_and_never_lies_over_the_focus()
    {
        await using var context = await ContextAsync(1280, 720);
        var page = await context.NewPageAsync();
        var faults = new List<string>();

        foreach (var address in LeavingPages.English.Concat(LeavingPages.Urdu))
        {
            await page.GotoAsync(site.Url + address);
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("#main", await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal("leave", await page.EvaluateAsync<string>("document.activeElement.id"));
            foreach (var (width, height) in new[] { (1280, 720), (390, 422), (320, 568), (320, 256) })
            {
                await page.SetViewportSizeAsync(width, height);
                faults.AddRange((await page.EvaluateAsync<string[]>(FocusEach)).Select(fault => $"{address} at {width} by {height}: {fault}"));
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count}:\n{string.Join('\n', faults.Take(30))}");
    }

    /// <summary>QE13, with the keyboard itself: forwards through the whole page, and nothing holds the focus fast.</summary>
    [Theory]
    [InlineData("/"), InlineData("/my-plan/"), InlineData("/search/"), InlineData("/ur/contact/")]
    public async Task Tab_walks_through_the_whole_page_and_the_focus_stays_in_sight(string address)
    {
        await using var context = await ContextAsync(320, 568);
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Url + address);
        var expected = await page.EvaluateAsync<int>("""
            () => [...document.querySelectorAll("a[href],button,input,select,textarea,summary")]
              .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest("details:not([open]) > :not(summary)")).length
            """);
        var seen = new List<string>();

        for (var presses = 0; presses < expected + 5; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var told = await page.EvaluateAsync<string>("() => {" + Look + "return look(); }");
            if (told.Length == 0) break;
            Assert.DoesNotContain("\t", told, StringComparison.Ordinal);
            seen.Add(told);
        }

        Assert.InRange(seen.Count, expected, expected + 3); // Chromium also stops at boxes that scroll.
    }

    /// <summary>QE13 from below: the other way the page scrolls the other way.</summary>
    [Fact]
    public async Task Backwards_the_focus_stays_in_sight_too()
    {
        await using var context = await ContextAsync(320, 568);
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Url + "/my-plan/");
        await page.Locator(".p-footer a").Last.FocusAsync();

        for (var presses = 0; presses < 40; presses++)
        {
            await page.Keyboard.PressAsync("Shift+Tab");
            Assert.DoesNotContain("\t", await page.EvaluateAsync<string>("() => {" + Look + "return look(); }"), StringComparison.Ordinal);
        }
    }

    /// <summary>The skip link takes the keyboard along, not only the eye.</summary>
    [Fact]
    public async Task The_skip_link_leads_past_the_navigation()
    {
        await using var context = await ContextAsync(1280, 720);
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Url + "/guides/");

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");

        Assert.True(await page.EvaluateAsync<bool>("!!document.activeElement.closest('main')"));
    }

    private Task<IBrowserContext> ContextAsync(int width, int height) =>
        browsers.Browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce });
}

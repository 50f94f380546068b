using Microsoft.Playwright;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Journeys;

/// <summary>Every control is reached with Tab in the order it is read, and the focus is seen wherever it is.</summary>
public sealed class CmsKeyboardTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
    /// <summary>Numbers what Tab should stop at, in the order of the page.</summary>
    private const string Number = """
        () => [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex="0"],[contenteditable=true]')]
          .filter(each => each.tabIndex >= 0 && !each.disabled && !each.closest('fieldset:disabled') && each.checkVisibility({ visibilityProperty: true }))
          .map((each, number) => each.dataset.stop = number).length
        """;

    /// <summary>Where the focus is, and after a tab what is wrong with how it looks; empty past the last control.</summary>
    private const string Look = """
        () => {
          const at = document.activeElement;
          if (!at || at === document.body) return '';
          if (!at.dataset.stop) return 'unnumbered ' + at.outerHTML.slice(0, 60);
          const style = getComputedStyle(at), box = at.getClientRects()[0];
          const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
          const middle = [Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), box.top + Math.min(box.height / 2, 20)];
          const top = document.elementFromPoint(...middle);
          const clear = top && (at.contains(top) || top.contains(at) || top.closest('label')?.control === at);
          return at.dataset.stop + (ring ? '' : '\tno ring: ' + at.outerHTML.slice(0, 80)) + (clear ? '' : '\thidden: ' + at.outerHTML.slice(0, 80) + ' under ' + top?.outerHTML.slice(0, 40));
        }
        """;

    [Theory]
    [InlineData("/", 1280), InlineData("/documents", 1280), InlineData("/documents", 320), InlineData("/staff", 320), InlineData("/account", 1280), InlineData("EDIT", 1280), InlineData("EDIT", 320)]
    public async Task Tab_walks_through_the_page_in_order_and_the_focus_is_seen(string address, int width)
    {
        var server = await cms.ServerAsync();
        if (address == "EDIT") address = "/documents/edit/" + await server.DocumentAsync($"guides/x-tab-{width}", body: "Words.\n\n::: callout tone=calm\nMore.\n:::\n");
        await using var context = await server.SignInAsync(browsers.Browser, Enum.GetValues<Role>(), new() { ViewportSize = new() { Width = width, Height = 700 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(address);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var count = await page.EvaluateAsync<int>(Number);
        var stops = new List<string>();

        for (var presses = 0; presses < count + 5; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            var told = await page.EvaluateAsync<string>(Look);
            if (told.Length == 0) break;
            if (!told.StartsWith("unnumbered", StringComparison.Ordinal)) stops.Add(told); // Chromium also stops at boxes that scroll.
        }

        Assert.True(count > 5, $"{count} controls.");
        Assert.Equal(Enumerable.Range(0, count).Select(number => number.ToString()), stops);
    }

    [Fact]
    public async Task The_menu_opens_and_closes_by_keyboard_at_320_pixels()
    {
        var server = await cms.ServerAsync();
        await using var context = await server.SignInAsync(browsers.Browser, Enum.GetValues<Role>(), new() { ViewportSize = new() { Width = 320, Height = 640 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/account");

        await page.Locator(".menu").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await page.Locator(".places nav a").First.IsVisibleAsync());
        Assert.Empty(await AxeRun.ViolationsAsync(page));
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Documents", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Escape");

        Assert.False(await page.Locator(".places nav a").First.IsVisibleAsync());
        Assert.Equal("Menu", await page.EvaluateAsync<string>("document.activeElement.textContent"));
    }

    [Fact]
    public async Task Each_control_can_be_told_apart_in_forced_colours()
    {
        var server = await cms.ServerAsync();
        await using var context = await server.SignInAsync(browsers.Browser, Enum.GetValues<Role>(), new() { ForcedColors = ForcedColors.Active, ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/documents");

        var bare = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main button, main .button, main input, main select, .tag')].filter(each => getComputedStyle(each).borderTopStyle === 'none' || parseFloat(getComputedStyle(each).borderTopWidth) < 1).map(each => each.outerHTML.slice(0, 60))
            """);

        Assert.Empty(bare);
    }
}

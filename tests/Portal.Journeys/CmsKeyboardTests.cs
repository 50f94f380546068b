using Portal.Cms.Staff;

using Xunit;

namespace Portal.Journeys;

/// <summary>What the keyboard does on staff pages beyond walking through them, which <see cref="CmsScreens"/> does on every one.</summary>
public sealed class CmsKeyboardTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
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
}

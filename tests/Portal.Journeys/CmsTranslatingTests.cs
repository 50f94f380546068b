using Microsoft.Playwright;

using Portal.Cms.Staff;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>What a translator types beside the English is kept by itself and saved, with the page's script running.</summary>
public sealed class CmsTranslatingTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 30_000 };

    [Fact]
    public async Task A_translation_is_kept_while_it_is_typed_and_keeps_its_state()
    {
        var server = await cms.ServerAsync();
        await server.DocumentAsync("guides/x-side", "Quiet words", "Some **strong** words.\n");
        await using var context = await server.SignInAsync(browsers.Browser, [Role.Translator]);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/translations/edit/ur/guides/x-side");
        await Expect(page.Locator(".ProseMirror")).ToHaveAttributeAsync("dir", "rtl");

        await page.FillAsync("[name='f.title']", "ایک");
        await Expect(Said(page)).ToContainTextAsync("Saved as a draft ", Patient);
        await page.SelectOptionAsync("#state", "needs-review");
        await page.ClickAsync(".savebar button");

        await Expect(page.Locator(".notice")).ToContainTextAsync("Saved.", Patient);
        Assert.Equal("needs-review", await page.InputValueAsync("#state"));
        Assert.Equal("ایک", await page.InputValueAsync("[name='f.title']"));
    }

    [Fact]
    public async Task Interface_words_are_kept_and_saved()
    {
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Translator);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/translations/strings/ur");
        var field = page.Locator(".pair input:not([type=hidden])").First;
        var words = await field.InputValueAsync();

        await field.FillAsync(words + " ");
        await field.FillAsync(words); // They are everybody's: they stay as they are.
        await Expect(Said(page)).ToContainTextAsync("Saved as a draft ", Patient);
        await page.ClickAsync(".savebar button");

        await Expect(page.Locator(".notice")).ToContainTextAsync("Saved.", Patient);
    }

    private static ILocator Said(IPage page) => page.Locator(".savebar [role=status]");
}

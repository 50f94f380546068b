using Microsoft.Playwright;

using Portal.Cms.Staff;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>A translator of Urdu sees English and Urdu, writes Urdu, and reaches nothing else by any address.</summary>
public sealed class CmsTranslatorTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
    private const string English = "pages/will-you-tell/en.md";
    private const string Polish = "pages/will-you-tell/pl.md";

    [Fact]
    public async Task Lists_and_the_matrix_show_one_language_beside_English()
    {
        await using var zara = await CmsPerson.AtAsync(await cms.ServerAsync(), browsers.Browser, "Zara Malik", (Role.Translator, "ur"));
        await zara.OpenAsync("/");
        Assert.Equal(["Documents", "Media", "Translations", "Reviews", "Places", "Bundles", "Calendar", "Site", "Publishing", "Reports"], await zara.Page.Locator("nav[aria-label=Main] a").AllInnerTextsAsync());
        await Expect(zara.Page.Locator(".needs a").Filter(new() { HasText = "behind the English" }).Filter(new() { HasNotText = "Urdu" })).ToHaveCountAsync(0);

        await zara.GoAsync("Documents");
        Assert.Equal(["Any", "en", "ur"], await zara.Field("Language").Locator("option").AllInnerTextsAsync());
        await Expect(zara.Page.GetByRole(AriaRole.Link, new() { Name = "New document" })).ToHaveCountAsync(0);
        await zara.OpenAsync("/documents?q=will-you-tell");
        Assert.Equal(["en", "ur"], (await zara.Page.Locator("tbody td:nth-of-type(2)").AllInnerTextsAsync()).Order(StringComparer.Ordinal));
        await zara.OpenAsync("/documents?language=pl");
        await Expect(zara.Page.Locator("#results")).ToContainTextAsync("No document fits.");

        await zara.GoAsync("Translations");
        Assert.Equal(["Document", "Urdu"], await zara.Page.Locator(".matrix thead th").AllInnerTextsAsync());
        await Expect(zara.Page.Locator("table[aria-labelledby=counts], .list").First.Locator("tbody tr")).ToHaveCountAsync(1);
        await zara.OpenAsync("/translations?language=pl");
        await Expect(zara.Page.Locator(".matrix .tag")).ToHaveCountAsync(0);
        await zara.FollowAsync("Files for agencies");
        Assert.Equal(["ur"], await zara.Page.Locator("#language option").EvaluateAllAsync<string[]>("options => options.map(option => option.value)"));
    }

    [Fact]
    public async Task Another_language_answers_no_address_and_what_is_the_colleagues_is_refused()
    {
        await using var zara = await CmsPerson.AtAsync(await cms.ServerAsync(), browsers.Browser, "Zara Malik", (Role.Translator, "ur"));
        foreach (var address in new[]
        {
            "/translations/edit/pl/will-you-tell", "/translations/strings/pl", "/documents/edit/" + Polish, "/documents/publish/" + Polish, "/documents/history/" + Polish,
            "/documents/share/" + Polish, "/documents/preview-at/" + Polish,
        })
        {
            await zara.OpenAsync(address);
            Assert.True(zara.Status == 404, $"{address} answered {zara.Status}.");
            await Expect(zara.Page.Locator("h1")).ToContainTextAsync("There is no such ");
        }

        foreach (var address in new[] { "/documents/preview/" + Polish, "/documents/checks/" + Polish, "/translations/xliff/pl.xlf", "/translations/xliff/chosen?language=pl&documents=will-you-tell" })
            Assert.Equal(404, (await zara.Page.Context.APIRequest.GetAsync(address)).Status);

        foreach (var address in new[] { "/documents/new", "/staff", "/audit", "/delivery" })
        {
            await zara.OpenAsync(address);
            Assert.True(zara.Status == 403, $"{address} answered {zara.Status}.");
            await Expect(zara.Page.Locator("h1")).ToHaveTextAsync("You may not open this page");
        }
    }

    [Fact]
    public async Task The_English_text_can_be_read_and_neither_typed_in_nor_sent()
    {
        await using var zara = await CmsPerson.AtAsync(await cms.ServerAsync(), browsers.Browser, "Zara Malik", (Role.Translator, "ur"));
        await zara.OpenAsync("/documents/edit/" + English);
        await Expect(zara.Notice).ToHaveTextAsync("You may read this text, not change it.");
        await Expect(zara.Field("Title")).ToBeDisabledAsync();

        await zara.Page.EvaluateAsync("document.querySelector('form.editor > fieldset').disabled = false"); // As a curious hand could.
        await zara.Field("Title").FillAsync("Not hers to write");
        await zara.PressAsync("Save");

        await Expect(zara.Page.Locator("h1")).Not.ToHaveTextAsync("Not hers to write");
        Assert.Equal(403, zara.Status);
        await zara.OpenAsync("/documents/edit/" + English);
        await Expect(zara.Field("Title")).Not.ToHaveValueAsync("Not hers to write");
        await zara.OpenAsync("/documents/publish/" + English);
        await Expect(zara.Page.Locator("main form")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Their_own_language_is_written_saved_and_submitted()
    {
        var server = await cms.ServerAsync();
        await server.DocumentAsync("guides/x-translator", "A page to translate", "You can talk to someone.\n");
        await using var zara = await CmsPerson.AtAsync(server, browsers.Browser, "Zara Malik", (Role.Translator, "ur"));
        await zara.OpenAsync("/translations/edit/ur/guides/x-translator");

        await zara.PressAsync("Copy English");
        await Expect(zara.Words(0)).ToHaveTextAsync("You can talk to someone.");
        await zara.TypeAsync(zara.Words(0), "آپ کسی سے بات کر سکتے ہیں۔", over: true);
        await Expect(zara.Page.Locator("#saying")).ToContainTextAsync("Saved as a draft", new() { Timeout = 20_000 });
        await zara.Field("Title in Urdu").FillAsync("ترجمے کا صفحہ");
        await zara.PressAsync("Save");
        await Expect(zara.Notice).ToHaveTextAsync("Saved.", new() { Timeout = 20_000 });
        await Expect(zara.Words(0)).ToHaveTextAsync("آپ کسی سے بات کر سکتے ہیں۔");
        await Expect(zara.Words(0)).ToHaveAttributeAsync("dir", "rtl");
        await Expect(zara.Page.Locator(".bar .tag")).ToHaveTextAsync("in translation (2 of 4 parts to do)");

        await zara.OpenAsync("/translations/strings/ur");
        await zara.PressAsync("Save");
        await Expect(zara.Notice).ToHaveTextAsync("Saved.", new() { Timeout = 20_000 });
    }
}

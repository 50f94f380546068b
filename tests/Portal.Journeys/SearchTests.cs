using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>Search: its words are looked up on the device and stay there.</summary>
public sealed class SearchTests(BrowserFixture browsers, SiteFixture site)
{
    private const string Results = ".p-search__results a";

    [Theory]
    [InlineData("money", "/guides/money-control/")]
    [InlineData("moeny", "/guides/money-control/")]
    [InlineData("mony", "/guides/money-control/")]
    [InlineData("MONEY control", "/guides/money-control/")]
    [InlineData("stalking", "/guides/unwanted-contact/")]
    [InlineData("pet", "/guides/pets/")]
    public async Task A_word_also_one_with_a_slip_finds_its_page(string typed, string address)
    {
        await using var visitor = await VisitAsync();

        await visitor.Page.FillAsync("#search-words", typed);
        await visitor.Page.WaitForSelectorAsync(Results);

        Assert.Contains(address, (await AddressesAsync(visitor)).Take(5));
    }

    [Fact]
    public async Task How_many_were_found_is_said_aloud_once_the_typing_rests()
    {
        await using var visitor = await VisitAsync();

        await visitor.Page.FillAsync("#search-words", "money");
        var status = visitor.Page.Locator(".p-search__status[role=status]");
        await Assertions.Expect(status).ToContainTextAsync("found");
        var said = int.Parse((await status.InnerTextAsync()).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal((await AddressesAsync(visitor)).Count, said);
    }

    [Fact]
    public async Task Nothing_found_names_another_way()
    {
        await using var visitor = await VisitAsync();

        await visitor.Page.FillAsync("#search-words", "qqqqzzzz");

        await Assertions.Expect(visitor.Page.Locator(".p-search__status")).ToHaveTextAsync("Nothing found. Try another word, or look in the A to Z.");
        Assert.Empty(await AddressesAsync(visitor));
        await visitor.FollowAsync("/a-to-z/");
    }

    [Fact]
    public async Task It_works_by_keyboard_alone()
    {
        await using var visitor = await VisitAsync();
        var keyboard = visitor.Page.Keyboard;
        await visitor.Page.FocusAsync("#search-words");
        await keyboard.TypeAsync("home");
        await visitor.Page.WaitForSelectorAsync(Results);
        var addresses = await AddressesAsync(visitor);

        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("ArrowDown");
        Assert.Equal(addresses[1], await visitor.Page.EvaluateAsync<string>("document.activeElement.pathname"));
        await keyboard.PressAsync("ArrowUp");
        await keyboard.PressAsync("ArrowUp");
        Assert.Equal("search-words", await visitor.Page.EvaluateAsync<string>("document.activeElement.id"));
        await keyboard.PressAsync("Enter");
        Assert.Equal(addresses[0], await visitor.Page.EvaluateAsync<string>("document.activeElement.pathname"));
        await keyboard.PressAsync("Enter");

        await Assertions.Expect(visitor.Page).ToHaveURLAsync(site.Url + addresses[0]);
    }

    /// <summary>QE22, QE8: one fetch of the whole index, the same for everybody.</summary>
    [Fact]
    public async Task The_words_reach_no_address_no_storage_and_no_request()
    {
        await using var visitor = await VisitAsync();
        visitor.Requests.Clear();

        foreach (var words in new[] { "money", "threat", "qqqqzzzz" }) await visitor.Page.FillAsync("#search-words", words);
        await visitor.Page.FillAsync("#search-words", "pets");
        await visitor.Page.WaitForSelectorAsync(Results);
        await visitor.Page.Keyboard.PressAsync("Enter");

        Assert.Matches(@"/assets/index-en\.[0-9a-f]{8}\.json$", Assert.Single(visitor.Requests));
        Assert.Equal(site.Url + "/search/", visitor.Page.Url);
        Assert.Equal("{}{}null", await visitor.Page.EvaluateAsync<string>("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + JSON.stringify(history.state)"));
        Assert.Equal(0, await visitor.Page.Locator("main [name]").CountAsync());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_words_and_what_they_found_go_when_the_page_goes(bool cached)
    {
        await using var visitor = await VisitAsync(cached);
        await visitor.Page.FillAsync("#search-words", "money");
        await visitor.Page.ClickAsync(Results + ">> nth=0");
        await Assertions.Expect(visitor.Page).Not.ToHaveURLAsync(site.Url + "/search/");

        await visitor.StepAsync(-1);

        Assert.Equal("0", await visitor.AskAsync("document.querySelector('#search-words').value + document.querySelectorAll('.p-search__results a').length"));
    }

    [Fact]
    public async Task Without_the_index_it_says_so()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.Context.RouteAsync("**/index-*.json", route => route.AbortAsync());
        await visitor.VisitAsync("/search/");

        await visitor.Page.FillAsync("#search-words", "money");

        await Assertions.Expect(visitor.Page.Locator(".p-search__status")).ToHaveTextAsync("The list of pages did not load. The A to Z has every page.");
    }

    /// <summary>The index of each language, with the page's own search: letters with and without their accents, and other forms of one letter.</summary>
    [Theory]
    [InlineData("pl", "tłumacze", "/pl/interpreters/"), InlineData("pl", "tlumacze", "/pl/interpreters/"), InlineData("pl", "prywatnosc", "/pl/privacy/")]
    [InlineData("ur", "رازداری", "/ur/privacy/"), InlineData("ur", "رازداري", "/ur/privacy/"), InlineData("ur", "ترجمان", "/ur/interpreters/")]
    public async Task The_index_of_a_language_answers_in_that_language(string language, string typed, string address)
    {
        await using var context = await browsers.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var script = await File.ReadAllTextAsync(Path.Combine(SiteFixture.Repository, "theme", "Components", "SearchBox", "search.js"), TestContext.Current.CancellationToken);
        var index = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(site.Output, "assets"), $"index-{language}.*.json").Single(), TestContext.Current.CancellationToken);
        await page.AddScriptTagAsync(new() { Type = "module", Content = script + "\nglobalThis.find = (rows, words) => search(prepare(JSON.parse(rows)), words).map((page) => page.url);" });
        await page.UntilAsync("globalThis.find");

        var found = await page.EvaluateAsync<string[]>("([rows, words]) => find(rows, words)", new[] { index, typed });

        Assert.Contains(address, found.Take(3));
    }

    /// <summary>Where a language has no page for it, the English one is found and read aloud as English.</summary>
    [Theory, InlineData("pl", "tlumacze"), InlineData("ur", "ترجمان")]
    public async Task Another_language_finds_its_own_pages_and_marks_the_English_ones(string language, string typed)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.VisitAsync($"/{language}/help-now/");
        await visitor.Page.ClickAsync($"header a.p-tool[href='/{language}/search/']");

        await visitor.Page.FillAsync("#search-words", typed);
        await Assertions.Expect(visitor.Page.Locator($".p-search__results li:not([lang]) a[href='/{language}/interpreters/']")).ToBeVisibleAsync();
        await visitor.Page.FillAsync("#search-words", "money");

        await Assertions.Expect(visitor.Page.Locator(".p-search__results li[lang='en-GB'][dir=ltr] a[hreflang='en-GB'][href='/guides/money-control/']")).ToBeVisibleAsync();
    }

    private async Task<LeavingVisitor> VisitAsync(bool cached = false)
    {
        var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync("/search/");
        return visitor;
    }

    private static async Task<IReadOnlyList<string>> AddressesAsync(LeavingVisitor visitor) =>
        await visitor.Page.Locator(Results).EvaluateAllAsync<string[]>("links => links.map((link) => link.pathname)");
}

using System.Text.Json;

using Xunit;

namespace Portal.Journeys;

/// <summary>QE8, QE16, QE22: nothing is kept on the device, nothing is told to anybody, nothing stands in the address.</summary>
public sealed class StorageTests(BrowserFixture browsers, SiteFixture site)
{
    private const string Kept = """
        (async () => JSON.stringify({
          cookie: document.cookie,
          local: localStorage.length,
          session: sessionStorage.length,
          databases: (await indexedDB.databases()).length,
          caches: (await caches.keys()).length,
          workers: (await navigator.serviceWorker.getRegistrations()).length,
          used: (await navigator.storage.estimate()).usage,
          name: window.name,
          state: history.state,
        }))()
        """;

    /// <summary>QE8, QE16, QE22: after a long visit with everything used.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task After_a_long_visit_the_browser_has_kept_nothing_and_told_nobody(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);

        foreach (var address in LeavingPages.English.Concat(LeavingPages.Urdu)) await visitor.VisitAsync(address);
        await UseAsync(visitor);

        Assert.Equal(
            """{"cookie":"","local":0,"session":0,"databases":0,"caches":0,"workers":0,"used":0,"name":"","state":null}""",
            await visitor.Page.EvaluateAsync<string>(Kept));
        Assert.Empty(await visitor.Context.CookiesAsync());
        Assert.Empty(JsonDocument.Parse(await visitor.Context.StorageStateAsync()).RootElement.GetProperty("origins").EnumerateArray());
        Assert.All(visitor.Requests, url => Assert.StartsWith(site.Url + "/", url, StringComparison.Ordinal));
        Assert.All(visitor.Requests, url => Assert.DoesNotContain('?', url));
        Assert.DoesNotContain(visitor.Requests, url => url.Contains("Deal", StringComparison.OrdinalIgnoreCase) || url.Contains("threat", StringComparison.OrdinalIgnoreCase));
        Assert.Single(visitor.Context.Pages);
    }

    /// <summary>QE8: the one exception is the flag of somebody who left.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task After_leaving_only_the_flag_is_there_and_no_cookie(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync("/my-plan/");
        await visitor.Page.Locator("textarea").First.FillAsync("Ann in Deal");

        await visitor.LeaveAsync();

        Assert.Empty(await visitor.Context.CookiesAsync());
        Assert.DoesNotContain("Ann", await visitor.Context.StorageStateAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Requests, url => url.Contains("Ann", StringComparison.Ordinal));
    }

    /// <summary>QE8: the page that tells about cookies tells the truth about the flag.</summary>
    [Fact]
    public async Task The_cookies_page_names_the_one_entry()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.VisitAsync("/cookies/");

        var words = await visitor.Page.InnerTextAsync("main");

        Assert.Contains("The mark is called “v”. It holds the address of the weather page, and nothing else.", words, StringComparison.Ordinal);
        Assert.Contains("session storage", words, StringComparison.Ordinal);
    }

    // Everything on the site that takes a word or a choice.
    private static async Task UseAsync(LeavingVisitor visitor)
    {
        var page = visitor.Page;
        await visitor.VisitAsync("/find-help/");
        await page.FillAsync("#finder-where", "Deal");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".p-finder__distance:not([hidden])");
        await page.CheckAsync("[data-filter=type]");
        await visitor.VisitAsync("/search/");
        await page.FillAsync("#search-words", "threat");
        await page.WaitForSelectorAsync(".p-search__results a");
        await visitor.VisitAsync("/professionals/");
        await page.SelectOptionAsync(".p-filter__form select >> nth=0", "housing");
        await visitor.VisitAsync("/my-plan/");
        await page.Locator("textarea").First.FillAsync("Ann in Deal");
        await page.Locator("main input[type=checkbox]").First.CheckAsync();
        await visitor.VisitAsync("/is-this-happening/");
        foreach (var box in await page.Locator("main input[type=checkbox]").AllAsync()) await box.CheckAsync();
        await page.ClickAsync(".p-languages summary");
    }
}

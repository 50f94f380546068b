using System.Diagnostics;

using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>Somebody who reads what a CMS has published, each time as on a first visit.</summary>
internal sealed class CmsVisitor(CmsServer server, IBrowser browser) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private IBrowserContext? context;

    public IPage Page { get; private set; } = null!; // Set by the first visit.

    /// <summary>Status and address that a visit ended with.</summary>
    public (int Status, string Address) Came { get; private set; }

    public async ValueTask DisposeAsync()
    {
        if (context is not null) await context.DisposeAsync();
    }

    /// <summary>Opens an address of the public site.</summary>
    public async Task OpenAsync(string address)
    {
        await DisposeAsync();
        context = await browser.NewContextAsync(new() { BaseURL = server.SiteUrl, ReducedMotion = ReducedMotion.Reduce });
        Page = await context.NewPageAsync();
        var answer = await Page.GotoAsync(address);
        Came = (answer!.Status, Page.Url[server.SiteUrl.Length..]); // Null only for an address on the same page.
    }

    /// <summary>Opens an address again and again until it answers so: a publication takes a moment.</summary>
    public async Task<IPage> UntilAsync(string address, Func<IPage, Task<bool>> holds)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            try
            {
                await OpenAsync(address);
                if (await holds(Page)) return Page;
            }
            catch (PlaywrightException error) when (error.Message.Contains("ERR_CONNECTION_REFUSED", StringComparison.Ordinal) && clock.Elapsed < Patience)
            {
                continue; // Nothing was published yet.
            }

            if (clock.Elapsed > Patience) Assert.Fail($"{address} ended as {Came}: {await Page.InnerTextAsync("main")}");
        }
    }

    /// <summary>The page, once it is there and says this.</summary>
    public Task<IPage> SeesAsync(string address, string words) => UntilAsync(address, async page => Came.Status == 200 && (await page.InnerTextAsync("main")).Contains(words, StringComparison.Ordinal));

    /// <summary>Waits until the address leads to another page.</summary>
    public Task<IPage> IsLedAsync(string address, string to) => UntilAsync(address, _ => Task.FromResult(Came == (200, to)));

    /// <summary>Addresses that the search of the site finds for some words.</summary>
    public async Task<IReadOnlyList<string>> FindsAsync(string words)
    {
        await OpenAsync("/search/");
        await Page.FillAsync("#search-words", words);
        await Assertions.Expect(Page.Locator(".p-search__status")).ToContainTextAsync("ound", new() { Timeout = 20_000 }); // "1 found", "Nothing found".
        return await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.p-search__results a')].map(link => link.pathname)");
    }

    /// <summary>A file as text.</summary>
    public async Task<string> ReadAsync(string address)
    {
        if (context is null) await OpenAsync("/");
        return await (await context!.APIRequest.GetAsync(server.SiteUrl + address)).TextAsync();
    }
}

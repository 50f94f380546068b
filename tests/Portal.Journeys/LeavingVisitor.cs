using System.Collections.Concurrent;
using System.Text.Json;

using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>
/// Somebody with one tab on the site. Reads the tab through the DevTools protocol as well, because a page's own calls
/// block while it leaves, and because only there can the whole history be seen.
/// </summary>
internal sealed class LeavingVisitor : IAsyncDisposable
{
    private const int LooksBeforeSettled = 80;
    private const int LooksAtOurs = 12;
    private const int LooksBeforeLost = 250;
    private const int MillisecondsBetweenLooks = 40;

    // Tells every change of what could be read on a page of the site, frame by frame: a flash on the way back is a leak too.
    private const string Watch = """
        (() => {
          if (location.origin !== "SITE") return;
          let last = "";
          const look = () => {
            const root = document.documentElement;
            const shown = root && !root.hidden && getComputedStyle(root).visibility !== "hidden";
            const typed = () => [...document.querySelectorAll("input,textarea")].map((field) => field.type === "checkbox" ? "" : field.value);
            const words = shown ? [root.innerText, ...typed()].join(" ").trim() : "";
            if (words && words !== last) window.told(location.pathname + " " + words.slice(0, 80));
            last = words;
          };
          const everyFrame = () => {
            look();
            requestAnimationFrame(everyFrame);
          };
          everyFrame();
          addEventListener("pageshow", look);
        })();
        """;

    private readonly SiteFixture site;
    private readonly ICDPSession tab;

    private LeavingVisitor(SiteFixture site, IBrowserContext context, IPage page, ICDPSession tab)
    {
        this.site = site;
        Context = context;
        Page = page;
        this.tab = tab;
        context.Request += (_, request) => Requests.Enqueue(request.Url);
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public ILocator Control => Page.Locator("#leave");

    public ILocator Status => Page.Locator("#leave-status");

    /// <summary>Every request of the tab so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What could be read on pages of the site, where they are watched.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    /// <param name="cached">True for the browser with the back/forward cache on.</param>
    /// <param name="channels">False to take away what throws pages out of the cache on leaving, as older browsers lack it: the harder case.</param>
    /// <param name="watched">True to fill <see cref="Seen"/>.</param>
    public static async Task<LeavingVisitor> ComeAsync(BrowserFixture browsers, SiteFixture site, bool cached, BrowserNewContextOptions? options = null, bool watched = false, bool channels = false)
    {
        var context = await (cached ? browsers.CachingBrowser : browsers.Browser).NewContextAsync(options);
        var page = await context.NewPageAsync();
        var visitor = new LeavingVisitor(site, context, page, await context.NewCDPSessionAsync(page));
        if (!channels) await context.AddInitScriptAsync("delete window.BroadcastChannel;");
        if (!watched) return visitor;

        await context.ExposeBindingAsync("told", (BindingSource _, string words) => visitor.Seen.Enqueue(words));
        await context.AddInitScriptAsync(Watch.Replace("SITE", site.Url, StringComparison.Ordinal));
        return visitor;
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    /// <summary>A visit as if the address had been typed.</summary>
    public Task<IResponse?> VisitAsync(string address) => Page.GotoAsync(site.Url + address);

    /// <summary>A visit by a link on the page.</summary>
    public async Task FollowAsync(string address)
    {
        await Page.Locator($"a[href='{address}']").First.ClickAsync();
        await ArriveAsync(site.Url + address);
    }

    /// <summary>Waits until the tab is at the destination.</summary>
    public Task ArriveAsync() => ArriveAsync(site.Destination.Url);

    public async Task LeaveAsync()
    {
        await Control.ClickAsync();
        await ArriveAsync();
    }

    /// <summary>True where the page still stands there whole. Leaving empties it at once, so there is nothing to wait for.</summary>
    public async Task<bool> StaysAsync() =>
        Page.Url.StartsWith(site.Url, StringComparison.Ordinal) && await Page.EvaluateAsync<bool>("() => !document.documentElement.hidden && document.body.innerText.length > 200");

    /// <summary>A screenshot of what the tab shows at this moment, as base64, also while a page loads.</summary>
    public async Task<string> PaintedAsync() =>
        (await tab.SendAsync("Page.captureScreenshot"))!.Value.GetProperty("data").GetString()!;

    /// <summary>Title and address of the tab as the browser knows them, also while a page loads.</summary>
    public async Task<(string Title, string Url)> NamedAsync()
    {
        var target = (await tab.SendAsync("Target.getTargetInfo"))!.Value.GetProperty("targetInfo");
        return (target.GetProperty("title").GetString()!, target.GetProperty("url").GetString()!);
    }

    /// <summary>The value of an expression in the page that stands now. Waits where the next one is on its way.</summary>
    public async Task<string> AskAsync(string expression)
    {
        var answer = await tab.SendAsync("Runtime.evaluate", new Dictionary<string, object> { ["expression"] = expression, ["returnByValue"] = true });
        var result = answer!.Value.GetProperty("result");
        return result.TryGetProperty("value", out var value) ? value.ToString() : throw new InvalidOperationException(result.ToString());
    }

    /// <summary>Collects every frame that Chromium paints from now on, as base64.</summary>
    public async Task<ConcurrentQueue<string>> FilmAsync()
    {
        var frames = new ConcurrentQueue<string>();
        tab.Event("Page.screencastFrame").OnEvent += async (_, frame) =>
        {
            frames.Enqueue(frame!.Value.GetProperty("data").GetString()!);
            await tab.SendAsync("Page.screencastFrameAck", new Dictionary<string, object> { ["sessionId"] = frame.Value.GetProperty("sessionId").GetInt32() });
        };
        await tab.SendAsync("Page.startScreencast", new Dictionary<string, object> { ["format"] = "png" });
        return frames;
    }

    /// <summary>Addresses in the tab's history, and which of them stands now.</summary>
    public async Task<(IReadOnlyList<string> Addresses, int Current)> HistoryAsync()
    {
        var (entries, current) = await EntriesAsync();
        return ([.. entries.Select(entry => entry.GetProperty("url").GetString()!)], current);
    }

    /// <summary>One step as the browser's own button takes it.</summary>
    /// <returns>Address and words of the page that then stands, or null where there is no step left.</returns>
    public async Task<string?> StepAsync(int direction)
    {
        var (entries, current) = await EntriesAsync();
        if (current + direction < 0 || current + direction >= entries.Count) return null;

        await tab.SendAsync("Page.navigateToHistoryEntry", new Dictionary<string, object> { ["entryId"] = entries[current + direction].GetProperty("id").GetInt32() });
        return await SettleAsync();
    }

    // Asked again and again: the driver's own waiting can miss an arrival that comes while it begins to wait.
    private async Task ArriveAsync(string url)
    {
        for (var looks = 0; looks < LooksBeforeLost && Page.Url != url; looks++) await Task.Delay(MillisecondsBetweenLooks, TestContext.Current.CancellationToken);
        Assert.Equal(url, Page.Url);
        await Page.UntilAsync("document.readyState === 'complete'");
    }

    private async Task<(IReadOnlyList<JsonElement> Entries, int Current)> EntriesAsync()
    {
        var history = (await tab.SendAsync("Page.getNavigationHistory"))!.Value;
        return ([.. history.GetProperty("entries").EnumerateArray()], history.GetProperty("currentIndex").GetInt32());
    }

    private async Task<string> SettleAsync()
    {
        var last = string.Empty;
        var same = 0;
        for (var looks = 0; looks < LooksBeforeSettled; looks++)
        {
            await Task.Delay(MillisecondsBetweenLooks, TestContext.Current.CancellationToken);
            var now = await LookAsync();
            same = now == last && now.Contains(" complete ", StringComparison.Ordinal) ? same + 1 : 0;
            // A page of the site may be about to give way to the destination.
            if (same >= (now.StartsWith(site.Url, StringComparison.Ordinal) ? LooksAtOurs : 1)) return now;
            last = now;
        }

        return last;
    }

    private async Task<string> LookAsync()
    {
        try
        {
            return await AskAsync("`${location.href} ${document.readyState} ${document.documentElement ? document.documentElement.innerText : ''}`");
        }
        catch (PlaywrightException)
        {
            return string.Empty; // Between two pages there is nothing to ask.
        }
    }
}

using System.Collections.Concurrent;
using System.IO.Compression;

using Microsoft.Playwright;

using Portal.Content.Languages;

namespace Portal.Journeys;

/// <summary>What a browser did when it first showed a page.</summary>
/// <param name="Address">Address with its language.</param>
/// <param name="Bytes">HTML, style sheets and scripts, compressed as well as a host can.</param>
/// <param name="Requests">Answers it got.</param>
/// <param name="Faults">Whatever it should not have done, each as a sentence that begins with the address.</param>
internal sealed record FirstView(string Address, int Bytes, int Requests, IReadOnlyCollection<string> Faults);

/// <summary>Shows pages to a fresh browser each, and writes down what it fetched, kept and complained about.</summary>
public sealed class FirstViews
{
    /// <summary>What the page left in the browser.</summary>
    internal const string Kept = "[document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(Boolean)";

    private const string Watch = "document.addEventListener('securitypolicyviolation', event => (self.refused ??= []).push(event.violatedDirective + ' ' + event.blockedURI));";

    private readonly BrowserFixture browsers;
    private readonly SiteFixture site;
    private readonly Lazy<Task<IReadOnlyCollection<FirstView>>> all;

    public FirstViews(BrowserFixture browsers, SiteFixture site)
    {
        (this.browsers, this.site) = (browsers, site);
        all = new(() => LookAtAsync([.. Languages.SelectMany(new HtmlPages(site).KindsIn).Select(page => page.Address)]));
    }

    /// <summary>The words differ from language to language, what a browser does with them from script to script.</summary>
    private static IEnumerable<Language> Languages => HtmlPages.Map.Edition.Languages.Where(language => language.IsBase || language.IsSimple || language.Code is "uk" or "ur");

    /// <summary>Each page kind in English, its simple version, Ukrainian and Urdu, looked at once for all tests.</summary>
    internal Task<IReadOnlyCollection<FirstView>> AllAsync() => all.Value;

    /// <summary>Several at once; with <paramref name="planted"/> words in the place of the page's own.</summary>
    internal async Task<IReadOnlyCollection<FirstView>> LookAtAsync(IReadOnlyList<string> addresses, string? planted = null)
    {
        var views = new ConcurrentBag<FirstView>();
        await Parallel.ForEachAsync(addresses, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount) }, async (address, _) =>
            views.Add(await LookAtAsync(address, planted)));
        return views;
    }

    private async Task<FirstView> LookAtAsync(string address, string? planted)
    {
        var faults = new ConcurrentQueue<string>();
        var responses = new ConcurrentQueue<IResponse>();
        await using var context = await browsers.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") faults.Enqueue($"{address} said {message.Text}");
        };
        page.PageError += (_, error) => faults.Enqueue($"{address} threw {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.Url + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) faults.Enqueue($"{address} asked {request.Url}");
        };
        page.Response += (_, response) =>
        {
            responses.Enqueue(response);
            if (!response.Ok) faults.Enqueue($"{address} got {response.Status} for {response.Url}");
        };
        await page.AddInitScriptAsync(Watch);
        if (planted is not null) await page.RouteAsync("**" + address, route => PlantAsync(route, planted));

        await page.GotoAsync(site.Url + address, new() { WaitUntil = WaitUntilState.NetworkIdle });

        foreach (var refused in await page.EvaluateAsync<string[]>("self.refused ?? []")) faults.Enqueue($"{address} was refused {refused}");
        foreach (var kept in await page.EvaluateAsync<string[]>(Kept)) faults.Enqueue($"{address} kept {kept}");
        var bytes = 0;
        foreach (var response in responses.Where(response => response.Ok && response.Request.ResourceType is "document" or "stylesheet" or "script"))
            bytes += Compressed(await response.BodyAsync());
        return new(address, bytes, responses.Count, faults);
    }

    /// <summary>As the real page comes, with its own headers, but other words.</summary>
    private async Task PlantAsync(IRoute route, string html)
    {
        var home = await route.FetchAsync(new() { Url = site.Url + "/" });
        await route.FulfillAsync(new() { Response = home, Body = html });
    }

    /// <summary>Bytes on the wire where the host compresses as well as it can.</summary>
    private static int Compressed(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(bytes);
        return (int)compressed.Length;
    }
}

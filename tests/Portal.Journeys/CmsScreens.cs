using System.Collections.Concurrent;
using System.Text.RegularExpressions;

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

using NodaTime;

using Portal.Cms.Bundles;
using Portal.Cms.Referrals;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Journeys;

/// <summary>What a browser saw of one staff screen.</summary>
/// <param name="Bytes">On the wire with an empty cache, rich text and the reader left out.</param>
/// <param name="Faults">Whatever is wrong, each as a sentence that begins with the address.</param>
internal sealed record CmsScreen(string Address, long Bytes, IReadOnlyCollection<string> Faults);

/// <summary>Every staff screen, by the routes of the running CMS, looked at once for all tests: wide and light, narrow and dark.</summary>
public sealed partial class CmsScreens
{
    /// <summary>Notes what the page's policy refused it, from its beginning.</summary>
    internal const string Watch = "document.addEventListener('securitypolicyviolation', event => (self.refused ??= []).push(event.violatedDirective + ' ' + event.blockedURI));";

    private static readonly ViewportSize Wide = new() { Width = 1280, Height = 900 };

    private static readonly ViewportSize Narrow = new() { Width = 320, Height = 640 };

    private static readonly Guid BundleId = new("0193a5b0-0000-7000-8000-000000000001");

    private static readonly Guid MessageId = new("6f1c8f0e-5b1d-4c55-9c0a-2b8d6a7e4f10");

    private static readonly Role[] Everything = Enum.GetValues<Role>();

    /// <summary>What stands for a route's parameter; a route that needs another has a line of its own.</summary>
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["Path"] = "pages/guides/leaving-home/en.md",
        ["Language"] = "ur",
    };

    /// <summary>Routes whose parameter means something else than <see cref="Parameters"/> say, with an address.</summary>
    private static readonly Dictionary<string, string> Routes = new()
    {
        ["/media/file/{*Path}"] = "/media/file/pictures/bench.png",
        ["/data/{*File}"] = "/data/bank-holidays.yaml",
        ["/translations/edit/{Code}/{*Document}"] = "/translations/edit/ur/guides/leaving-home",
        ["/translations/strings/{Code}"] = "/translations/strings/pl",
        ["/bundles/{Id:guid}"] = $"/bundles/{BundleId}",
        ["/referrals/{Id:guid}/acts"] = $"/referrals/{MessageId}/acts",
        ["/referrals/{Id:guid}"] = $"/referrals/{CmsReferrals.Message}",
    };

    /// <summary>Further states of screens, beside one of each.</summary>
    private static readonly string[] More =
    [
        "/documents?q=no-such-words", "/documents/edit/pages/will-you-tell/ur.md?whole=yes", "/documents/edit/pages/places/ashford-council-housing/en.md",
        "/documents/edit/pages/lines/vs-24h/en.md", "/documents/edit/pages/no-such-thing/en.md", "/no-such-page", "/referrals/figures?quarter=2026-Q4",
        "/translations/strings/pl?part=form", "/referrals?state=Closed", $"/referrals/{CmsReferrals.ForOthers}",
    ];

    private readonly BrowserFixture browsers;
    private readonly CmsBrowserFixture cms;
    private readonly Lazy<Task<IReadOnlyCollection<CmsScreen>>> all;

    public CmsScreens(BrowserFixture browsers, CmsBrowserFixture cms)
    {
        (this.browsers, this.cms) = (browsers, cms);
        all = new(LookAtAllAsync);
    }

    internal Task<IReadOnlyCollection<CmsScreen>> AllAsync() => all.Value;

    /// <summary>An address for each route that is a page; a route that cannot be filled in stands as it is, in braces.</summary>
    internal static async Task<IReadOnlyList<(string Address, bool IsOpen)>> AddressesAsync(CmsServer server)
    {
        var person = await server.PersonAsync(Role.Author);
        await server.WithDatabaseAsync(async database =>
        {
            if (await database.Set<Bundle>().FindAsync(BundleId) is null) database.Add(new Bundle { Id = BundleId, Name = "Winter campaign" });
            if (await database.Set<Referral>().FindAsync(MessageId) is null)
            {
                var at = Instant.FromDateTimeOffset(server.Clock.GetUtcNow());
                database.Add(new Referral { Id = MessageId, Reference = "7K3M9QWX", KeySet = "set", Readers = string.Empty, Received = at, SizeClass = 4, Group = ReferralGroup.Team, Urgent = true, State = ReferralState.InProgress, OpenedAt = at });
                database.Add(new ContactAttempt { Id = RandomKey.New(), ReferralId = MessageId, At = at, By = person.Id, Channel = ContactChannel.Referrer, Outcome = ContactOutcome.NoAnswer });
            }

            return await database.SaveChangesAsync();
        });
        await CmsReferrals.AddAsync(server);
        return [.. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(endpoint => (Fill(endpoint.RoutePattern.RawText!, person.Id), endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null))
            .Distinct().OrderBy(each => each.Item1, StringComparer.Ordinal)];
    }

    private static string Fill(string route, Guid person) => Routes.GetValueOrDefault(route) ?? Parameter().Replace("/" + route.TrimStart('/'), found =>
        (route.StartsWith("/staff/", StringComparison.Ordinal) ? person.ToString() : Parameters.GetValueOrDefault(found.Groups["name"].Value)) ?? found.Value);

    private async Task<IReadOnlyCollection<CmsScreen>> LookAtAllAsync()
    {
        var server = await cms.ServerAsync();
        await (await server.SignInAsync(browsers.Browser, Everything)).DisposeAsync(); // Whoever looks has a key.
        var addresses = await AddressesAsync(server);
        var waiting = new ConcurrentQueue<(string Address, bool IsOpen)>(addresses.Concat(More.Select(address => (address, false))));
        var seen = new ConcurrentBag<CmsScreen>();
        await Task.WhenAll(Enumerable.Range(0, Math.Max(2, Environment.ProcessorCount)).Select(async _ =>
        {
            while (waiting.TryDequeue(out var next))
            {
                await using var context = await server.SignInAsync(browsers.Browser, next.IsOpen ? [] : Everything, new() { ViewportSize = Wide });
                seen.Add(await LookAtAsync(await context.NewPageAsync(), next.Address));
            }
        }));
        return seen;
    }

    /// <summary>Opens a page once, wide and light, and then makes it narrow and dark: what a server sends is the same for both.</summary>
    internal static async Task<CmsScreen> LookAtAsync(IPage page, string address)
    {
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        if (address.Contains('{', StringComparison.Ordinal)) return new(address, 0, [$"{address} has a parameter nobody gave an example for: add it to {nameof(CmsScreens)}.{nameof(Parameters)} or {nameof(Routes)}"]);
        var faults = new ConcurrentQueue<string>();
        var answers = new ConcurrentQueue<IResponse>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("with a status of 4", StringComparison.Ordinal)) faults.Enqueue($"{address} said {message.Text}");
        };
        page.PageError += (_, error) => faults.Enqueue($"{address} threw {error}");
        page.Response += (_, answer) => answers.Enqueue(answer);
        await page.AddInitScriptAsync(Watch);

        var response = await page.GotoAsync(address); // Until it has loaded, and with it every script it begins with.
        if (response is not null) foreach (var fault in CmsPlainHtml.Faults(await response.TextAsync())) faults.Enqueue($"{address} without script {fault}");
        if (response is not { Status: 200 or 404 or 410 }) faults.Enqueue($"{address} answered {response?.Status}");
        if (response?.Status == 404 && !address.Contains("no-such", StringComparison.Ordinal) && address != "/not-found") faults.Enqueue($"{address} is not there: its example leads nowhere");
        foreach (var violation in await AxeRun.ViolationsAsync(page)) faults.Enqueue($"{address} breaks {violation}");
        if (await page.Locator("h1").CountAsync() != 1) faults.Enqueue($"{address} has not one h1");

        // Tab goes by the order of the HTML, wide and narrow; two columns and the rail are walked through as well.
        foreach (var fault in await FaultsOfLookAsync(page, address == "/" || address.Contains("/edit/", StringComparison.Ordinal))) faults.Enqueue($"{address} at 1280 {fault}");
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None, ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(Narrow.Width, Narrow.Height);
        foreach (var violation in await AxeRun.ViolationsOfLookAsync(page)) faults.Enqueue($"{address} at 320, dark breaks {violation}");
        foreach (var fault in await FaultsOfLookAsync(page, walks: true)) faults.Enqueue($"{address} at 320, dark {fault}");
        foreach (var refused in await page.EvaluateAsync<string[]>("self.refused ?? []")) faults.Enqueue($"{address} was refused {refused}");
        long bytes = 0;
        foreach (var answer in answers.Where(answer => !answer.Url.Contains("/assets/rich.", StringComparison.Ordinal) && !answer.Url.Contains("/assets/reader.", StringComparison.Ordinal) && answer.Url.StartsWith("http", StringComparison.Ordinal) && answer.Frame == page.MainFrame))
            bytes += await SizeAsync(answer);
        return new(address, bytes, faults);
    }

    /// <summary>What is wrong with a page in a state that comes of doing something there: looked at narrow and dark, and then put back.</summary>
    internal static async Task<IReadOnlyList<string>> FaultsOfStateAsync(IPage page)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(Narrow.Width, Narrow.Height);
        await page.EvaluateAsync("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"); // What is wrong has the focus; the walk begins at the top.
        List<string> faults = [.. (await AxeRun.ViolationsAsync(page)).Select(violation => "breaks " + violation), .. await FaultsOfLookAsync(page, walks: true)];
        if (await page.Locator("h1").CountAsync() != 1) faults.Add("has not one h1");
        faults.AddRange((await page.EvaluateAsync<string[]>("self.refused ?? []")).Select(refused => "was refused " + refused));
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None, ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(Wide.Width, Wide.Height);
        return faults;
    }

    /// <summary>What is wrong with the page as it looks now, each as the end of a sentence. Forced colours stay on.</summary>
    private static async Task<IReadOnlyList<string>> FaultsOfLookAsync(IPage page, bool walks)
    {
        var faults = new List<string>();
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") is > 0 and var over) faults.Add($"is {over} pixels too wide");
        faults.AddRange((await page.EvaluateAsync<string[]>(Small)).Select(each => $"has a target below 24 pixels: {each}"));
        if (walks) faults.AddRange(await CmsTabWalk.FaultsAsync(page));
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        faults.AddRange((await page.EvaluateAsync<string[]>(Bare)).Select(each => $"cannot be told apart in forced colours: {each}"));
        return faults;
    }

    /// <summary>Controls that are neither 24 pixels high and wide nor words in a line (2.5.8).</summary>
    private const string Small = """
        () => [...document.querySelectorAll('button,summary,select,input:not([type=hidden]),textarea,.button,nav a')]
          .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.closest('.vh,nav[aria-label="Where you are"]'))
          .map(each => [each, each.getBoundingClientRect()])
          .filter(([, box]) => box.width < 23.5 || box.height < 23.5)
          .map(([each, box]) => each.outerHTML.slice(0, 80) + ' ' + Math.round(box.width) + ' by ' + Math.round(box.height))
        """;

    /// <summary>Controls and tags that only a colour marks off, and places that only a colour says one is at: forced colours take it away.</summary>
    private const string Bare = """
        () => {
          const line = (each, name) => { const style = getComputedStyle(each); return style[name + 'Style'] !== 'none' && parseFloat(style[name + 'Width']) >= 1; };
          const shown = each => each.checkVisibility({ visibilityProperty: true });
          const boxes = [...document.querySelectorAll('button,.button,input:not([type=hidden],[type=checkbox],[type=radio]),select,textarea,.tag,.notice,.errors')].filter(each => shown(each) && !each.matches('.vh') && !line(each, 'borderTop'));
          const here = [...document.querySelectorAll('[aria-current]')].filter(each => shown(each) && !line(each, 'outline') && !line(each, 'borderTop') && !each.closest('.brand,table'));
          const words = [...document.querySelectorAll('ins,del')].filter(each => shown(each) && getComputedStyle(each).textDecorationLine === 'none');
          return [...boxes, ...here, ...words].map(each => each.outerHTML.slice(0, 80));
        }
        """;

    private static async Task<long> SizeAsync(IResponse answer)
    {
        var sizes = await answer.Request.SizesAsync();
        return sizes.ResponseBodySize + sizes.ResponseHeadersSize;
    }

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)[^}]*\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Parameter();
}

using System.Collections.Concurrent;
using System.Diagnostics;

using Deque.AxeCore.Commons;

using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>
/// Looks at many pages with axe: as many at once as there are cores, each worker with one tab that it takes from page to
/// page. Axe is put into each page once and told to spell out violations only, which is most of what makes it quick.
/// </summary>
internal sealed class AxeRun(IBrowser browser, string url)
{
    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static readonly string Engine = new BundledAxeScriptProvider().GetScript();

    /// <summary>Rules that width and colours can break where the HTML is the same.</summary>
    private static readonly string[] LookRules = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "button-name", "region", "bypass", "skip-link", "aria-hidden-focus", "nested-interactive"];

    private const string Run = """
        async only => {
          const { violations } = await axe.run(document, { runOnly: only, resultTypes: ['violations'] });
          return violations.map(rule => rule.id + ': ' + rule.help + ' (' + rule.nodes.length + ')' +
            rule.nodes.slice(0, 3).map(node => '\n    ' + node.target.join(' ') + ': ' + node.failureSummary.replace(/\s+/g, ' ')).join(''));
        }
        """;

    private readonly ConcurrentQueue<string> violations = new();
    private readonly ConcurrentBag<(string Address, TimeSpan Took)> seen = [];

    /// <summary>Stands in for the host's script policy; null leaves it.</summary>
    public string? ScriptPolicy { get; init; }

    /// <summary>How the browser looks: width, colours.</summary>
    public required BrowserNewContextOptions Look { get; init; }

    /// <summary>HTML for an address that the site does not have.</summary>
    public IReadOnlyDictionary<string, byte[]> Extra { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Violations as <c>address rule: help (places)</c>, in no order.</summary>
    public async Task<IReadOnlyCollection<string>> LookAtAsync(string what, IEnumerable<string> addresses)
    {
        var clock = Stopwatch.StartNew();
        var waiting = new ConcurrentQueue<string>(addresses);
        await Task.WhenAll(Enumerable.Range(0, Math.Max(2, Environment.ProcessorCount)).Select(_ => WorkAsync(waiting)));
        var (slowest, took) = seen.MaxBy(page => page.Took);
        await Console.Out.WriteLineAsync($"axe, {what}: {seen.Count} pages in {clock.Elapsed.TotalSeconds:0} s; slowest {slowest} {took.TotalSeconds:0.0} s; {violations.Count} violations");
        return violations;
    }

    /// <summary>What a page that is open breaks now, each as <c>rule: help (places)</c>.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(Engine + "; undefined");
        return await page.EvaluateAsync<string[]>(Run, new { type = "tag", values = Tags });
    }

    /// <summary>What the same page breaks with another width or other colours since it was asked for all of it.</summary>
    public static async Task<string[]> ViolationsOfLookAsync(IPage page) => await page.EvaluateAsync<string[]>(Run, new { type = "rule", values = LookRules });

    private async Task WorkAsync(ConcurrentQueue<string> waiting)
    {
        Look.ReducedMotion = ReducedMotion.Reduce; // A colour in the middle of a fade would be judged as if it stayed.
        await using var context = await browser.NewContextAsync(Look);
        var page = await context.NewPageAsync();
        if (ScriptPolicy is not null || Extra.Count > 0) await page.RouteAsync("**/*", AnswerAsync);
        while (waiting.TryDequeue(out var address))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();
            var response = await page.GotoAsync(url + address);
            if (response is not { Ok: true }) violations.Enqueue($"{address} answered {response?.Status}");
            foreach (var violation in await ViolationsAsync(page)) violations.Enqueue($"{address} {violation}");
            seen.Add((address, clock.Elapsed));
        }
    }

    private async Task AnswerAsync(IRoute route)
    {
        var address = route.Request.Url[url.Length..];
        if (Extra.TryGetValue(address, out var html))
        {
            await route.FulfillAsync(new() { BodyBytes = html, ContentType = "text/html; charset=utf-8" });
            return;
        }

        if (ScriptPolicy is null || route.Request.ResourceType != "document")
        {
            await route.ContinueAsync();
            return;
        }

        var response = await route.FetchAsync();
        var headers = new Dictionary<string, string>(response.Headers) { ["content-security-policy"] = ScriptPolicy };
        await route.FulfillAsync(new() { Response = response, Headers = headers });
    }
}

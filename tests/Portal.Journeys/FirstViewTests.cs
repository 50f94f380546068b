using Xunit;

namespace Portal.Journeys;

/// <summary>What a browser fetches, keeps and complains about when it first shows a page.</summary>
public sealed class FirstViewTests(BrowserFixture browsers, SiteFixture site, FirstViews views) : IClassFixture<FirstViews>
{
    /// <summary>HTML, style sheet and scripts of any page, compressed.</summary>
    private const int MostBytes = 14_000;

    private const int MostBytesOfHome = 10_000;

    [Fact]
    public async Task Each_page_kind_asks_only_us_keeps_nothing_and_complains_of_nothing()
    {
        var all = await views.AllAsync();

        await Console.Out.WriteLineAsync($"first view: {all.Count} pages, {all.Max(view => view.Requests)} requests at most");
        NoneOf(all.SelectMany(view => view.Faults));
    }

    [Fact]
    public async Task Each_page_kind_stays_within_its_bytes()
    {
        var all = await views.AllAsync();

        var (heaviest, home) = (all.MaxBy(view => view.Bytes)!, all.Single(view => view.Address == "/"));
        await Console.Out.WriteLineAsync($"first view: home {home.Bytes} bytes, most {heaviest.Bytes} ({heaviest.Address})");
        NoneOf(all.Where(view => view.Bytes > (view.Address == "/" ? MostBytesOfHome : MostBytes)).Select(view => $"{view.Address} has {view.Bytes} bytes"));
    }

    [Fact]
    public async Task Planted_faults_are_found()
    {
        const string Faulty = """
            <!doctype html><html lang="en"><title>x</title><script>document.cookie = 'a=b'</script><img src="https://third.example/a.png" alt="">
            <script src="/assets/none.js"></script><p>Words
            """;
        var faults = (await views.LookAtAsync(["/faulty"], Faulty)).Single().Faults;

        Assert.Contains("/faulty asked https://third.example/a.png", faults);
        Assert.Contains("/faulty was refused script-src-elem inline", faults);
        Assert.Contains(faults, fault => fault.StartsWith("/faulty got 404", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("/faulty said", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Something_kept_is_found()
    {
        await using var context = await browsers.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Url + "/");
        await page.EvaluateAsync("document.cookie = 'a=b'; localStorage.setItem('c', 'd'); sessionStorage.setItem('e', 'f')");

        Assert.Equal(["a=b", "c", "e"], await page.EvaluateAsync<string[]>(FirstViews.Kept));
    }

    /// <summary>A failure that tells every fault in full.</summary>
    private static void NoneOf(IEnumerable<string> faults)
    {
        var told = string.Join('\n', faults.Order(StringComparer.Ordinal));
        Assert.True(told.Length == 0, told);
    }
}

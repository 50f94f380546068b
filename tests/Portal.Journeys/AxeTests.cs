using System.Text;

using Microsoft.Playwright;

using Portal.Content.Languages;

using Xunit;

namespace Portal.Journeys;

/// <summary>No page breaks a rule of WCAG 2 to 2.2, A and AA, or of good practice, as far as a program can tell.</summary>
public sealed class AxeTests(BrowserFixture browsers, SiteFixture site)
{
    private static BrowserNewContextOptions Wide => new() { ViewportSize = new() { Width = 1280, Height = 900 } };

    private static BrowserNewContextOptions Narrow => new() { ViewportSize = new() { Width = 320, Height = 640 } };

    private static BrowserNewContextOptions WideAndDark => new() { ViewportSize = new() { Width = 1280, Height = 900 }, ColorScheme = ColorScheme.Dark };

    [Fact]
    public async Task Every_English_page_is_right() =>
        NoneIn(await new AxeRun(browsers.Browser, site.Url) { Look = Wide }.LookAtAsync("every English page", HtmlPages.AllIn(Language.Base)));

    [Fact]
    public async Task Each_page_kind_is_right_in_each_other_language_at_320_pixels() =>
        NoneIn(await new AxeRun(browsers.Browser, site.Url) { Look = Narrow }
            .LookAtAsync("other languages at 320 px", Kinds([.. HtmlPages.Translations, Language.Simple])));

    [Fact]
    public async Task Each_page_kind_is_right_in_the_dark_in_English_Urdu_and_the_simple_version()
    {
        var urdu = HtmlPages.Translations.Single(language => language.Code == "ur");
        NoneIn(await new AxeRun(browsers.Browser, site.Url) { Look = WideAndDark }.LookAtAsync("dark", Kinds([Language.Base, urdu, Language.Simple])));
    }

    /// <summary>Axe cannot run where the browser has no JavaScript, but it can where the policy lets no script of ours run.</summary>
    [Fact]
    public async Task Each_page_kind_is_right_without_any_script_of_ours() =>
        NoneIn(await new AxeRun(browsers.Browser, site.Url) { Look = Wide, ScriptPolicy = "script-src 'none'" }
            .LookAtAsync("no script", Kinds([Language.Base])));

    [Fact]
    public async Task The_policy_of_that_run_stops_the_scripts()
    {
        await using var context = await browsers.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var refused = 0;
        page.Console += (_, message) => refused += message.Text.Contains("script-src 'none'", StringComparison.Ordinal) ? 1 : 0;
        await page.RouteAsync("**/*", async route =>
        {
            var response = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = response, Headers = new Dictionary<string, string>(response.Headers) { ["content-security-policy"] = "script-src 'none'" } });
        });
        await page.GotoAsync(site.Url + "/find-help/");

        Assert.True(refused >= 3, $"{refused} scripts were refused.");
    }

    [Fact]
    public async Task Planted_faults_are_found()
    {
        const string Faulty = """
            <!doctype html><html><head><title>x</title><style>p { color: #999; background: #fff } button { padding: 0; inline-size: 9px; block-size: 9px; border: 0 }</style></head>
            <body><main><h1>Faults</h1><h4>A step left out</h4><img src="data:,"><p>Pale words</p><label>Name</label><input><div style="display: flex"><button></button><button></button></div></main></body></html>
            """;
        var run = new AxeRun(browsers.Browser, site.Url) { Look = Wide, Extra = new Dictionary<string, byte[]> { ["/faulty"] = Encoding.UTF8.GetBytes(Faulty) } };

        var found = await run.LookAtAsync("planted faults", ["/faulty"]);

        string[] planted = ["button-name", "color-contrast", "heading-order", "html-has-lang", "image-alt", "label", "target-size"];
        Assert.Equal(planted, found.Select(violation => violation.Split(' ')[1].TrimEnd(':')).Intersect(planted).Order(StringComparer.Ordinal));
    }

    /// <summary>A failure that tells every violation in full.</summary>
    private static void NoneIn(IReadOnlyCollection<string> violations) =>
        Assert.True(violations.Count == 0, string.Join('\n', violations.Order(StringComparer.Ordinal)));

    private IEnumerable<string> Kinds(IEnumerable<Language> languages) => languages.SelectMany(new HtmlPages(site).KindsIn).Select(page => page.Address);
}

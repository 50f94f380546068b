using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>QE25: paper lies about in a home, so it does not say where it comes from.</summary>
public sealed partial class PrintTests(BrowserFixture browsers, SiteFixture site)
{
    /// <summary>QE25: no name of the site, no control, no way round it.</summary>
    [Fact]
    public async Task On_paper_no_kind_of_page_names_the_site_or_shows_its_furniture()
    {
        await using var context = await browsers.Browser.NewContextAsync();
        var page = await context.NewPageAsync();

        foreach (var address in LeavingPages.English.Concat(LeavingPages.Urdu))
        {
            await page.GotoAsync(site.Url + address);
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            foreach (var part in new[] { "#leave", ".p-brand", ".p-top", ".p-nav", ".p-footer", ".p-languages", ".p-demo", ".p-safety", "[data-print]" })
                Assert.False(await page.Locator(part).First.IsVisibleAsync(), $"{address}: {part}");
            // A bulletin for partners may name the site in its words.
            if (!address.StartsWith("/updates/", StringComparison.Ordinal)) Assert.DoesNotContain("Local Help Kent", await page.InnerTextAsync("body"), StringComparison.Ordinal);
            Assert.True((await page.InnerTextAsync("main")).Length > 50, address);
        }
    }

    /// <summary>A sheet found without its page must not pass for the real thing; the poster says it in a line of its own too.</summary>
    [Fact]
    public async Task Every_kind_of_page_says_on_paper_that_it_is_a_demonstration()
    {
        await using var context = await browsers.Browser.NewContextAsync();
        var page = await context.NewPageAsync();

        foreach (var address in LeavingPages.English.Concat(LeavingPages.Urdu))
        {
            await page.GotoAsync(site.Url + address);
            await page.EmulateMediaAsync(new() { Media = Media.Print });
            var mark = await page.EvaluateAsync<string[]>("""
                () => {
                  const banner = document.querySelector(".p-demo");
                  const style = getComputedStyle(banner, "::before");
                  return [style.content, JSON.stringify(banner.getAttribute("aria-label")), style.position, style.display, getComputedStyle(banner).display];
                }
                """);
            Assert.Equal((mark[1], "fixed", "block", "block"), (mark[0], mark[2], mark[3], mark[4]));
        }
    }

    /// <summary>QE25: a browser writes address, title and date into the margin; a page without one leaves it no room.</summary>
    [Theory, InlineData("/guides/unwanted-contact/"), InlineData("/my-plan/"), InlineData("/campaigns/sixteen-days/poster/")]
    public async Task The_sheet_leaves_no_margin_for_the_address(string address)
    {
        await using var context = await browsers.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Url + address);

        var margins = await page.EvaluateAsync<string[]>("""
            () => {
              const pages = (rules) => [...rules].flatMap((rule) => rule instanceof CSSPageRule ? [rule.style.margin] : rule.cssRules ? pages(rule.cssRules) : []);
              return [...document.styleSheets].flatMap((sheet) => pages(sheet.cssRules));
            }
            """);

        // The poster's own rule only says A4.
        Assert.Equal(["0px"], margins.Where(margin => margin.Length > 0).Distinct());
    }

    [Theory]
    [InlineData("/professionals/health/"), InlineData("/professionals/case-conference/"), InlineData("/professionals/police/"), InlineData("/professionals/safeguarding-adults/")]
    [InlineData("/campaigns/sixteen-days/poster/"), InlineData("/contact-sheet/")]
    public async Task A_sheet_for_the_wall_or_the_desk_is_one_page_of_A4(string address)
    {
        var sizes = await SheetsAsync(address);

        Assert.Equal("595 by 842", Assert.Single(sizes));
    }

    [Fact]
    public async Task Words_written_into_the_plan_are_on_the_paper_in_full()
    {
        await using var context = await browsers.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Url + "/my-plan/");
        await page.Locator("main textarea").First.FillAsync(string.Join('\n', Enumerable.Repeat("Ann", 15)));

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.True(await page.Locator("main textarea").First.EvaluateAsync<bool>("field => field.scrollHeight <= field.clientHeight + 1"));
    }

    /// <summary>What is folded away on the screen is not lost on paper.</summary>
    [Fact]
    public async Task Folded_parts_are_printed_unfolded()
    {
        await using var context = await browsers.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Url + "/guides/safer-devices/");
        var body = page.Locator("main .p-details__body").First;
        Assert.False(await body.IsVisibleAsync());

        await page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.True(await body.EvaluateAsync<bool>("body => body.checkVisibility({ contentVisibilityAuto: true }) && body.getBoundingClientRect().height > 20"));
    }

    private async Task<IReadOnlyList<string>> SheetsAsync(string address)
    {
        await using var context = await browsers.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(site.Url + address);
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4", PrintBackground = true, PreferCSSPageSize = true }));
        return [.. Sheets().Matches(pdf).Select(sheet => $"{Rounded(sheet.Groups["width"].Value)} by {Rounded(sheet.Groups["height"].Value)}")];
    }

    private static string Rounded(string points) => Math.Round(double.Parse(points, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"/MediaBox \[0 0 (?<width>[\d.]+) (?<height>[\d.]+)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Sheets();
}

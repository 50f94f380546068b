using Xunit;

namespace Portal.Journeys;

/// <summary>One page in another language, and words of one direction inside the other.</summary>
public sealed class LanguagesTests(BrowserFixture browsers, SiteFixture site)
{
    // Telephone numbers as they are painted: each figure right of the one before, whatever the writing does around it.
    private const string Turned = """
        () => {
          const faults = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const node = walk.currentNode;
            if (!node.parentElement.checkVisibility()) continue;
            for (const match of node.data.matchAll(/\+?\d{2,5}(?:[  ]\d{3,6})+/g)) {
              const at = (offset) => {
                const range = document.createRange();
                range.setStart(node, offset);
                range.setEnd(node, offset + 1);
                return range.getBoundingClientRect();
              };
              const [first, last] = [at(match.index), at(match.index + match[0].length - 1)];
              if (Math.abs(first.top - last.top) < 2 && first.left > last.left) faults.push(`${match[0]} in "${node.data.trim().slice(0, 70)}"`);
            }
          }
          return [...new Set(faults)];
        }
        """;

    [Fact]
    public async Task The_menu_leads_to_the_same_page_or_says_that_it_leads_to_the_start()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        foreach (var address in new[] { "/find-help/", "/help-now/", "/guides/money-control/", "/my-plan/", "/find-help/ashford/" })
        {
            await visitor.VisitAsync(address);
            var links = await visitor.Page.Locator(".p-languages__list a").EvaluateAllAsync<string[][]>(
                "links => links.map((link) => [link.getAttribute('href'), link.querySelector('.p-languages__hint')?.textContent ?? '', link.lang])");

            Assert.True(links.Length >= 12, address);
            foreach (var link in links)
            {
                var neutral = "/" + string.Join('/', link[0].Split('/').SkipWhile((part, index) => index == 0 || (index == 1 && (part.Length == 2 || part == "simple"))));
                if (link[1].Length == 0) Assert.Equal(address, neutral);
                else Assert.Equal("/", neutral);
            }
        }
    }

    [Fact]
    public async Task The_menu_takes_one_there_and_back()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.VisitAsync("/help-now/");

        await visitor.Page.ClickAsync(".p-languages summary");
        await visitor.FollowAsync("/ur/help-now/");
        Assert.Equal("ur rtl", await visitor.Page.EvaluateAsync<string>("document.documentElement.lang + ' ' + document.documentElement.dir"));
        Assert.Equal("اردو", (await visitor.Page.Locator(".p-languages__list [aria-current]").TextContentAsync())!.Trim());
        await visitor.Page.ClickAsync(".p-languages summary");
        await visitor.FollowAsync("/help-now/");

        Assert.Equal("en-GB ltr", await visitor.Page.EvaluateAsync<string>("document.documentElement.lang + ' ' + document.documentElement.dir"));
    }

    [Fact]
    public async Task The_menu_closes_on_Escape_and_on_a_click_beside_it()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.VisitAsync("/");
        var menu = visitor.Page.Locator(".p-languages");

        await visitor.Page.ClickAsync(".p-languages summary");
        await visitor.Page.Keyboard.PressAsync("Escape");
        Assert.False(await menu.EvaluateAsync<bool>("menu => menu.open"));
        Assert.Equal("SUMMARY", await visitor.Page.EvaluateAsync<string>("document.activeElement.tagName"));
        await visitor.Page.ClickAsync(".p-languages summary");
        await visitor.Page.Mouse.ClickAsync(5, 600);

        Assert.False(await menu.EvaluateAsync<bool>("menu => menu.open"));
    }

    /// <summary>A number read from the wrong end is a wrong number.</summary>
    [Theory, InlineData("ur"), InlineData("ar"), InlineData("fa")]
    public async Task Telephone_numbers_read_from_left_to_right_on_pages_that_do_not(string language)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        var faults = new List<string>();

        foreach (var address in LeavingPages.Urdu.Select(address => address.Replace("/ur/", $"/{language}/", StringComparison.Ordinal)))
        {
            await visitor.VisitAsync(address);
            faults.AddRange((await visitor.Page.EvaluateAsync<string[]>(Turned)).Select(fault => $"{address}: {fault}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>What a calendar would show to everyone who shares it is said before it is offered.</summary>
    [Fact]
    public async Task A_calendar_entry_is_neutral_and_comes_with_a_warning_first()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.VisitAsync("/places/maidstone-oss/");

        var box = await visitor.Page.InnerTextAsync(".p-callout:has(a[href$='.ics'])");
        var response = await visitor.Context.APIRequest.GetAsync(site.Url + "/places/maidstone-oss/times.ics");
        var entry = await response.TextAsync();

        Assert.StartsWith("A calendar shows this entry to everyone who sees it", box, StringComparison.Ordinal);
        Assert.Contains("The entry says only “Drop-in, Trinity House”.", box, StringComparison.Ordinal);
        Assert.StartsWith("text/calendar", response.Headers["content-type"], StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Drop-in\\, Trinity House", entry, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)abus|violen|refuge|victim|One Stop", entry);
    }
}

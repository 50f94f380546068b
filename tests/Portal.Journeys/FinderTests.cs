using System.Globalization;
using System.Text.RegularExpressions;

using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>The finder: a town or a postcode is understood on the device, and stays there.</summary>
public sealed partial class FinderTests(BrowserFixture browsers, SiteFixture site)
{
    private const string Places = ".p-finder__item:not([hidden])";

    [Theory, InlineData("Deal", "dover", "Deal"), InlineData("me14", "maidstone", "ME14"), InlineData("tunbridge wells", "tunbridge-wells", "Royal Tunbridge Wells")]
    public async Task A_town_or_an_outward_code_puts_the_nearest_places_first(string typed, string district, string name)
    {
        await using var visitor = await VisitAsync();

        await FindAsync(visitor, typed);

        Assert.Equal(district, await visitor.Page.Locator(Places).First.GetAttributeAsync("data-district"));
        Assert.Equal(name, await visitor.Page.InputValueAsync("#finder-where"));
        var lines = await visitor.Page.Locator(".p-finder__distance:not([hidden])").AllInnerTextsAsync();
        var miles = lines.Select(line => Miles().Match(line) is { Success: true } match ? int.Parse(match.Groups["miles"].Value, CultureInfo.InvariantCulture) : 0).ToList();
        Assert.True(miles.Count >= 13, $"{miles.Count} places have a distance.");
        Assert.Equal(miles.Order(), miles);
        Assert.True(miles[^1] > 10);
        Assert.All(lines, line => Assert.Contains($"from the middle of {name}, in a straight line", line, StringComparison.Ordinal));
        Assert.Matches(@"^\d+ places shown$", await StatusAsync(visitor));
    }

    /// <summary>QE22: the half that names a street leaves even the screen.</summary>
    [Theory, InlineData("ME14 1LY"), InlineData("me141ly"), InlineData(" ME14 1")]
    public async Task A_whole_postcode_is_cut_to_its_first_half(string typed)
    {
        await using var visitor = await VisitAsync();

        await FindAsync(visitor, typed);

        Assert.Equal("ME14", await visitor.Page.InputValueAsync("#finder-where"));
        Assert.EndsWith("/find-help/", visitor.Page.Url, StringComparison.Ordinal);
        Assert.Contains("from the middle of ME14", await visitor.Page.Locator(Places).First.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory, InlineData("Atlantis"), InlineData("ZZ99"), InlineData("m")]
    public async Task A_place_it_does_not_know_is_said_and_marked_and_all_places_stay(string typed)
    {
        await using var visitor = await VisitAsync();
        var all = await visitor.Page.Locator(Places).CountAsync();

        await visitor.Page.FillAsync("#finder-where", typed);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForSelectorAsync("#finder-where[aria-invalid=true]");

        Assert.StartsWith("We do not know that place.", await StatusAsync(visitor), StringComparison.Ordinal);
        Assert.Equal(all, await visitor.Page.Locator(Places).CountAsync());
        Assert.Equal(0, await visitor.Page.Locator(".p-finder__distance:not([hidden])").CountAsync());
    }

    [Fact]
    public async Task Beyond_the_border_it_says_whose_area_that_is()
    {
        await using var visitor = await VisitAsync();

        await FindAsync(visitor, "DA16");

        Assert.Matches("^That is in Bexley, outside Kent and Medway. These places can still tell you who to ask.", await StatusAsync(visitor));
        Assert.Equal("dartford", await visitor.Page.Locator(Places).First.GetAttributeAsync("data-district"));
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_say_how_many_are_left()
    {
        await using var visitor = await VisitAsync();
        var all = await visitor.Page.Locator(Places).CountAsync();

        await visitor.Page.GetByLabel("Drop-ins").CheckAsync();
        Assert.Equal("1 place shown", await StatusAsync(visitor));
        Assert.Equal(["drop-in"], await visitor.Page.Locator(Places).EvaluateAllAsync<string[]>("all => all.map(each => each.dataset.type)"));
        await visitor.Page.GetByLabel("Step-free way in").CheckAsync();
        Assert.Equal("No place fits. Try fewer filters.", await StatusAsync(visitor));
        await visitor.Page.GetByLabel("Drop-ins").UncheckAsync();
        await visitor.Page.GetByLabel("Step-free way in").UncheckAsync();

        // A place for everyone is for men; one for women is not.
        await visitor.Page.GetByLabel("Open to").SelectOptionAsync("men");
        var open = await visitor.Page.Locator(Places).EvaluateAllAsync<string[]>("all => all.map(each => each.dataset.for)");
        Assert.InRange(open.Length, 1, all - 1);
        Assert.All(open, who => Assert.Contains("everyone", who, StringComparison.Ordinal));

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        Assert.Equal(all, await visitor.Page.Locator(Places).CountAsync());
        Assert.Empty(await StatusAsync(visitor));
        Assert.Equal("finder-where", await visitor.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    /// <summary>QE22, QE8: one fetch, the same for everybody, whatever is typed.</summary>
    [Fact]
    public async Task What_is_typed_reaches_no_address_no_storage_and_no_request()
    {
        await using var visitor = await VisitAsync();
        visitor.Requests.Clear();

        await FindAsync(visitor, "Deal");
        await FindAsync(visitor, "ME14 1LY");
        await visitor.Page.GetByLabel("Drop-ins").CheckAsync();

        var asked = Assert.Single(visitor.Requests);
        Assert.Matches(@"/assets/places\.[0-9a-f]{8}\.json$", asked);
        Assert.Equal(site.Url + "/find-help/", visitor.Page.Url);
        Assert.Equal("{}{}null", await visitor.Page.EvaluateAsync<string>("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + JSON.stringify(history.state)"));
        Assert.Equal(0, await visitor.Page.Locator(".p-finder [name]").CountAsync());
    }

    [Fact]
    public async Task Without_the_towns_all_places_stand_and_it_says_why()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.Context.RouteAsync("**/places.*.json", route => route.AbortAsync());
        await visitor.VisitAsync("/find-help/");

        await visitor.Page.FillAsync("#finder-where", "Deal");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visitor.Page.Locator(".p-finder__status")).ToContainTextAsync("The list of towns did not load. All places stand below.");
        Assert.True(await visitor.Page.Locator(Places).CountAsync() > 10);
    }

    /// <summary>The next pair of eyes finds the list as it was built: by Back, by the cache, by loading again.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task It_is_wiped_when_the_page_is_put_away(bool cached)
    {
        await using var visitor = await VisitAsync(cached);
        var order = await OrderAsync(visitor);
        await FindAsync(visitor, "Deal");
        await visitor.Page.GetByLabel("Drop-ins").CheckAsync();
        Assert.NotEqual(order, await OrderAsync(visitor));

        await visitor.FollowAsync("/guides/");
        await visitor.StepAsync(-1);

        Assert.Equal(order, await OrderAsync(visitor));
        Assert.Equal("/0/", await visitor.AskAsync("[document.querySelector('#finder-where').value, document.querySelectorAll('main :checked:not(option)').length, document.querySelector('.p-finder__status').textContent].join('/')"));
    }

    [Fact]
    public async Task It_is_wiped_by_loading_again()
    {
        await using var visitor = await VisitAsync();
        await FindAsync(visitor, "Deal");

        await visitor.Page.ReloadAsync();

        Assert.Empty(await visitor.Page.InputValueAsync("#finder-where"));
        Assert.Equal(0, await visitor.Page.Locator(".p-finder__distance:not([hidden])").CountAsync());
    }

    /// <summary>In Urdu the sentence is Urdu, and the name of the town keeps its own direction.</summary>
    [Fact]
    public async Task It_answers_in_the_language_of_the_page()
    {
        await using var visitor = await VisitAsync(address: "/ur/find-help/");

        await FindAsync(visitor, "Deal");

        Assert.Matches(@"\p{IsArabic}", await visitor.Page.InnerTextAsync(".p-finder__distance >> nth=0"));
        Assert.Matches(@"\p{IsArabic}", await StatusAsync(visitor));
    }

    private async Task<LeavingVisitor> VisitAsync(bool cached = false, string address = "/find-help/")
    {
        var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync(address);
        return visitor;
    }

    private static async Task FindAsync(LeavingVisitor visitor, string typed)
    {
        await visitor.Page.FillAsync("#finder-where", typed);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForSelectorAsync(".p-finder__distance:not([hidden])");
        await Assertions.Expect(visitor.Page.Locator("#finder-where")).Not.ToHaveValueAsync(typed.Length > 4 && typed.Any(char.IsDigit) ? typed : "…");
    }

    private static async Task<string> StatusAsync(LeavingVisitor visitor)
    {
        Assert.Equal("status", await visitor.Page.GetAttributeAsync(".p-finder__status", "role"));
        return await visitor.Page.InnerTextAsync(".p-finder__status");
    }

    private static async Task<string> OrderAsync(LeavingVisitor visitor) =>
        await visitor.AskAsync("[...document.querySelectorAll('.p-finder__item')].filter((item) => !item.hidden).map((item) => item.querySelector('a').pathname).join()");

    [GeneratedRegex(@"About (?<miles>\d+) miles? from", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Miles();
}

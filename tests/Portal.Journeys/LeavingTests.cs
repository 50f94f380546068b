using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>What happens at the moment somebody leaves, with the back/forward cache off and on.</summary>
public sealed class LeavingTests(BrowserFixture browsers, SiteFixture site)
{
    private const string Weather = "Sunny spells";

    /// <summary>QE4, QE17.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task A_click_leads_to_the_destination_in_the_same_tab(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync("/help-now/");

        await visitor.LeaveAsync();

        Assert.Equal(Weather, await visitor.Page.InnerTextAsync("h1"));
        Assert.Single(visitor.Context.Pages);
    }

    /// <summary>QE4, QE10, QE14.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Enter_on_the_control_found_by_its_name_leaves(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync("/guides/");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Leave this site, opens the weather", Exact = true }).FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.ArriveAsync();
    }

    /// <summary>QE17: a second tab would leave this one standing.</summary>
    [Theory, InlineData(MouseButton.Middle, null), InlineData(MouseButton.Left, KeyboardModifier.Control), InlineData(MouseButton.Left, KeyboardModifier.Shift)]
    public async Task Clicks_that_would_open_a_second_tab_leave_in_this_one(MouseButton button, KeyboardModifier? held)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: true);
        await visitor.VisitAsync("/help-now/");

        await visitor.Control.ClickAsync(new() { Button = button, Modifiers = held is { } key ? [key] : [] });
        await visitor.ArriveAsync();

        Assert.Single(visitor.Context.Pages);
    }

    /// <summary>QE4: all in the task of the click, so that no frame comes between.</summary>
    [Theory, InlineData("/my-plan/"), InlineData("/search/"), InlineData("/find-help/")]
    public async Task Within_one_frame_the_page_is_hidden_emptied_and_nameless(string address)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.VisitAsync(address);
        await visitor.Page.Locator("main").Locator("textarea, input:not([type=checkbox])").First.FillAsync("Ann in Deal");
        foreach (var box in await visitor.Page.Locator("main input[type=checkbox]").AllAsync()) await box.CheckAsync();

        var left = await visitor.AskAsync("""
            (() => {
              const fields = [...document.querySelectorAll("input,textarea,select")];
              document.getElementById("leave").click();
              return JSON.stringify([
                document.documentElement.hidden && getComputedStyle(document.documentElement).display === "none",
                document.title.length === 1 && document.title.charCodeAt(0) === 0x200b,
                document.querySelector("link[rel=icon]").href,
                document.body.childNodes.length,
                fields.filter((field) => field.checked || (field.type !== "checkbox" && field.value)).length,
              ]);
            })()
            """);

        Assert.Equal("""[true,true,"data:,",0,0]""", left);
        await visitor.ArriveAsync();
    }

    /// <summary>QE3: by click, by key, and from a page where something was typed.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task The_destination_does_not_learn_where_the_visitor_came_from(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        var before = site.Destination.Referrers.Count;

        await visitor.VisitAsync("/guides/money-control/");
        await visitor.LeaveAsync();
        await visitor.VisitAsync("/find-help/");
        await visitor.Page.FillAsync("#finder-where", "Deal");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await visitor.ArriveAsync();

        Assert.True(site.Destination.Referrers.Count >= before + 2);
        Assert.All(site.Destination.Referrers, Assert.Empty);
    }

    /// <summary>QE3.</summary>
    [Fact]
    public async Task Every_kind_of_page_is_sent_with_the_header_that_keeps_its_address_back()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);

        foreach (var address in LeavingPages.English.Concat(LeavingPages.Urdu).Append("/no-such-page/"))
        {
            var response = await visitor.Context.APIRequest.GetAsync(site.Url + address);
            Assert.Equal("no-referrer", response.Headers["referrer-policy"]);
            Assert.Contains("""<meta name="referrer" content="no-referrer">""", await response.TextAsync(), StringComparison.Ordinal);
        }
    }

    /// <summary>QE16: no beacon, no farewell to anyone.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Leaving_asks_for_the_destination_and_nothing_else(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync("/search/");
        await visitor.Page.FillAsync("#search-words", "money");
        await visitor.Page.WaitForSelectorAsync(".p-search__results a");
        visitor.Requests.Clear();

        await visitor.LeaveAsync();
        await visitor.Page.WaitForTimeoutAsync(200);

        Assert.Equal([site.Destination.Url], visitor.Requests);
    }

    /// <summary>QE7: one neutral key, and it says nothing of us.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task The_flag_is_one_neutral_key_that_a_fresh_visit_clears(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync("/help-now/");

        var stored = await visitor.AskAsync("document.getElementById('leave').click(), JSON.stringify(Object.entries(sessionStorage))");
        await visitor.ArriveAsync();
        await visitor.VisitAsync("/guides/");

        Assert.Equal($$"""[["v","{{site.Destination.Url}}"]]""", stored);
        Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("sessionStorage.length"));
        Assert.True(await visitor.StaysAsync());
    }

    /// <summary>QE7.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task After_a_fresh_visit_ordinary_Back_works_in_the_same_tab(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync("/guides/");
        await visitor.LeaveAsync();

        await visitor.VisitAsync("/");
        await visitor.FollowAsync("/help-now/");
        var stands = await visitor.StepAsync(-1);

        Assert.StartsWith(site.Url + "/ complete ", stands, StringComparison.Ordinal);
        Assert.Contains("Local Help Kent", stands, StringComparison.Ordinal);
    }

    /// <summary>The two browsers must really differ, or half of these tests prove nothing.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Back_takes_a_page_from_the_cache_exactly_where_the_cache_is_on(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync("/");
        await visitor.Page.EvaluateAsync("() => { window.alive = true; }");
        await visitor.FollowAsync("/help-now/");

        await visitor.StepAsync(-1);

        Assert.Equal(cached ? "True" : "False", await visitor.AskAsync("!!window.alive"));
    }

    internal static async Task<LeaveDestination> SlowDestinationAsync()
    {
        var slow = new LeaveDestination { Delay = TimeSpan.FromSeconds(10) };
        await slow.StartAsync();
        return slow;
    }

    internal static Task PointAtAsync(LeavingVisitor visitor, LeaveDestination destination) =>
        visitor.Control.EvaluateAsync("(link, address) => link.href = address", destination.Url);
}

using Xunit;

namespace Portal.Journeys;

/// <summary>The safety plan and the signs: written and ticked on the device, gone with the page.</summary>
public sealed class PlanTests(BrowserFixture browsers, SiteFixture site)
{
    private const string Left = """
        [...document.querySelectorAll("main textarea")].map((field) => field.value).join("")
          + document.querySelectorAll("main input:checked").length
        """;

    /// <summary>Whichever way the next person comes back to it.</summary>
    [Theory, InlineData("/my-plan/", false), InlineData("/my-plan/", true), InlineData("/is-this-happening/", false), InlineData("/is-this-happening/", true)]
    public async Task What_was_written_and_ticked_goes_when_the_page_goes(string address, bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync(address);
        await FillAsync(visitor);
        Assert.NotEqual("0", await visitor.AskAsync(Left));

        await visitor.FollowAsync("/guides/");
        await visitor.StepAsync(-1);
        Assert.Equal("0", await visitor.AskAsync(Left));

        await FillAsync(visitor);
        await visitor.Page.ReloadAsync();
        Assert.Equal("0", await visitor.AskAsync(Left));
    }

    /// <summary>A tall empty box would tell how much had stood in it.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Not_even_the_height_of_a_box_tells_how_much_was_written(bool cached)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync("/my-plan/");
        const string height = "document.querySelector('main textarea').getBoundingClientRect().height";
        var before = await visitor.AskAsync(height);
        await visitor.Page.Locator("main textarea").First.FillAsync(string.Join('\n', Enumerable.Repeat("Ann", 12)));
        Assert.NotEqual(before, await visitor.AskAsync(height));

        await visitor.FollowAsync("/guides/");
        await visitor.StepAsync(-1);

        Assert.Equal(before, await visitor.AskAsync(height));
    }

    /// <summary>QE8, QE22.</summary>
    [Fact]
    public async Task Nothing_of_it_is_sent_stored_or_put_into_the_address()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.VisitAsync("/my-plan/");
        visitor.Requests.Clear();

        await FillAsync(visitor);
        await visitor.Page.Keyboard.PressAsync("Enter");

        Assert.Empty(visitor.Requests);
        Assert.Equal(site.Url + "/my-plan/", visitor.Page.Url);
        Assert.Equal(0, await visitor.Page.Locator("main form[action], main [name]").CountAsync());
        Assert.Equal("{}{}null", await visitor.Page.EvaluateAsync<string>("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + JSON.stringify(history.state)"));
    }

    [Fact]
    public async Task The_button_prints_what_is_written()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.Context.AddInitScriptAsync("window.print = () => { window.printed = document.querySelector('main textarea').value; };");
        await visitor.VisitAsync("/my-plan/");
        await visitor.Page.Locator("main textarea").First.FillAsync("Ann");

        await visitor.Page.ClickAsync("[data-print]");

        Assert.Equal("Ann", await visitor.Page.EvaluateAsync<string>("window.printed"));
        Assert.Contains("Paper can be found.", await visitor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    /// <summary>Keyboards and browsers are asked to learn nothing from any field of the site.</summary>
    [Theory, InlineData("/my-plan/"), InlineData("/search/"), InlineData("/find-help/"), InlineData("/ur/find-help/")]
    public async Task Every_field_asks_the_browser_to_learn_nothing(string address)
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.VisitAsync(address);

        foreach (var field in await visitor.Page.Locator("textarea, input:not([type=checkbox])").AllAsync())
        {
            Assert.Equal("off", await field.GetAttributeAsync("autocomplete"));
            Assert.Equal("false", await field.GetAttributeAsync("spellcheck"));
            Assert.Equal("false", await field.GetAttributeAsync("writingsuggestions"));
            Assert.Equal("off", await field.GetAttributeAsync("autocapitalize"));
        }
    }

    private static async Task FillAsync(LeavingVisitor visitor)
    {
        foreach (var field in (await visitor.Page.Locator("main textarea").AllAsync()).Take(2)) await field.FillAsync("Ann in Deal");
        await visitor.Page.EvaluateAsync("() => { for (const box of document.querySelectorAll('main input[type=checkbox]')) box.click(); }");
    }
}

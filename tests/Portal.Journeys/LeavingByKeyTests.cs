using Xunit;

namespace Portal.Journeys;

/// <summary>QE10: Shift three times or Escape twice leaves; nothing a person does otherwise with a keyboard does.</summary>
public sealed class LeavingByKeyTests(BrowserFixture browsers, SiteFixture site)
{
    /// <summary>QE10: also left and right mixed.</summary>
    [Theory]
    [InlineData(false, "ShiftLeft ShiftLeft ShiftLeft"), InlineData(true, "ShiftLeft ShiftLeft ShiftLeft")]
    [InlineData(false, "ShiftLeft ShiftRight ShiftLeft"), InlineData(true, "ShiftRight ShiftRight ShiftLeft")]
    [InlineData(false, "Escape Escape"), InlineData(true, "Escape Escape")]
    public async Task The_keys_leave(bool cached, string keys)
    {
        await using var visitor = await VisitAsync(cached);

        await PressAsync(visitor, keys);

        await visitor.ArriveAsync();
        Assert.Single(visitor.Context.Pages);
    }

    /// <summary>QE10: also while a field has the keyboard.</summary>
    [Theory, InlineData("Shift Shift Shift"), InlineData("Escape Escape")]
    public async Task The_keys_leave_from_within_a_field(string keys)
    {
        await using var visitor = await VisitAsync(cached: true, "/my-plan/");
        await visitor.Page.Locator("textarea").First.FillAsync("Ann");

        await PressAsync(visitor, keys);

        await visitor.ArriveAsync();
    }

    /// <summary>QE10.</summary>
    [Theory]
    [InlineData("Shift Shift"), InlineData("Shift Shift a Shift"), InlineData("Shift Tab Shift Tab Shift"), InlineData("Escape")]
    [InlineData("Escape a Escape"), InlineData("Control+Shift Control+Shift Control+Shift"), InlineData("Alt+Shift Alt+Shift Alt+Shift")]
    public async Task Fewer_keys_or_others_between_them_do_not_leave(string keys)
    {
        await using var visitor = await VisitAsync(cached: false);

        await PressAsync(visitor, keys);

        Assert.True(await visitor.StaysAsync());
    }

    /// <summary>QE10: no single character is a shortcut (WCAG 2.1.4).</summary>
    [Fact]
    public async Task No_single_key_leaves()
    {
        await using var visitor = await VisitAsync(cached: false);

        foreach (var key in "abcdefghijklmnopqrstuvwxyz0123456789/?.".Select(letter => letter.ToString()).Concat(["Tab", "ArrowDown", "Home", "PageDown", "Backspace"]))
        {
            await visitor.Page.Keyboard.PressAsync(key);
            Assert.True(await visitor.StaysAsync(), key);
        }
    }

    /// <summary>QE10: with a key held down, Shift writes capitals or drives a shortcut.</summary>
    [Fact]
    public async Task Shift_while_another_key_is_down_does_not_count()
    {
        await using var visitor = await VisitAsync(cached: false);

        await visitor.Page.Keyboard.DownAsync("a");
        await PressAsync(visitor, "Shift Shift Shift");
        Assert.True(await visitor.StaysAsync());

        await visitor.Page.Keyboard.UpAsync("a");
        await PressAsync(visitor, "Shift Shift Shift");
        await visitor.ArriveAsync();
    }

    /// <summary>QE10: both ways to write it, and the keys held over one another as fast fingers do.</summary>
    [Fact]
    public async Task Writing_in_capitals_never_leaves()
    {
        await using var visitor = await VisitAsync(cached: false, "/search/");
        await visitor.Page.ClickAsync("#search-words");
        var keyboard = visitor.Page.Keyboard;

        foreach (var letter in "SHOUT")
        {
            await keyboard.DownAsync("Shift");
            await keyboard.PressAsync(letter.ToString());
            await keyboard.UpAsync("Shift");
        }

        await keyboard.DownAsync("Shift");
        foreach (var letter in "SHOUT") await keyboard.PressAsync(letter.ToString());
        await keyboard.UpAsync("Shift");
        foreach (var letter in "SHOUT")
        {
            await keyboard.DownAsync("Shift");
            await keyboard.DownAsync(letter.ToString());
            await keyboard.UpAsync("Shift");
            await keyboard.UpAsync(letter.ToString());
        }

        Assert.Equal("SHOUTSHOUTSHOUT", await visitor.Page.InputValueAsync("#search-words"));
        Assert.True(await visitor.StaysAsync());
    }

    /// <summary>QE10.</summary>
    [Fact]
    public async Task Shift_with_a_click_between_does_not_leave()
    {
        await using var visitor = await VisitAsync(cached: false);

        await PressAsync(visitor, "Shift Shift");
        await visitor.Page.ClickAsync("h1");
        await PressAsync(visitor, "Shift");

        Assert.True(await visitor.StaysAsync());
    }

    /// <summary>QE10: announced, and forgotten after five seconds.</summary>
    [Fact]
    public async Task Slow_presses_of_Shift_are_told_and_forgotten()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.Page.Clock.InstallAsync();
        await visitor.VisitAsync("/guides/");
        Assert.Equal("status", await visitor.Status.GetAttributeAsync("role"));

        await PressAsync(visitor, "Shift");
        Assert.Equal("Shift pressed. Press it 2 more times to leave.", await visitor.Status.TextContentAsync());
        await PressAsync(visitor, "Shift");
        Assert.Equal("Shift pressed. Press it 1 more time to leave.", await visitor.Status.TextContentAsync());
        await visitor.Page.Clock.RunForAsync(5_000);
        Assert.Equal("You are still on this site.", await visitor.Status.TextContentAsync());
        await PressAsync(visitor, "Shift");

        Assert.Equal("Shift pressed. Press it 2 more times to leave.", await visitor.Status.TextContentAsync());
        Assert.True(await visitor.StaysAsync());
    }

    /// <summary>QE10: in the language of the page.</summary>
    [Fact]
    public async Task Progress_is_told_in_the_language_of_the_page()
    {
        await using var visitor = await VisitAsync(cached: false, "/ur/");

        await PressAsync(visitor, "Shift");

        Assert.Equal(await visitor.Control.GetAttributeAsync("data-two"), await visitor.Status.TextContentAsync());
        Assert.Matches(@"\p{IsArabic}", await visitor.Status.TextContentAsync() ?? string.Empty);
    }

    /// <summary>QE10.</summary>
    [Fact]
    public async Task Escape_is_told_and_after_a_second_begins_anew()
    {
        await using var visitor = await VisitAsync(cached: false);

        await PressAsync(visitor, "Escape");
        Assert.Equal("Esc pressed. Press it once more to leave.", await visitor.Status.TextContentAsync());
        await visitor.Page.WaitForTimeoutAsync(1_100);
        await PressAsync(visitor, "Escape");
        Assert.True(await visitor.StaysAsync());

        await PressAsync(visitor, "Escape");
        await visitor.ArriveAsync();
    }

    /// <summary>QE10: the press that closes the menu is the menu's; it is no first half either.</summary>
    [Fact]
    public async Task Escape_closes_an_open_menu_and_does_not_count()
    {
        await using var visitor = await VisitAsync(cached: false);
        await visitor.Page.ClickAsync(".p-languages summary");

        await PressAsync(visitor, "Escape");
        Assert.False(await visitor.Page.Locator(".p-languages").EvaluateAsync<bool>("menu => menu.open"));
        await PressAsync(visitor, "Escape");
        Assert.True(await visitor.StaysAsync());

        await PressAsync(visitor, "Escape");
        await visitor.ArriveAsync();
    }

    /// <summary>QE10: things the pages may come to have.</summary>
    [Theory]
    [InlineData("box = document.createElement('dialog'); document.body.append(box); box.showModal()")]
    [InlineData("box = document.createElement('div'); box.popover = 'manual'; document.body.append(box); box.showPopover()")]
    [InlineData("box = document.createElement('button'); box.setAttribute('aria-expanded', 'true'); document.body.append(box); box.focus()")]
    public async Task Escape_belongs_to_an_open_dialog_popover_or_widget(string open)
    {
        await using var visitor = await VisitAsync(cached: false);
        await visitor.AskAsync($"(() => {{ let box; {open}; }})() + ''");

        await PressAsync(visitor, "Escape Escape");

        Assert.True(await visitor.StaysAsync());
    }

    private async Task<LeavingVisitor> VisitAsync(bool cached, string address = "/guides/")
    {
        var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync(address);
        return visitor;
    }

    private static async Task PressAsync(LeavingVisitor visitor, string keys)
    {
        foreach (var key in keys.Split(' ')) await visitor.Page.Keyboard.PressAsync(key);
    }
}

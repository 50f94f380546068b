using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Portal.Cms.Staff;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>Whatever somebody typed is kept: by itself, over a cut connection, a restarted server, and a session that ended.</summary>
public sealed class CmsEditingTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 30_000 };

    [Fact]
    public async Task What_is_typed_is_kept_as_a_draft_and_stands_there_again()
    {
        var server = await cms.ServerAsync();
        var path = await server.DocumentAsync("guides/x-kept");
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Author);
        var page = await OpenAsync(context, path);

        await page.FillAsync("[name='f.warning']", "This may be hard to read.");
        await Expect(State(page)).ToContainTextAsync("Saved as a draft ", Patient);
        await page.ReloadAsync();

        Assert.Equal("This may be hard to read.", await page.InputValueAsync("[name='f.warning']"));
        await Expect(page.Locator(".notice")).ToContainTextAsync("did not save it", Patient);
        Assert.Equal(1, await server.WithDatabaseAsync(database => database.Revisions.CountAsync(revision => revision.Path == path, Cancel)));
    }

    [Fact]
    public async Task A_cut_connection_loses_nothing_and_heals_by_itself()
    {
        var server = await cms.ServerAsync();
        var path = await server.DocumentAsync("guides/x-cut");
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Author);
        var page = await OpenAsync(context, path);

        await context.SetOfflineAsync(true);
        await page.FillAsync("[name='f.closing']", "Typed while the line was cut.");
        await Expect(State(page)).ToContainTextAsync("Not saved: no connection. Your text is still here; trying again.", Patient);
        await page.ClickAsync(".savebar button");
        Assert.Equal("Typed while the line was cut.", await page.InputValueAsync("[name='f.closing']"));
        await context.SetOfflineAsync(false);

        await Expect(State(page)).ToContainTextAsync("Saved as a draft ", Patient);
        Assert.Contains("Typed while the line was cut.", await server.WithDatabaseAsync(database => database.Drafts.Where(draft => draft.Path == path).Select(draft => draft.Text).SingleAsync(Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restarted_server_takes_what_was_typed_meanwhile()
    {
        await using var server = await CmsServer.StartAsync();
        var path = await server.DocumentAsync("guides/x-restart");
        await using var context = await server.SignInAsync(browsers.Browser, [Role.Author]);
        var page = await OpenAsync(context, path);

        await server.StopAsync();
        await page.FillAsync("[name='f.closing']", "Typed while the server was away.");
        await Expect(State(page)).ToContainTextAsync("Not saved: no connection.", Patient);
        await server.StartAgainAsync();
        await Expect(State(page)).ToContainTextAsync("Saved as a draft ", Patient);
        await page.ClickAsync(".savebar button");

        await Expect(page.Locator(".notice")).ToContainTextAsync("Saved as revision 2.", Patient);
    }

    [Fact]
    public async Task A_session_that_ended_says_so_and_the_text_is_saved_after_signing_in_elsewhere()
    {
        var server = await cms.ServerAsync();
        var path = await server.DocumentAsync("guides/x-session");
        var person = await server.PersonAsync(Role.Author);
        await using var context = await server.SignInAsync(browsers.Browser, []);
        var page = await context.NewPageAsync();
        await server.SignInAsync(page, person);
        await page.GotoAsync("/documents/edit/" + path);

        await server.WithDatabaseAsync(database => database.Sessions.Where(session => session.AccountId == person.Id).ExecuteDeleteAsync(Cancel));
        await server.WithDatabaseAsync(database => database.Users.Where(each => each.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(each => each.CodeStep, 0L), Cancel)); // Its code is good once more.
        await page.FillAsync("[name='f.closing']", "Typed after the session ended.");
        await Expect(State(page)).ToContainTextAsync("your session has ended. Your text is still here. Sign in in another tab", Patient);
        await server.SignInAsync(await context.NewPageAsync(), person);

        await Expect(State(page)).ToContainTextAsync("Saved as a draft ", Patient);
        await page.ReloadAsync();
        Assert.Equal("Typed after the session ended.", await page.InputValueAsync("[name='f.closing']"));
    }

    [Fact]
    public async Task Leaving_a_page_with_unsaved_words_is_asked_about_first()
    {
        var server = await cms.ServerAsync();
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Author);
        var page = await OpenAsync(context, await server.DocumentAsync("guides/x-leaving"));
        var asked = new TaskCompletionSource<string>();
        page.Dialog += async (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            await dialog.DismissAsync();
        };
        await context.SetOfflineAsync(true);
        await page.Locator("[name='f.closing']").PressSequentiallyAsync("Words");

        await page.CloseAsync(new() { RunBeforeUnload = true });

        Assert.Equal("beforeunload", await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel));
        Assert.Equal("Words", await page.InputValueAsync("[name='f.closing']"));
    }

    [Fact]
    public async Task Blocks_are_moved_removed_put_back_and_added_in_the_page()
    {
        var server = await cms.ServerAsync();
        var path = await server.DocumentAsync("guides/x-blocks", body: "Some words.\n\n::: callout tone=calm title=\"One\"\nFirst box.\n:::\n\n::: steps\n1. A step.\n:::\n");
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Author);
        var page = await OpenAsync(context, path);
        var loads = 0;
        page.Load += (_, _) => loads++;
        ILocator Block(int number) => page.Locator(".blocks > .block").Nth(number);

        await Block(2).GetByRole(AriaRole.Button, new() { Name = "Move up" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(State(page)).ToContainTextAsync("Steps is now block 2 of 3.", Patient);
        Assert.Equal("up:1", await page.EvaluateAsync<string>("document.activeElement.value"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(State(page)).ToContainTextAsync("Steps is now block 1 of 3.", Patient);
        Assert.Equal("down:0", await page.EvaluateAsync<string>("document.activeElement.value")); // "Move up" is disabled now: the focus stays by it.

        await Block(1).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.Locator(".blocks > .block")).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("Enter"); // "Put it back" has the focus.
        await Expect(page.Locator(".blocks > .block")).ToHaveCountAsync(3);

        await page.ClickAsync(".add summary");
        await page.ClickAsync("[value='add:details']");
        await Expect(page.Locator(".blocks > .block")).ToHaveCountAsync(4);
        Assert.Equal("b.3.a.title", await page.EvaluateAsync<string>("document.activeElement.name"));
        await page.Keyboard.TypeAsync("More");
        await page.ClickAsync("summary:text('Owner, review and sources')");
        await page.ClickAsync("[value='more:f.sources']");
        await page.FillAsync("[name='f.sources.0.name']", "A source");
        Assert.Equal(0, loads);
        await Block(2).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.ClickAsync(".savebar button");
        await Expect(page.Locator(".notice")).ToContainTextAsync("Saved as revision 2.", Patient);

        var text = await server.WithDatabaseAsync(database => database.Revisions.Where(revision => revision.Path == path && revision.Number == 2).Select(revision => revision.Text).SingleAsync(Cancel));
        Assert.EndsWith("---\n::: steps\n1. A step.\n:::\n\nSome words.\n\n::: details title=More\n:::\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_answer_while_one_types_and_stand_in_the_address()
    {
        var server = await cms.ServerAsync();
        await server.DocumentAsync("guides/x-filter", "A quokka for the filter");
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Reviewer);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/documents");
        await page.EvaluateAsync("document.querySelector('[role=status]').mark = 1");

        await page.Locator("#q").PressSequentiallyAsync("quokka");

        await Expect(page.Locator("#results [role=status]")).ToHaveTextAsync("1 document");
        await Expect(page.Locator("#results tbody tr")).ToHaveCountAsync(1);
        Assert.EndsWith("/documents?q=quokka", page.Url, StringComparison.Ordinal);
        Assert.Equal(1, await page.EvaluateAsync<int>("document.querySelector('[role=status]').mark")); // The line that was there is heard; a new one would not be.
    }

    [Fact]
    public async Task A_summary_of_errors_takes_the_focus()
    {
        await using var context = await cms.SignInAsync(browsers.Browser);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#email", "nobody@example.org");
        await page.FillAsync("#passphrase", "wrong words here too");
        await page.ClickAsync("button.main");

        await Expect(page.Locator(".errors")).ToBeFocusedAsync();
    }

    private static async Task<IPage> OpenAsync(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/documents/edit/" + path);
        return page;
    }

    private static ILocator State(IPage page) => page.Locator("#state");
}

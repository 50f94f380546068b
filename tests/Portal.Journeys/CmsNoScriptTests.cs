using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Journeys;

/// <summary>With JavaScript switched off: signing in, finding, writing, moving and saving all work by plain forms.</summary>
public sealed class CmsNoScriptTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
    [Fact]
    public async Task Somebody_signs_in_edits_moves_a_block_and_saves()
    {
        var server = await cms.ServerAsync();
        var path = await server.DocumentAsync("guides/x-no-script", "Sleepy wombat", "Some words.\n\n::: steps\n1. A step.\n:::\n");
        var person = await server.PersonAsync(Role.Author);
        await using var context = await server.SignInAsync(browsers.Browser, [], new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 320, Height = 640 } });
        var page = await context.NewPageAsync();

        await server.SignInAsync(page, person);
        await page.ClickAsync(".menu");
        await page.GetByRole(AriaRole.Link, new() { Name = "Documents" }).ClickAsync();
        await page.FillAsync("#q", "wombat");
        await page.ClickAsync(".filters button");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sleepy wombat" }).ClickAsync();
        await page.FillAsync("[name='b.0.words']", "Other words.");
        await page.ClickAsync("[value='down:0']");
        Assert.Equal("Other words.", await page.InputValueAsync("[name='b.1.words']"));
        await page.ClickAsync(".add summary");
        await page.ClickAsync("[value='add:quote']");
        await page.FillAsync("[name='b.2.words']", "Said by somebody.");
        await page.ClickAsync("button.main:visible");
        Assert.Contains("Saved as revision 2.", await page.InnerTextAsync(".notice"), StringComparison.Ordinal);

        var text = await server.WithDatabaseAsync(database => database.Revisions.Where(revision => revision.Path == path && revision.Number == 2).Select(revision => revision.Text).SingleAsync(TestContext.Current.CancellationToken));
        Assert.EndsWith("---\n::: steps\n1. A step.\n:::\n\nOther words.\n\n::: quote\nSaid by somebody.\n:::\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enter_in_a_field_saves_and_does_not_move_a_block()
    {
        var server = await cms.ServerAsync();
        var path = await server.DocumentAsync("guides/x-enter");
        await using var context = await server.SignInAsync(browsers.Browser, [Role.Author], new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/documents/edit/" + path);

        await page.FillAsync("[name='f.title']", "Another title");
        await page.PressAsync("[name='f.title']", "Enter");

        Assert.Contains("Saved as revision 2.", await page.InnerTextAsync(".notice"), StringComparison.Ordinal);
    }
}

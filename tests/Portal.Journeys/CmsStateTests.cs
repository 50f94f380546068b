using Portal.Cms.Staff;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>What a screen shows once something was done there: what is wrong, what was tried, what is shown once. Journeys look at theirs in passing.</summary>
public sealed class CmsStateTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
    [Fact]
    public async Task An_invitation_is_shown_once_and_leads_to_a_form()
    {
        await using var olive = await CmsPerson.AtAsync(await cms.ServerAsync(), browsers.Browser, "Olive Owner", (Role.Owner, ""));
        await olive.OpenAsync("/staff");
        await olive.Field("Name").FillAsync("Invited Person");
        await olive.Field("Email address").FillAsync("invited@example.org");
        await olive.Field("Author").CheckAsync();
        await olive.PressAsync("Make the invitation");
        await Expect(olive.Heading("The invitation")).ToBeVisibleAsync();
        await olive.FitsAsync();

        await using var invited = await CmsPerson.AtAsync(await (await cms.ServerAsync()).SignInAsync(browsers.Browser, []));
        await invited.OpenAsync(await olive.Page.InnerTextAsync("code.link"));
        await Expect(invited.Button("Save and sign in")).ToBeVisibleAsync();
        await invited.FitsAsync();
    }

    [Fact]
    public async Task A_table_that_was_tried_tells_each_row()
    {
        await using var rowan = await CmsPerson.AtAsync(await cms.ServerAsync(), browsers.Browser, "Rowan Field", (Role.Author, ""), (Role.Reviewer, ""));
        await rowan.OpenAsync("/places/import");
        await rowan.Page.FillAsync("#table", "path,title,type\nplaces/x-tried,A place,palace\nplaces/ashford-council-housing,Another name,palace\n");
        await rowan.PressAsync("Check it, write nothing");

        await Expect(rowan.Page.Locator("main table tbody tr")).ToHaveCountAsync(2);
        await rowan.FitsAsync();
    }

    [Fact]
    public async Task A_document_without_a_title_says_what_is_missing()
    {
        await using var rowan = await CmsPerson.AtAsync(await cms.ServerAsync(), browsers.Browser, "Rowan Field", (Role.Author, ""), (Role.Reviewer, ""));
        await rowan.OpenAsync("/documents/new");
        await rowan.PressAsync("Make it");

        await Expect(rowan.Errors).ToBeVisibleAsync();
        await rowan.FitsAsync();
    }

    [Fact]
    public async Task Words_sent_after_the_end_of_the_session_stand_on_the_page_that_says_so()
    {
        var server = await cms.ServerAsync();
        var path = await server.DocumentAsync("guides/x-too-late", "Too late", "Some words.\n");
        await using var rowan = await CmsPerson.AtAsync(server, browsers.Browser, "Rowan Field", (Role.Author, ""));
        await rowan.OpenAsync("/documents/edit/" + path);
        await rowan.Page.Context.ClearCookiesAsync();
        await rowan.Page.EvaluateAsync("() => { setTimeout(() => document.querySelector('form[data-autosave]').submit()); }"); // As without a script, which would keep the words in the form.

        await Expect(rowan.Heading("You are signed out, and nothing was saved")).ToBeVisibleAsync();
        await Expect(rowan.Field("Block 1, Words")).ToHaveValueAsync("Some words.");
        await rowan.FitsAsync();
    }
}

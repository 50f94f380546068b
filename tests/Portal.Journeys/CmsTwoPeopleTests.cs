using Microsoft.EntityFrameworkCore;

using Portal.Cms.Staff;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>Two people write one page at the same time, and no word of either is lost.</summary>
public sealed class CmsTwoPeopleTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_second_to_save_is_shown_both_texts_and_who_wrote_the_other_and_puts_them_together()
    {
        var server = await cms.ServerAsync();
        var path = await server.DocumentAsync("guides/x-two-people", "Two people", "Common words.\n");
        await using var rowan = await CmsPerson.AtAsync(server, browsers.Browser, "Rowan Field", (Role.Author, ""), (Role.Reviewer, ""));
        await using var jo = await CmsPerson.AtAsync(server, browsers.Browser, "Jo Marsh", (Role.CommunicationsLead, ""));
        await rowan.OpenAsync("/documents/edit/" + path);
        await jo.OpenAsync("/documents/edit/" + path);

        await rowan.TypeAsync(rowan.Words(0), " Rowan adds lanterns.");
        await rowan.SaveAsync(2);
        await jo.TypeAsync(jo.Words(0), " Jo adds candles.");
        await jo.PressAsync("Save");

        await Expect(jo.Errors).ToContainTextAsync("Rowan Field saved this while you were writing", new() { Timeout = 20_000 });
        Assert.Equal(412, jo.Status);
        await Expect(jo.Errors.Locator("ins")).ToHaveTextAsync(["Added: Rowan", "Added: lanterns."]);
        await Expect(jo.Errors.Locator("del")).ToHaveTextAsync(["Taken out: Jo", "Taken out: candles."]);
        await Expect(jo.Words(0)).ToHaveTextAsync("Common words. Jo adds candles.");
        await Expect(jo.Errors).ToBeFocusedAsync();
        await jo.FitsAsync();

        await jo.TypeAsync(jo.Words(0), " Rowan adds lanterns.");
        await jo.SaveAsync(3);

        await rowan.Page.ReloadAsync();
        await Expect(rowan.Words(0)).ToHaveTextAsync("Common words. Jo adds candles. Rowan adds lanterns.");
        await rowan.FollowAsync("History");
        await Expect(rowan.Page.Locator("tbody tr")).ToHaveCountAsync(3);
        await Expect(rowan.Page.Locator("tbody tr").Nth(0)).ToContainTextAsync("Jo Marsh");
        await Expect(rowan.Page.Locator("tbody tr").Nth(1)).ToContainTextAsync("Rowan Field");
        await rowan.FollowAsync("Look at revision 2");
        await Expect(rowan.Page.Locator(".diff ins")).ToHaveTextAsync("Added:  Rowan adds lanterns.");
        Assert.Equal(0, await server.WithDatabaseAsync(database => database.Drafts.CountAsync(draft => draft.Path == path, Cancel)));
    }
}

using Portal.Cms.Staff;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>What was right before is public again in a few clicks, and what came after it is kept.</summary>
public sealed class CmsRestoreTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
    private const string Path = "pages/guides/x-restored/en.md";
    private const string Public = "/guides/x-restored/";
    private const string Old = "Ring before you go.";
    private const string New = "Go without ringing.";

    [Fact]
    public async Task An_old_revision_is_compared_restored_as_a_draft_and_public_again()
    {
        var server = await cms.ServerAsync();
        await using var rowan = await CmsPerson.AtAsync(server, browsers.Browser, "Rowan Field", (Role.Author, ""), (Role.Reviewer, ""));
        await using var morgan = await CmsPerson.AtAsync(server, browsers.Browser, "Morgan Price", (Role.Reviewer, ""));
        await using var visitor = new CmsVisitor(server, browsers.Browser);
        await rowan.OpenAsync("/");
        await rowan.WriteGuideAsync("guides/x-restored", "Before you go", Old);
        await PublishAsync(rowan, morgan);
        await visitor.SeesAsync(Public, Old);
        await rowan.OpenAsync("/documents/edit/" + Path);
        await rowan.TypeAsync(rowan.Words(0), New, over: true);
        await rowan.SaveAsync(3);
        await PublishAsync(rowan, morgan);
        await visitor.SeesAsync(Public, New);

        await rowan.OpenAsync("/documents/edit/" + Path);
        await rowan.FollowAsync("History");
        await Expect(rowan.Heading("Revision 3 against revision 2")).ToBeVisibleAsync();
        await Expect(rowan.Page.Locator(".diff del")).ToHaveTextAsync("Taken out: " + Old);
        await Expect(rowan.Page.Locator(".diff ins")).ToHaveTextAsync("Added: " + New);
        await rowan.FollowAsync("Look at revision 2");
        await rowan.PressAsync("Restore revision 2 as a draft");
        await Expect(rowan.Notice).ToContainTextAsync("Saved as revision 4.", new() { Timeout = 20_000 });
        await Expect(rowan.Words(0)).ToHaveTextAsync(Old);
        await visitor.SeesAsync(Public, New); // A draft changes nothing.

        await PublishAsync(rowan, morgan);
        await visitor.SeesAsync(Public, Old);
        Assert.DoesNotContain(New, await visitor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        await rowan.OpenAsync("/documents/history/" + Path);
        await Expect(rowan.Page.Locator("tbody tr").First).ToContainTextAsync("Restored revision 2");
        await rowan.FollowAsync("Look at revision 3");
        await Expect(rowan.Page.Locator(".diff ins")).ToHaveTextAsync("Added: " + New);
    }

    private static async Task PublishAsync(CmsPerson author, CmsPerson reviewer)
    {
        await author.SubmitAsync(Path);
        await reviewer.OpenAsync("/");
        await reviewer.ApproveAsync(Path);
    }
}

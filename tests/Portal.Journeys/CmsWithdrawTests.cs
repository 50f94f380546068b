using Portal.Cms.Staff;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>A page that must go is gone at once, by one person alone.</summary>
public sealed class CmsWithdrawTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
    private const string Path = "pages/guides/x-pangolin/en.md";
    private const string Public = "/guides/x-pangolin/";
    private const string Title = "Pangolin walks";
    private const string Reason = "A reader told us of a mistake";

    [Fact]
    public async Task One_person_takes_a_page_off_and_no_list_search_or_map_names_it()
    {
        var server = await cms.ServerAsync();
        await using var rowan = await CmsPerson.AtAsync(server, browsers.Browser, "Rowan Field", (Role.Author, ""), (Role.Reviewer, ""));
        await rowan.OpenAsync("/");
        await rowan.WriteGuideAsync("guides/x-pangolin", Title, "Walks in the evening.");
        await rowan.SubmitAsync(Path);
        await using var morgan = await CmsPerson.AtAsync(server, browsers.Browser, "Morgan Price", (Role.Reviewer, ""));
        await morgan.OpenAsync("/");
        await morgan.ApproveAsync(Path);
        await using var visitor = new CmsVisitor(server, browsers.Browser);
        await visitor.SeesAsync(Public, "Walks in the evening.");
        Assert.Equal([Public], await visitor.FindsAsync("pangolin"));
        Assert.Contains(Public, await visitor.ReadAsync("/sitemap-en.xml"), StringComparison.Ordinal);
        await visitor.SeesAsync("/guides/", Title);

        await using var pat = await CmsPerson.AtAsync(server, browsers.Browser, "Pat Stone", (Role.Publisher, ""));
        await pat.OpenAsync("/documents?q=pangolin");
        await pat.FollowAsync(Title);
        await pat.FollowAsync("Review and publish");
        await pat.PressAsync("Take it off the site");
        Assert.True(await pat.Field("Reason").EvaluateAsync<bool>("input => input.validity.valueMissing")); // Never without a reason.
        await pat.Field("Reason").FillAsync(Reason);
        await pat.PressAsync("Take it off the site");
        await Expect(pat.Page.Locator(".bar .tag")).ToHaveTextAsync("Withdrawn", new() { Timeout = 20_000 });

        await visitor.IsLedAsync(Public, "/guides/");
        Assert.DoesNotContain(Title, await visitor.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Empty(await visitor.FindsAsync("pangolin"));
        Assert.DoesNotContain(Public, await visitor.ReadAsync("/sitemap-en.xml"), StringComparison.Ordinal);
        await visitor.OpenAsync("/a-to-z/");
        await Expect(visitor.Page.GetByText(Title)).ToHaveCountAsync(0);

        await using var auditor = await CmsPerson.AtAsync(server, browsers.Browser, "Audrey Lake", (Role.Auditor, ""));
        await auditor.OpenAsync("/audit?subject=x-pangolin");
        var row = auditor.Page.Locator("tbody tr").First;
        Assert.Equal(["Pat Stone", "document.withdraw", Path, Reason], (await row.Locator("td").AllInnerTextsAsync()).Skip(1));
    }
}

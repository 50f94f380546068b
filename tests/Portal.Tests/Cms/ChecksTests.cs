using System.Net;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What stands beside the text while it is written.</summary>
public sealed class ChecksTests : IAsyncLifetime
{
    private const string Guide = PublishedSite.Guide;
    private const string Edit = "/documents/edit/" + Guide;
    private const string Panel = "/documents/checks/" + Guide;

    private PublishedSite site = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => site = await PublishedSite.StartAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task The_panel_names_errors_and_warnings_and_leads_to_their_field_or_block()
    {
        var account = await site.Cms.PersonAsync(true, (Role.Author, string.Empty));
        var author = await site.Cms.SignInAsync(account);
        await site.WriteAsync(account, Guide, "guidance", A.Guide("Victim", "See [here](/help-now/).\n\n::: callout\nSee [words](/nowhere/).\n:::\n\n::: image media=kit/words.txt\n:::\n"));

        var page = await author.PageAsync(Edit);
        var found = page.QuerySelectorAll("#checks li").Select(item => (Tag: item.QuerySelector(".tag")!.TextContent, item.QuerySelector("a")!.TextContent, Target: item.QuerySelector("a")!.GetAttribute("href")![1..])).ToList();

        Assert.Equal(Panel, page.QuerySelector("#checks")!.GetAttribute("data-after-save"));
        Assert.Contains(found, each => each is { Tag: "Must be put right", Target: "b.2" } && each.TextContent.Contains("needs a description", StringComparison.Ordinal));
        Assert.All(found, each => Assert.NotNull(page.GetElementById(each.Target)));
    }

    [Fact]
    public async Task Each_rule_about_words_is_told_at_its_place()
    {
        var account = await site.Cms.PersonAsync(true, (Role.Author, string.Empty));
        var author = await site.Cms.SignInAsync(account);
        await site.WriteAsync(account, Guide, "guidance", A.Guide("Victim", "See [here](/help-now/). Leave your abuser.\n\n::: callout\nSee [words](/nowhere/). Ring 01622 123456.\n:::\n"));

        var told = (await author.PageAsync(Edit)).QuerySelectorAll("#checks li a").Select(link => $"{link.GetAttribute("href")} {link.TextContent}").Order(StringComparer.Ordinal);

        Assert.Equal(
        [
            "#b.0 The link 'here' does not say where it leads.", "#b.0 The wording 'your abuser' stands here.",
            "#b.1 '01622 123456' looks like a telephone number.", "#b.1 The link to /nowhere/ leads nowhere.",
            "#f.tabTitle The tab title 'Victim' holds the word 'victim'.",
        ],
        told);
    }

    [Fact]
    public async Task The_panel_alone_tells_of_ones_own_draft_and_of_nobody_elses()
    {
        var (author, other) = (await site.Cms.ClientAsync(Role.Author), await site.Cms.ClientAsync(Role.Author));
        var page = await author.PageAsync(Edit);
        using var typed = new FormUrlEncodedContent(page.QuerySelectorAll("form.editor input[type=hidden], form.editor input:not([type]), form.editor textarea")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("name") == "b.0.words" ? "<b>Half</b>" : input.GetAttribute("value") ?? input.TextContent)));
        Assert.Equal(HttpStatusCode.NoContent, (await author.PostAsync(new Uri("/documents/draft/" + Guide, UriKind.Relative), typed, Cancel)).StatusCode);

        Assert.Contains("Raw HTML is not allowed.", (await author.PageAsync(Panel)).QuerySelector("#checks")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Nothing stands in the way.", (await other.PageAsync(Panel)).QuerySelector("#checks p")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await site.Cms.Visitor().OpenAsync(Panel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await author.OpenAsync("/documents/checks/pages/none/en.md")).StatusCode);
    }
}

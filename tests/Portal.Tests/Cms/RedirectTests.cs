using System.Net;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The list of redirects. The small site has one: from /old/ to /guides/.</summary>
public sealed class RedirectTests : IAsyncLifetime
{
    private const string Path = "settings.yaml";

    private CmsFixture cms = null!; // Set before each test.
    private HttpClient lead = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsContent.StartAsync(A.Site());
        lead = await cms.ClientAsync(Role.CommunicationsLead);
    }

    public async ValueTask DisposeAsync()
    {
        lead.Dispose();
        await cms.DisposeAsync();
    }

    [Fact]
    public async Task A_redirect_is_added_reviewed_and_public()
    {
        var before = await cms.SavedAsync(Path);
        Assert.Equal("/redirects", (await AddAsync("/older/", "/help-now/")).Target());
        Assert.Equal(before + "  - from: /older/\n    to: /help-now/\n", await cms.SavedAsync(Path));

        await cms.ApproveAsync(lead, await cms.ClientAsync(Role.Reviewer), Path);
        Assert.Equal("/old/ /guides/ 301!\n/older/ /help-now/ 301!\n", cms.Public("_redirects"));
    }

    [Fact]
    public async Task Chains_collapse_to_one_step()
    {
        await AddAsync("/older/", "/old/");
        Assert.Contains("from: /older/\n    to: /guides/", await cms.SavedAsync(Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/help-now/", "/guides/", "hides a page")]
    [InlineData("/older/", "/nowhere/", "does not exist or is not public")]
    [InlineData("/older/", "/older/", "leads back to itself")]
    [InlineData("/my-refuge/", "/guides/", "holds the word 'refuge'")]
    [InlineData("/older", "/guides/", "is no address of this site")]
    [InlineData("/OLD/", "/help-now/", "is redirected already")]
    [InlineData("", "/guides/", "Enter the old address.")]
    public async Task A_redirect_that_would_mislead_is_refused(string from, string to, string told)
    {
        var refused = await AddAsync(from, to);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(told, (await refused.DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await cms.Database().Revisions.CountAsync(revision => revision.Path == Path, Cancel));
    }

    [Fact]
    public async Task A_redirect_is_found_and_removed()
    {
        await AddAsync("/older/", "/help-now/");
        Assert.Equal("/older/", Assert.Single((await lead.PageAsync("/redirects?q=HELP")).QuerySelectorAll("tbody th")).TextContent);

        await lead.SubmitAsync("/redirects", "remove", ("from", "/old/"));

        Assert.Equal("/older/", Assert.Single((await lead.PageAsync("/redirects")).QuerySelectorAll("tbody th")).TextContent);
    }

    [Fact]
    public async Task A_save_over_somebody_elses_is_refused_and_an_Author_reads_alone()
    {
        var stale = await lead.PageAsync("/redirects");
        await AddAsync("/older/", "/help-now/");

        Assert.Equal(HttpStatusCode.PreconditionFailed, (await lead.SubmitAsync(stale, "/redirects", "remove", ("from", "/old/"))).StatusCode);
        Assert.Contains("/old/", await cms.SavedAsync(Path), StringComparison.Ordinal);
        var author = await cms.ClientAsync(Role.Author);
        Assert.DoesNotContain((await author.PageAsync("/redirects")).QuerySelectorAll("main button"), button => button.TextContent is "Add" or "Remove");
    }

    private Task<HttpResponseMessage> AddAsync(string from, string to) => lead.SubmitAsync("/redirects", "add", ("from", from), ("to", to));
}

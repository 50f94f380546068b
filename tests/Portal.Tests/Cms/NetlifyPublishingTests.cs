using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>From a publication to the host, and what staff are told of it.</summary>
public sealed class NetlifyPublishingTests
{
    private const string Path = "pages/guides/staying-safe/en.md";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_publication_and_a_roll_back_are_live_once_the_host_serves_them()
    {
        await using var host = await NetlifyStub.StartAsync();
        await using var cms = await StartAsync(host);
        using var publisher = await cms.ClientAsync(Role.Publisher);
        host.Error = "The site has no more credit";
        cms.Clock.Advance(TimeSpan.FromMinutes(1));
        await PublishAsync(cms, "First words.");
        await DeployAsync(cms);
        var refused = (await publisher.PageAsync("/publishing")).Body!.TextContent;
        Assert.Contains("The host does not serve the newest site", refused, StringComparison.Ordinal);
        Assert.Contains("no more credit", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("live since", refused, StringComparison.Ordinal);
        var page = (await publisher.PageAsync("/documents/publish/" + Path)).Body!.TextContent;
        Assert.Contains("The host does not serve it yet: ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Live since", page, StringComparison.Ordinal);
        Assert.Contains("1 publication is not live: the host does not serve it", (await publisher.PageAsync("/")).Body!.TextContent, StringComparison.Ordinal);
        var publications = await cms.Database().Publications.CountAsync(Cancel);

        host.Error = null;
        cms.Clock.Advance(TimeSpan.FromMinutes(1));
        await DeployAsync(cms);
        page = (await publisher.PageAsync("/documents/publish/" + Path)).QuerySelector("main")!.TextContent;
        Assert.Contains("Live since 1 Dec 2026, 09:02", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not live", (await publisher.PageAsync("/")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("live since", (await publisher.PageAsync("/publishing")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(publications, await cms.Database().Publications.CountAsync(Cancel)); // Nothing was built again.
        Assert.Equal(Directory.EnumerateFiles(cms.Site, "*", SearchOption.AllDirectories).Select(file => "/" + System.IO.Path.GetRelativePath(cms.Site, file).Replace('\\', '/')).Order(StringComparer.Ordinal), host.Newest.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("/_headers", host.Newest.Keys);

        var first = host.Newest["/guides/staying-safe/index.html"];
        var old = await cms.Database().Publications.Where(publication => publication.Failure == null).OrderByDescending(publication => publication.At).Select(publication => publication.Id).FirstAsync(Cancel);
        cms.Clock.Advance(TimeSpan.FromMinutes(1));
        await PublishAsync(cms, "Second words.");
        await DeployAsync(cms);
        Assert.NotEqual(first, host.Newest["/guides/staying-safe/index.html"]);

        cms.Clock.Advance(TimeSpan.FromMinutes(1));
        await publisher.SubmitAsync("/publishing", $"back-{old}");
        await DeployAsync(cms);
        Assert.Equal(first, host.Newest["/guides/staying-safe/index.html"]);
        Assert.All(cms.Log, line => Assert.DoesNotContain(NetlifyStub.Token, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_without_a_site_is_told()
    {
        var refusal = await Assert.ThrowsAsync<Portal.Cms.Hosting.StartException>(() => CmsFixture.StartAsync(settings => settings with { Netlify = new() { Token = NetlifyStub.Token } }));

        Assert.Contains("Portal__Netlify__Site", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(NetlifyStub.Token, refusal.Message, StringComparison.Ordinal);
    }

    private static Task<CmsFixture> StartAsync(NetlifyStub host) =>
        CmsFixture.StartAsync(settings => settings with { Netlify = new() { Token = NetlifyStub.Token, Site = NetlifyStub.Site, Api = host.Api } });

    private static async Task PublishAsync(CmsFixture cms, string words)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site((Path, A.Guide("Staying safe", words + "\n"))), Cancel);
        await using var database = cms.Database();
        database.Outbox.Add(new() { At = cms.Now, By = "test", What = words });
        await database.SaveChangesAsync(Cancel);
        var publication = await cms.Services.GetRequiredService<Publisher>().RunOnceAsync(Cancel);
        Assert.True(publication is null or { Failure: null }, publication?.Failure);
    }

    /// <summary>Waits its turn: the deployer was woken too, and one of both does it.</summary>
    private static async Task DeployAsync(CmsFixture cms) => await cms.Services.GetRequiredService<NetlifyDeployer>().RunOnceAsync(Cancel);
}

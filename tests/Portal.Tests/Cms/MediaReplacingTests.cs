using System.Net;

using AngleSharp.Html.Dom;

using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Audit;
using Portal.Cms.Bundles;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Media;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Other bytes in place of a file: by a communications lead, and never by one alone where a second person has judged.</summary>
public sealed class MediaReplacingTests : IAsyncLifetime
{
    private const string Page = "/media/file/pictures/band.png";

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cms = await CmsContent.StartAsync(MediaTests.Content);

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task Replaced_bytes_are_of_the_same_kind_and_of_a_file_that_no_second_person_has_judged()
    {
        var lead = await cms.ClientAsync(Role.CommunicationsLead);
        await RefusedAsync();
        await StandsAsync(EntryState.InReview, isLive: false);
        await RefusedAsync();
        await StandsAsync(EntryState.Draft, isLive: false);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ReplaceAsync(lead, "new.jpg", MediaSamples.Jpeg())).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await ReplaceAsync(lead, "new.png", MediaSamples.Png(60, 60))).StatusCode);

        Assert.Equal("media.replace", await cms.Database().Audit.Where(row => row.Subject == "pictures/band.png").Select(row => row.Act).SingleAsync(Cancel));
        await StandsAsync(EntryState.Published, isLive: true);
        await cms.PublishAsync();
        Assert.Contains("width=\"60\" height=\"60\"", await File.ReadAllTextAsync(Path.Combine(cms.Site, "guides", "staying-safe", "index.html"), Cancel), StringComparison.Ordinal);

        Task RefusedAsync() => this.RefusedAsync(lead);
    }

    [Fact]
    public async Task What_a_bundle_waits_with_or_gives_back_is_judged_though_its_texts_are_drafts()
    {
        var lead = await cms.ClientAsync(Role.CommunicationsLead);
        await StandsAsync(EntryState.Draft, isLive: false);
        var bundle = await BundleAsync();
        Assert.Contains((await lead.PageAsync(Page)).Forms, IsReplacing);
        foreach (var state in new[] { BundleState.InReview, BundleState.Scheduled })
        {
            await BundleStandsAsync(bundle, state);
            await RefusedAsync(lead);
            Assert.True((await (await cms.ClientAsync(Role.Author)).PageAsync(Page)).QuerySelector("#about")!.HasAttribute("disabled"));
        }

        // The bundle's text names another picture; the one before it comes back when the bundle leaves.
        await BundleStandsAsync(bundle, BundleState.Published);
        await lead.SubmitAsync("/documents/edit/" + MediaTests.Guide, "edit", ("b.1.a.media", "pictures/other.png"), ("b.2.a.media", "pictures/other.png"), ("act", "save"));
        await StandsAsync(EntryState.Published, isLive: true);
        await RefusedAsync(lead);
        Assert.Contains("public again once its bundle leaves", (await lead.PageAsync(Page)).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await lead.SubmitAsync(Page, "delete")).StatusCode);
        Assert.DoesNotContain("band.png", (await lead.PageAsync("/media?use=unused")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The page offers none, whoever opened it before is told, and so is whoever uploads while a second person says yes.</summary>
    private async Task RefusedAsync(HttpClient lead)
    {
        var page = await lead.PageAsync(Page);
        Assert.DoesNotContain(page.Forms, IsReplacing);
        Assert.Contains("a second person then sees what changes", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await using var scope = cms.Services.CreateAsyncScope();
        var file = await scope.ServiceProvider.GetRequiredService<CmsDatabase>().Media.SingleAsync(each => each.Path == "pictures/band.png", Cancel);
        var bytes = MediaSamples.Png(60, 60);
        Assert.Contains("a second person has to see what changes", await scope.ServiceProvider.GetRequiredService<MediaUpload>().ReplaceAsync(file, new FormFile(new MemoryStream(bytes), 0, bytes.Length, "files", "new.png"), Actor.Import, Cancel), StringComparison.Ordinal);
        Assert.False(await scope.ServiceProvider.GetRequiredService<MediaStore>().ReplaceAsync(file, bytes, Actor.Import, Cancel));
    }

    private static bool IsReplacing(IHtmlFormElement form) => form.QuerySelector("input[name=_handler]")?.GetAttribute("value") == "replace";

    /// <summary>A bundle of the guide alone that is being put together.</summary>
    private async Task<Guid> BundleAsync()
    {
        await using var database = cms.Database();
        var bundle = new Bundle { Id = Guid.CreateVersion7(), Name = "Winter" };
        var head = (await database.Entries.SingleAsync(entry => entry.Path == MediaTests.Guide, Cancel)).Head;
        database.Add(bundle);
        database.Add(new BundleMember { BundleId = bundle.Id, Path = MediaTests.Guide, RevisionId = head });
        await database.SaveChangesAsync(Cancel);
        return bundle.Id;
    }

    /// <summary>The bundle as if it had come to that state; a public one stands over what the guide said before.</summary>
    private async Task BundleStandsAsync(Guid id, BundleState state)
    {
        await using var database = cms.Database();
        await database.Set<Bundle>().Where(bundle => bundle.Id == id).ExecuteUpdateAsync(set => set.SetProperty(bundle => bundle.State, state), Cancel);
        if (state == BundleState.Published) await database.Set<BundleMember>().Where(member => member.BundleId == id).ExecuteUpdateAsync(set => set.SetProperty(member => member.Before, member => member.RevisionId), Cancel);
    }

    private static Task<HttpResponseMessage> ReplaceAsync(HttpClient client, string name, byte[] bytes) => MediaTests.SendAsync(client, Page, "replace", [(name, bytes)], []);

    /// <summary>The guide that shows the picture, as if it had come to that state.</summary>
    private async Task StandsAsync(EntryState state, bool isLive)
    {
        await using var database = cms.Database();
        await database.Entries.Where(entry => entry.Path == MediaTests.Guide).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Live, entry => isLive ? (Guid?)entry.Head : null).SetProperty(entry => entry.State, state), Cancel);
    }
}

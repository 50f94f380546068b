using System.Net;

using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Audit;
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

        // The page offers none, and whoever opened it before is told.
        async Task RefusedAsync()
        {
            var page = await lead.PageAsync(Page);
            Assert.DoesNotContain(page.Forms, form => form.QuerySelector("input[name=_handler]")?.GetAttribute("value") == "replace");
            Assert.Contains("a second person then sees what changes", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            await using var scope = cms.Services.CreateAsyncScope();
            var file = await scope.ServiceProvider.GetRequiredService<CmsDatabase>().Media.SingleAsync(each => each.Path == "pictures/band.png", Cancel);
            var bytes = MediaSamples.Png(60, 60);
            Assert.Contains("a second person has to see what changes", await scope.ServiceProvider.GetRequiredService<MediaUpload>().ReplaceAsync(file, new FormFile(new MemoryStream(bytes), 0, bytes.Length, "files", "new.png"), Actor.Import, Cancel), StringComparison.Ordinal);
        }
    }

    private static Task<HttpResponseMessage> ReplaceAsync(HttpClient client, string name, byte[] bytes) => MediaTests.SendAsync(client, Page, "replace", [(name, bytes)], []);

    /// <summary>The guide that shows the picture, as if it had come to that state.</summary>
    private async Task StandsAsync(EntryState state, bool isLive)
    {
        await using var database = cms.Database();
        await database.Entries.Where(entry => entry.Path == MediaTests.Guide).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Live, entry => isLive ? (Guid?)entry.Head : null).SetProperty(entry => entry.State, state), Cancel);
    }
}

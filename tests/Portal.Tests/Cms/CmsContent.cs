using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>A CMS with texts in it.</summary>
internal static class CmsContent
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A CMS of one test alone that has taken a site in and published it.</summary>
    public static async Task<CmsFixture> StartAsync(ContentFiles files)
    {
        var cms = await TakeInAsync(files);
        await cms.PublishAsync();
        return cms;
    }

    /// <summary>The same for a test that looks at no page of the site: nothing is published.</summary>
    public static async Task<CmsFixture> TakeInAsync(ContentFiles files)
    {
        var cms = await CmsFixture.StartAsync();
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(files, Cancel);
        return cms;
    }

    /// <summary>Publishes what is public now, and waits for it.</summary>
    public static async Task PublishAsync(this CmsFixture cms)
    {
        await using (var database = cms.Database())
        {
            database.Outbox.Add(new() { At = cms.Now, By = "test", What = "test" });
            await database.SaveChangesAsync(Cancel);
        }

        var publication = await cms.Services.GetRequiredService<Publisher>().RunOnceAsync(Cancel);
        Assert.True(publication is null or { Failure: null }, publication?.Failure);
    }

    /// <summary>Lets a second person approve a text that was submitted, and publishes it.</summary>
    public static async Task ApproveAsync(this CmsFixture cms, HttpClient author, HttpClient reviewer, string path)
    {
        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync("/documents/publish/" + path, "submit")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await reviewer.SubmitAsync("/documents/publish/" + path, "decide", ("act", "approve"))).StatusCode);
        await cms.PublishAsync();
    }

    /// <summary>The newest saved text of a path.</summary>
    public static async Task<string> SavedAsync(this CmsFixture cms, string path)
    {
        await using var database = cms.Database();
        var entry = await database.Entries.SingleAsync(each => each.Path == path, Cancel);
        return (await database.Revisions.SingleAsync(revision => revision.Id == entry.Head, Cancel)).Text;
    }

    /// <summary>A file of the published site; null where it has none.</summary>
    public static string? Public(this CmsFixture cms, string path) => Path.Combine(cms.Site, path) is var file && File.Exists(file) ? File.ReadAllText(file) : null;

    /// <summary>Every file of the published site that is made anew with each publication.</summary>
    public static IReadOnlyDictionary<string, string> PublicFiles(this CmsFixture cms) => Directory.EnumerateFiles(cms.Site, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".html" or ".xml" or ".json" or ".txt" or "")
        .ToDictionary(file => Path.GetRelativePath(cms.Site, file), File.ReadAllText);
}

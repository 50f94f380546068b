using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;



using Portal.Cms.Audit;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;


using Xunit;

namespace Portal.Tests.Cms;

/// <summary>A CMS with the small site in it, published, and the steps that many tests take.</summary>
internal sealed class PublishedSite : IAsyncDisposable
{
    /// <summary>A guide that nothing links to.</summary>
    public const string Guide = "pages/guides/staying-safe/en.md";

    private PublishedSite(CmsFixture cms) => Cms = cms;

    public CmsFixture Cms { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<PublishedSite> StartAsync(params (string Path, string Text)[] changes) => StartAsync(settings => settings, changes);

    public static async Task<PublishedSite> StartAsync(Func<CmsSettings, CmsSettings> change, params (string Path, string Text)[] changes)
    {
        var site = new PublishedSite(await CmsFixture.StartAsync(change));
        await using var scope = site.Cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site([(Guide, A.Guide("Staying safe", "First words. See [help](/help-now/).\n")), .. changes]), Cancel);
        await site.PublishAsync("import");
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        await Cms.Services.GetRequiredService<Publisher>().StopAsync(CancellationToken.None); // It may be writing into the folder that goes.
        await Cms.DisposeAsync();
    }

    /// <summary>The published page, or null where there is none.</summary>
    public string? Page(string address)
    {
        var file = Path.Combine(Cms.Site, address.Trim('/'), "index.html");
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <summary>Publishes what waits now; null where nothing does. It must not fail.</summary>
    public async Task<Publication?> PublishAsync(string? wish = null)
    {
        if (wish is not null)
        {
            await using var database = Cms.Database();
            database.Outbox.Add(new() { At = Cms.Now, By = "test", What = wish });
            await database.SaveChangesAsync(Cancel);
        }

        var publication = await Cms.Services.GetRequiredService<Publisher>().RunOnceAsync(Cancel);
        Assert.True(publication is null or { Failure: null }, publication?.Failure);
        return publication;
    }

    /// <summary>A new text by somebody.</summary>
    public async Task WriteAsync(Account author, string path, string kind, string text)
    {
        await using var scope = Cms.Services.CreateAsyncScope();
        var documents = scope.ServiceProvider.GetRequiredService<DocumentStore>();
        if (await documents.FindAsync(path, Cancel) is { } entry) await documents.SaveAsync(path, text, entry.Version, new Actor(author.Id, author.Name), cancel: Cancel);
        else
        {
            await documents.CreateAsync(path, kind, text, new Actor(author.Id, author.Name), cancel: Cancel);
            await scope.ServiceProvider.GetRequiredService<Portal.Cms.Database.CmsDatabase>().SaveChangesAsync(Cancel);
        }
    }

    public async Task<Entry> EntryAsync(string path)
    {
        await using var database = Cms.Database();
        return await database.Entries.AsNoTracking().SingleAsync(entry => entry.Path == path, Cancel);
    }

    public async Task<IReadOnlyList<string>> ActsAsync(string subject)
    {
        await using var database = Cms.Database();
        return await database.Audit.Where(row => row.Subject == subject).OrderBy(row => row.Number).Select(row => row.Act).ToListAsync(Cancel);
    }

    /// <summary>Sends a form and expects it to be taken.</summary>
    public static async Task DoAsync(HttpClient client, string page, string form, params (string Name, string Value)[] fields)
    {
        using var answer = await client.SubmitAsync(page, form, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{answer.StatusCode}: {(await answer.DocumentAsync()).Body?.TextContent}");
    }

    /// <summary>Sends a form and expects it to be refused; returns what the page then says.</summary>
    public static async Task<string> RefusedAsync(HttpClient client, string page, string form, params (string Name, string Value)[] fields)
    {
        using var answer = await client.SubmitAsync(page, form, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return (await answer.DocumentAsync()).QuerySelector(".errors")!.TextContent;
    }
}

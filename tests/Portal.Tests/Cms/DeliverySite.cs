using System.Text.Json;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>A CMS whose small site is published, and what the tests of its headless interface ask.</summary>
internal static class DeliverySite
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<CmsFixture> StartAsync(ContentFiles? content = null, int perMinute = 1_000_000)
    {
        var cms = await CmsFixture.StartAsync(settings => settings with { ApiPerMinute = perMinute, WebhooksToLoopback = true });
        await cms.ImportAsync(content ?? A.Site());
        await cms.PublishAsync();
        return cms;
    }

    public static async Task ImportAsync(this CmsFixture cms, ContentFiles content)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(content, Cancel);
    }

    /// <summary>Publishes what is live now.</summary>
    public static async Task<Publication> PublishAsync(this CmsFixture cms, string what = "test")
    {
        await using (var database = cms.Database())
        {
            database.Outbox.Add(new() { At = cms.Now, By = "test", What = what });
            await database.SaveChangesAsync(Cancel);
        }

        var publication = await cms.Services.GetRequiredService<Publisher>().RunOnceAsync(Cancel);
        publication ??= await cms.Database().Publications.OrderByDescending(each => each.At).ThenByDescending(each => each.Id).FirstAsync(Cancel); // The host was quicker: its clock was moved.
        Assert.True(publication.Failure is null, publication.Failure);
        return publication;
    }

    /// <summary>Changes one text's entry as staff would have left it.</summary>
    public static async Task SetAsync(this CmsFixture cms, string path, Action<Entry> change)
    {
        await using var database = cms.Database();
        change(database.Entries.Single(entry => entry.Path == path));
        await database.SaveChangesAsync(Cancel);
    }

    public static async Task<HttpResponseMessage> AskAsync(this HttpClient client, string address, string method = "GET", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(address, UriKind.Relative));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, Cancel);
    }

    public static async Task<JsonElement> JsonAsync(this HttpClient client, string address, params (string Name, string Value)[] headers)
    {
        using var response = await client.AskAsync(address, "GET", headers);
        Assert.True(response.IsSuccessStatusCode, $"{address}: {response.StatusCode} {await response.Content.ReadAsStringAsync(Cancel)}");
        return await response.JsonAsync();
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Cancel)).RootElement.Clone();

    public static string Tag(this HttpResponseMessage response) => response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : throw new InvalidOperationException("No strong ETag.");

    public static string[] Ids(this JsonElement list, string property = "items") => [.. list.GetProperty(property).EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}

using System.Net;
using System.Text.Json;

using Microsoft.EntityFrameworkCore;

using Portal.Content.Documents;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The small site, published once for tests that only read it.</summary>
public sealed class DeliveredSite : IAsyncLifetime
{
    internal CmsFixture Cms { get; private set; } = null!; // Set before the first test.

    public async ValueTask InitializeAsync() => Cms = await DeliverySite.StartAsync();

    public async ValueTask DisposeAsync() => await Cms.DisposeAsync();
}

/// <summary>What the headless interface answers, over the small site as it is published.</summary>
public sealed class DeliveryReadingTests(DeliveredSite site) : IClassFixture<DeliveredSite>, IDisposable
{
    private const string Phones = "/api/v1/guidance/guides/safer-devices";

    private CmsFixture Cms => site.Cms;
    private readonly HttpClient visitor = site.Cms.Visitor();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => visitor.Dispose();

    [Fact]
    public async Task A_document_tells_its_words_facts_language_and_links()
    {
        var document = await visitor.JsonAsync(Phones + "?language=pl");

        Assert.Equal("guides/safer-devices", document.GetProperty("id").GetString());
        Assert.Equal("guidance", document.GetProperty("kind").GetString());
        Assert.Equal(("pl", "pl", "ltr"), (document.GetProperty("language").GetString(), document.GetProperty("lang").GetString(), document.GetProperty("dir").GetString()));
        Assert.Equal("stale", document.GetProperty("translationState").GetString());
        Assert.Equal("Telefony", document.GetProperty("title").GetString());
        Assert.Equal("2026-12-01T09:00:00Z", document.GetProperty("updatedAt").GetString());
        Assert.Equal("2026-11-01", document.GetProperty("reviewed").GetString());
        Assert.Equal("/api/v1/guidance/guides/safer-devices?language=en", Assert.Single(document.GetProperty("alternates").EnumerateArray()).GetProperty("href").GetString());
        Assert.Equal("https://localhelp.example/pl/guides/safer-devices/", document.GetProperty("links").GetProperty("page").GetString());
        var callout = document.GetProperty("body").GetProperty("blocks")[0];
        Assert.Equal(("callout", "important"), (callout.GetProperty("block").GetString(), callout.GetProperty("tone").GetString()));
        Assert.Contains("Ktoś może", callout.GetProperty("words").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_html_of_the_body_is_the_html_of_the_public_page()
    {
        var html = (await visitor.JsonAsync(Phones)).GetProperty("body").GetProperty("html").GetString()!;

        Assert.Contains("Someone may watch this device.", html, StringComparison.Ordinal);
        Assert.Contains(html, await File.ReadAllTextAsync(Path.Combine(Cms.Site, "guides", "safer-devices", "index.html"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_are_typed_by_the_record_of_the_kind()
    {
        var place = await visitor.JsonAsync("/api/v1/access-point/places/hall");
        var facts = place.GetProperty("facts");

        Assert.Equal("2026-11-01", place.GetProperty("verifiedOn").GetString());
        Assert.False(place.GetProperty("unconfirmed").GetBoolean());
        Assert.Equal("ME14 1XX", facts.GetProperty("address").GetProperty("postcode").GetString());
        Assert.Equal("10:00", facts.GetProperty("hours").GetProperty("weekly")[0].GetProperty("opens").GetString());
        Assert.Equal("drop-in", facts.GetProperty("type").GetString());
        Assert.Contains("https://localhelp.example/files/kit/words.txt", (await visitor.JsonAsync("/api/v1/campaign/campaigns/sixteen-days")).GetProperty("facts").GetProperty("downloads")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_has_a_list_and_every_document_of_it_an_address()
    {
        foreach (var kind in DocumentKind.All)
        {
            var list = await visitor.JsonAsync($"/api/v1/{kind.Name}");
            Assert.True(list.GetProperty("total").GetInt32() > 0 || kind.Name == "notice", kind.Name); // The small site's notice has run out.
            foreach (var id in list.Ids())
            {
                var whole = await visitor.JsonAsync($"/api/v1/{kind.Name}/{id}");
                Assert.True(whole.TryGetProperty("body", out _));
            }
        }
    }

    [Fact]
    public async Task Pages_of_a_list_follow_one_another_and_hold_each_document_once()
    {
        var (found, next) = (new List<string>(), "/api/v1/page?size=3");
        for (var pages = 0; next is not null && pages < 50; pages++)
        {
            var list = await visitor.JsonAsync(next);
            Assert.True(list.Ids().Length <= 3);
            Assert.False(list.GetProperty("items")[0].TryGetProperty("body", out _));
            found.AddRange(list.Ids());
            next = list.GetProperty("links").TryGetProperty("next", out var link) ? link.GetString() : null;
        }

        Assert.Equal((await visitor.JsonAsync("/api/v1/page")).Ids(), found);
        Assert.Equal(found.Distinct(), found);
        Assert.Empty((await visitor.JsonAsync("/api/v1/page?page=2147483647&size=200")).Ids());
    }

    [Theory]
    [InlineData("/api/v1/guidance?langauge=pl", HttpStatusCode.BadRequest, "langauge")]
    [InlineData("/api/v1/guidance?language=xx", HttpStatusCode.BadRequest, "xx")]
    [InlineData("/api/v1/guidance?language=en&language=pl", HttpStatusCode.BadRequest, "2 times")]
    [InlineData("/api/v1/guidance?topic=weather", HttpStatusCode.BadRequest, "drugs-and-alcohol")]
    [InlineData("/api/v1/guidance?page=0", HttpStatusCode.BadRequest, "page")]
    [InlineData("/api/v1/guidance?size=201", HttpStatusCode.BadRequest, "200")]
    [InlineData("/api/v1/guidance?since=yesterday", HttpStatusCode.BadRequest, "instant")]
    [InlineData("/api/v1/guidance?preview=maybe", HttpStatusCode.BadRequest, "preview")]
    [InlineData("/api/v1/changes?since=99", HttpStatusCode.BadRequest, "export")]
    [InlineData("/api/v1/changes?since=-1", HttpStatusCode.BadRequest, "cursor")]
    [InlineData("/api/v1/site?x=1", HttpStatusCode.BadRequest, "no parameters")]
    [InlineData("/api/v1/export?x=1", HttpStatusCode.BadRequest, "no parameters")]
    [InlineData("/api/v1/recipe", HttpStatusCode.NotFound, "recipe")]
    [InlineData("/api/v1/guidance/guides/none", HttpStatusCode.NotFound, "guides/none")]
    [InlineData("/api/v1/page/guides/safer-devices", HttpStatusCode.NotFound, "page")]
    [InlineData("/api/v1/guidance/guides/relationships?language=ur", HttpStatusCode.NotFound, "ur")]
    public async Task A_wrong_request_is_told_what_is_wrong(string address, HttpStatusCode status, string says)
    {
        using var response = await visitor.AskAsync(address);
        var problem = await response.JsonAsync();

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/site")]
    [InlineData("/api/v1/guidance")]
    [InlineData(Phones)]
    [InlineData("/api/v1/changes")]
    [InlineData("/api/v1/export")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api")]
    public async Task Every_address_keeps_the_rules_of_http(string address)
    {
        using var first = await visitor.AskAsync(address);
        var tag = first.Tag();
        using var same = await visitor.AskAsync(address, "GET", ("If-None-Match", $"\"other\", {tag}"));
        using var gone = await visitor.AskAsync(address, "GET", ("If-Match", "\"other\""));
        using var head = await visitor.AskAsync(address, "HEAD");
        using var post = await visitor.AskAsync(address, "POST");
        using var picky = await visitor.AskAsync(address, "GET", ("Accept", "image/png"));
        using var asked = await visitor.AskAsync(address, "OPTIONS", ("Origin", "https://elsewhere.example"), ("Access-Control-Request-Method", "GET"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.PreconditionFailed, HttpStatusCode.OK, HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotAcceptable, HttpStatusCode.NoContent],
            new[] { first, same, gone, head, post, picky, asked }.Select(response => response.StatusCode));
        Assert.Equal(tag, same.Tag());
        Assert.Equal(tag, head.Tag());
        Assert.Empty(await same.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(["GET", "HEAD"], post.Content.Headers.Allow.Order());
        Assert.All(new[] { gone, post, picky }, response => Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType));
        Assert.All(new[] { first, same, gone, head, post, picky, asked }, response =>
        {
            Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Set-Cookie"));
        });
        Assert.Equal((true, true, TimeSpan.Zero), (first.Headers.CacheControl!.Public, first.Headers.CacheControl.MustRevalidate, first.Headers.CacheControl.MaxAge));
        Assert.Equal("GET", asked.Headers.GetValues("Access-Control-Allow-Methods").Single());
    }

    [Fact]
    public async Task An_export_holds_every_document_in_every_language_once()
    {
        using var response = await visitor.AskAsync("/api/v1/export");
        var lines = (await response.Content.ReadAsStringAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var told = lines.Select(line => JsonDocument.Parse(line).RootElement).Select(document => (document.GetProperty("id").GetString(), document.GetProperty("language").GetString())).ToList();
        using var one = await visitor.AskAsync(Phones + "?language=pl");

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(await Cms.Database().Delivered.CountAsync(row => row.Until == null, Cancel), told.Count);
        Assert.Equal(told.Distinct(), told);
        Assert.Contains(("help-now", "en-simple"), told);
        Assert.Contains(await one.Content.ReadAsStringAsync(Cancel), lines);
    }
}

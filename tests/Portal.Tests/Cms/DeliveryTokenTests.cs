using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Tokens with which a program reads drafts.</summary>
public sealed class DeliveryTokenTests : IAsyncLifetime
{
    private const string Draft = "/api/v1/guidance/guides/girls-health?preview=true";

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await DeliverySite.StartAsync();
        await using var scope = cms.Services.CreateAsyncScope();
        var documents = scope.ServiceProvider.GetRequiredService<DocumentStore>();
        var entry = (await documents.FindAsync("pages/guides/girls-health/en.md", Cancel))!;
        await documents.SaveAsync(entry.Path, A.Guide("Health", "Words of a draft.\n"), entry.Version, new(null, "test"), cancel: Cancel);
        await documents.CreateAsync("pages/places/secret/en.md", "access-point", A.Point("A secret", "confidential: true\naddress: {line1: Lapwing Lodge, town: Maidstone, postcode: ME14 1XX}\n"), new(null, "test"), cancel: Cancel);
        await documents.CreateAsync("pages/guides/broken/en.md", "guidance", A.Guide("Broken", "[Nowhere](/nowhere/)\n"), new(null, "test"), cancel: Cancel);
        await scope.ServiceProvider.GetRequiredService<Portal.Cms.Database.CmsDatabase>().SaveChangesAsync(Cancel);
    }

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task A_token_shows_the_newest_saved_words_and_nothing_confidential()
    {
        var token = await MakeAsync();
        using var visitor = cms.Visitor();
        using var answer = await visitor.AskAsync(Draft, "GET", Bearer(token));
        var list = await visitor.JsonAsync("/api/v1/access-point?preview=true", Bearer(token));
        var guides = await visitor.JsonAsync("/api/v1/guidance?preview=true", Bearer(token));

        Assert.Contains("Words of a draft.", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("no-store, private", answer.Headers.CacheControl?.ToString());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.DoesNotContain("places/secret", list.Ids());
        Assert.Contains("guides/girls-health", guides.Ids());
        Assert.DoesNotContain("guides/broken", guides.Ids());
        Assert.DoesNotContain("Words of a draft.", (await visitor.JsonAsync("/api/v1/guidance/guides/girls-health")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_that_is_good_there_is_no_preview()
    {
        var token = await MakeAsync(days: "2");
        using var visitor = cms.Visitor();
        foreach (var header in new[] { "", "Bearer ", "Bearer " + token[..^1], "Basic " + token, token })
        {
            using var refused = await visitor.AskAsync(Draft, "GET", ("Authorization", header));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.DoesNotContain("Words of a draft.", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync(Draft, "GET", Bearer(token))).StatusCode);
        cms.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.AskAsync(Draft, "GET", Bearer(token))).StatusCode);
    }

    [Fact]
    public async Task A_token_is_shown_once_kept_as_a_hash_used_by_day_and_revoked()
    {
        var owner = await cms.ClientAsync(Role.Owner);
        var token = await MakeAsync(owner: owner);
        await cms.Visitor().AskAsync(Draft, "GET", Bearer(token));
        var page = await owner.PageAsync("/delivery");
        var kept = await cms.Database().DeliveryTokens.AsNoTracking().SingleAsync(Cancel);

        Assert.DoesNotContain(token, page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Contains("The new app", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Token.Hash(token), kept.Hash);
        Assert.Equal("2026-12-01", kept.LastUsed);

        await owner.SubmitAsync("/delivery", $"revoke-{kept.Id}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await cms.Visitor().AskAsync(Draft, "GET", Bearer(token))).StatusCode);
        var log = await cms.Database().Audit.Where(row => row.Subject == kept.Id.ToString()).OrderBy(row => row.Number).ToListAsync(Cancel);
        Assert.Equal(["delivery.token.make", "delivery.token.revoke"], log.Select(row => row.Act));
        Assert.DoesNotContain(log, row => row.Detail.Contains(token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "30", "#name")]
    [InlineData("The new app", "0", "#days")]
    [InlineData("The new app", "367", "#days")]
    [InlineData("The new app", "soon", "#days")]
    public async Task A_form_that_does_not_fit_is_told_and_makes_nothing(string name, string days, string field)
    {
        var owner = await cms.ClientAsync(Role.Owner);
        var refused = await owner.SubmitAsync("/delivery", "token", ("name", name), ("days", days));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(field, (await refused.DocumentAsync()).QuerySelector(".errors a")!.GetAttribute("href"));
        Assert.False(await cms.Database().DeliveryTokens.AnyAsync(Cancel));
    }

    [Theory]
    [InlineData(Role.Publisher)]
    [InlineData(Role.CommunicationsLead)]
    [InlineData(Role.Auditor)]
    public async Task Only_Owners_reach_the_page(Role role) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await (await cms.ClientAsync(role)).OpenAsync("/delivery")).StatusCode);

    private static (string, string) Bearer(string token) => ("Authorization", "Bearer " + token);

    private async Task<string> MakeAsync(string days = "30", HttpClient? owner = null)
    {
        var answer = await (owner ?? await cms.ClientAsync(Role.Owner)).SubmitAsync("/delivery", "token", ("name", "The new app"), ("days", days));
        return (await answer.DocumentAsync()).QuerySelector("code.link")!.TextContent;
    }
}

using System.Net;
using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>How publications, roll backs and limits change what the headless interface answers.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private const string Phones = "/api/v1/guidance/guides/safer-devices";

    private CmsFixture cms = null!; // Set before each test.
    private HttpClient visitor = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await DeliverySite.StartAsync();
        visitor = cms.Visitor();
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await cms.DisposeAsync();
    }

    [Fact]
    public async Task A_list_is_filtered_by_language_topic_district_and_time()
    {
        cms.Clock.Advance(TimeSpan.FromHours(1));
        await cms.ImportAsync(A.Site(
            ("pages/guides/money/en.md", A.Guide("Money", "Words.\n", "topics: [money, housing]\n")),
            ("pages/places/far/en.md", A.Point("Far hall", "verifiedOn: 2026-11-01\n").Replace("district: maidstone", "district: thanet", StringComparison.Ordinal))));
        await cms.PublishAsync();

        Assert.Equal(["guides/safer-devices"], (await visitor.JsonAsync("/api/v1/guidance?language=pl")).Ids());
        Assert.Equal(["guides/money"], (await visitor.JsonAsync("/api/v1/guidance?topic=housing")).Ids());
        Assert.Equal(["places/far"], (await visitor.JsonAsync("/api/v1/access-point?district=thanet")).Ids());
        Assert.Equal(["guides/money"], (await visitor.JsonAsync("/api/v1/guidance?since=2026-12-01T09:30:00Z")).Ids());
        Assert.Empty((await visitor.JsonAsync("/api/v1/guidance?language=ur")).Ids());
    }

    [Fact]
    public async Task A_publication_changes_the_tags_of_what_it_changed_and_no_other()
    {
        var addresses = new[] { Phones, "/api/v1/guidance/guides/relationships", "/api/v1/access-point" };
        var before = await Task.WhenAll(addresses.Select(address => visitor.AskAsync(address)));
        await cms.ImportAsync(A.Site("pages/guides/safer-devices/en.md", "Take your time.", "Take all your time."));
        await cms.PublishAsync();
        var after = await Task.WhenAll(addresses.Select(address => visitor.AskAsync(address)));

        Assert.Equal([false, true, true], before.Zip(after, (one, other) => one.Tag() == other.Tag()));
        Assert.Equal(1, await cms.Database().Delivered.CountAsync(row => row.Until != null, Cancel));
    }

    [Fact]
    public async Task Changes_since_a_cursor_tell_what_came_and_what_is_gone()
    {
        var cursor = (await visitor.JsonAsync("/api/v1/site")).GetProperty("cursor").GetString();
        Assert.Empty((await visitor.JsonAsync($"/api/v1/changes?since={cursor}")).Ids("changes"));
        cms.Clock.Advance(TimeSpan.FromHours(1));
        await cms.SetAsync("pages/guides/safer-devices/pl.md", entry => entry.Live = null);
        await cms.ImportAsync(A.Site(("pages/guides/money/en.md", A.Guide("Money", "Words.\n"))).Without("pages/guides/safer-devices/pl.md"));
        await cms.PublishAsync();

        foreach (var since in new[] { cursor, "2026-12-01T09:30:00Z" })
        {
            var changes = await visitor.JsonAsync($"/api/v1/changes?since={since}");
            var told = changes.GetProperty("changes").EnumerateArray().Select(change => string.Join(' ', change.GetProperty("change"), change.GetProperty("id"), change.GetProperty("language"))).ToList();
            Assert.Contains("put guides/money en", told);
            Assert.Contains("gone guides/safer-devices pl", told);
            Assert.DoesNotContain(told, change => change.StartsWith("put guides/relationships", StringComparison.Ordinal));
            Assert.DoesNotContain("Telefony", changes.GetRawText(), StringComparison.Ordinal);
            Assert.Equal("2", changes.GetProperty("cursor").GetString());
        }

        Assert.Contains("put guides/safer-devices en", (await visitor.JsonAsync($"/api/v1/changes?since={cursor}")).GetProperty("changes").EnumerateArray().Select(change => string.Join(' ', change.GetProperty("change"), change.GetProperty("id"), change.GetProperty("language")))); // Its alternates changed.
    }

    [Fact]
    public async Task A_roll_back_brings_the_words_of_then_and_nothing_that_was_withdrawn_since()
    {
        var first = await cms.Database().Publications.OrderBy(publication => publication.At).FirstAsync(publication => publication.What.Contains("test"), Cancel);
        cms.Clock.Advance(TimeSpan.FromHours(1));
        await cms.ImportAsync(A.Site([("pages/guides/girls-health/en.md", A.Guide("Health", "Words of now.\n")), ("pages/guides/money/en.md", A.Guide("Money", "Words.\n"))]));
        await cms.SetAsync("pages/updates/first/en.md", entry => entry.Live = null);
        await cms.PublishAsync();
        Assert.Contains("Words of now", (await visitor.JsonAsync("/api/v1/guidance/guides/girls-health")).GetRawText(), StringComparison.Ordinal);
        cms.Clock.Advance(TimeSpan.FromHours(1));
        var publisher = await cms.ClientAsync(Role.Publisher);
        await publisher.SubmitAsync("/publishing", $"back-{first.Id}");

        Assert.Contains("You choose what happens next.", (await visitor.JsonAsync("/api/v1/guidance/guides/girls-health")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/api/v1/guidance/guides/money")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/api/v1/update/updates/first")).StatusCode);

        await publisher.SubmitAsync("/publishing", "end");
        Assert.Contains("Words of now", (await visitor.JsonAsync("/api/v1/guidance/guides/girls-health")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_editions_no_longer_kept_are_forgotten_and_their_tombstones_stay()
    {
        await cms.SetAsync("pages/updates/first/en.md", entry => entry.Live = null);
        for (var round = 0; round < 13; round++)
        {
            cms.Clock.Advance(TimeSpan.FromHours(1));
            await cms.ImportAsync(A.Site(("pages/guides/money/en.md", A.Guide("Money", $"Round {round}.\n"))).Without("pages/updates/first/en.md"));
            await cms.PublishAsync();
        }

        var gone = await cms.Database().Delivered.SingleAsync(row => row.Document == "updates/first", Cancel);
        Assert.Empty(gone.Bytes);
        Assert.Contains("updates/first", (await visitor.JsonAsync("/api/v1/changes?since=1")).Ids("changes"));
        Assert.DoesNotContain("Round 1.", Encoding.UTF8.GetString([.. (await cms.Database().Delivered.Select(row => row.Bytes).ToListAsync(Cancel)).SelectMany(bytes => bytes)]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_address_that_asks_too_often_is_told_to_wait_and_others_are_not()
    {
        await using var small = await DeliverySite.StartAsync(perMinute: 25);
        using var eager = small.Visitor();
        for (var tries = 0; tries < 25; tries++) Assert.Equal(HttpStatusCode.OK, (await eager.AskAsync("/api/v1/site")).StatusCode);
        using var refused = await eager.AskAsync("/api/v1/site");
        using var other = await small.Visitor().AskAsync("/api/v1/site");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(60, refused.Headers.RetryAfter?.Delta?.TotalSeconds);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task What_fails_is_a_problem_that_tells_nothing_of_the_inside()
    {
        await cms.Database().Database.ExecuteSqlAsync($"DROP TABLE \"DeliveryEditions\"", Cancel);
        cms.Services.GetRequiredService<Portal.Cms.Delivery.DeliveryFeed>().Refresh();
        using var response = await visitor.AskAsync("/api/v1/guidance");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("SQLite", await response.Content.ReadAsStringAsync(Cancel), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(cms.Log, line => line.Contains("could not answer", StringComparison.Ordinal));
    }
}

using System.Globalization;
using System.Net;

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Delivery;
using Portal.Cms.Documents;
using Portal.Cms.Review;
using Portal.Cms.Sharing;
using Portal.Content.Documents;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Every route that answers a visitor, times every state a text can be in: only what is published is ever told.</summary>
public sealed class DeliveryStateTests : IAsyncLifetime
{
    private const string Shown = "Kingfisher";

    /// <summary>A document in each state that is not public, and the word that would give it away.</summary>
    private static readonly (string Id, string Text, string Word)[] Hidden =
    [
        ("guides/hidden-draft", A.Guide("Hiddendraft", "Words of heron.\n"), "heron"),
        ("guides/hidden-review", A.Guide("Hiddenreview", "Words of bittern.\n"), "bittern"),
        ("guides/hidden-scheduled", A.Guide("Hiddenscheduled", "Words of dunlin.\n"), "dunlin"),
        ("guides/hidden-withdrawn", A.Guide("Hiddenwithdrawn", "Words of curlew.\n"), "curlew"),
        ("guides/hidden-expired", A.Guide("Hiddenexpired", "Words of plover.\n"), "plover"),
        ("places/hidden-secret", A.Point("Hiddensecret", "confidential: true\nverifiedOn: 2026-11-20\naddress: {line1: Lapwing Lodge, town: Lapwing, postcode: ME14 9ZZ}\n"), "lapwing"),
        ("places/hidden-old", A.Point("Hiddenold", "verifiedOn: 2026-01-02\naddress: {line1: Wigeon Way, town: Wigeon, postcode: ME14 8ZZ}\n"), "wigeon"),
        ("places/hidden-no", A.Point("Hiddenno", "verifiedOn: 2026-11-20\naddress: {line1: Teal Terrace, town: Teal, postcode: ME14 7ZZ}\n").Replace("publish: yes", "publish: no", StringComparison.Ordinal), "teal "),
        ("notices/hidden-early", A.Text("notice", "Hiddenearly", "Words of gadwall.\n", "from: 2026-12-20\nuntil: 2026-12-30\non: [help-now]\n"), "gadwall"),
        ("notices/hidden-late", A.Text("notice", "Hiddenlate", "Words of pochard.\n", "from: 2026-11-01\nuntil: 2026-11-30\non: [help-now]\n"), "pochard"),
        ("updates/hidden-later", A.Text("update", "Hiddenlater", "Words of garganey.\n", "published: 2027-01-01\n"), "garganey"),
        ("lines/hidden-line", A.Line("Hiddenline", "020 7946 0123", source: "recalled"), "7946"),
    ];

    /// <summary>Of links to previews that were made while it was not hidden yet.</summary>
    private readonly List<string> tokens = [];

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var site = A.LiveSite("[{code: pl, coreBy: Ewa Nowak, coreOn: 2026-11-01, wordsBy: Ewa Nowak, wordsOn: 2026-11-01}]").With(
            Hidden.Select(each => ($"pages/{each.Id}/en.md", System.Text.Encoding.UTF8.GetBytes(each.Text)))
            .Append(("pages/guides/shown/en.md", System.Text.Encoding.UTF8.GetBytes(A.Guide(Shown, "Words of kingfisher.\n"))))
            .Append(("pages/guides/shown/pl.md", System.Text.Encoding.UTF8.GetBytes(A.Translation("Ukryty", "Nobody checked avocet.\n")))));
        cms = await DeliverySite.StartAsync(site);
        cms.Clock.Advance(TimeSpan.FromMinutes(1));
        await using (var scope = cms.Services.CreateAsyncScope())
        {
            var (links, texts) = (scope.ServiceProvider.GetRequiredService<PreviewLinks>(), scope.ServiceProvider.GetRequiredService<DocumentStore>());
            foreach (var id in new[] { "guides/shown", "guides/hidden-withdrawn", "guides/hidden-expired", "places/hidden-secret" })
                tokens.Add((await links.MakeAsync((await texts.FindAsync($"pages/{id}/en.md", Cancel))!, PreviewLinks.Longest, Actor.Import, Cancel)).Split('/')[^1]);
        }

        foreach (var (name, state) in new[] { ("draft", EntryState.Draft), ("review", EntryState.InReview), ("scheduled", EntryState.Scheduled) })
            await cms.SetAsync($"pages/guides/hidden-{name}/en.md", entry => (entry.Live, entry.State, entry.PublishAt) = (null, state, state == EntryState.Scheduled ? cms.Now + Duration.FromDays(9) : null));
        await cms.SetAsync("pages/guides/hidden-expired/en.md", entry => entry.ExpireAt = cms.Now);
        await using (var scope = cms.Services.CreateAsyncScope())
        {
            var documents = scope.ServiceProvider.GetRequiredService<DocumentStore>();
            var entry = (await documents.FindAsync("pages/guides/shown/en.md", Cancel))!;
            Assert.True(await scope.ServiceProvider.GetRequiredService<ReviewDesk>().WithdrawAsync((await documents.FindAsync("pages/guides/hidden-withdrawn/en.md", Cancel))!, Actor.Import, "wrong", Cancel));
            await documents.SaveAsync(entry.Path, A.Guide(Shown, "Newer words of phalarope.\n"), entry.Version, new(null, "test"), cancel: Cancel);
        }

        await cms.PublishAsync();
    }

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task Nothing_but_published_words_is_told_by_any_route_that_answers_a_visitor()
    {
        using var visitor = cms.Visitor();
        var words = Hidden.Select(each => each.Word).Concat(["phalarope", "avocet", "Ukryty", "hiddendraft", "hiddenreview", "hiddenscheduled", "hiddensecret", "hiddenold", "hiddenearly", "hiddenline"]).ToList();
        var (answers, told) = (0, new List<string>());
        foreach (var address in Addresses())
        {
            using var response = await visitor.AskAsync(address);
            var text = await response.Content.ReadAsStringAsync(Cancel) + string.Join('\n', response.Headers.SelectMany(header => header.Value));
            if (response.StatusCode == HttpStatusCode.OK) answers++;
            // A document that is asked for by its id may be named in the answer that there is none.
            told.AddRange(words.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase) && !(response.StatusCode == HttpStatusCode.NotFound && address.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(word => $"{address}: {word}"));
        }

        Assert.Equal([], told);
        Assert.True(answers > 40, $"{answers} answers.");
    }

    [Fact]
    public async Task A_document_in_any_other_state_is_not_found_and_the_published_one_keeps_its_words()
    {
        using var visitor = cms.Visitor();
        foreach (var (id, _, word) in Hidden)
            foreach (var kind in DocumentKind.All)
                Assert.True((await visitor.AskAsync($"/api/v1/{kind.Name}/{id}")).StatusCode == HttpStatusCode.NotFound, $"{kind.Name} {id} {word}");

        Assert.Contains("Words of kingfisher.", (await visitor.JsonAsync("/api/v1/guidance/guides/shown")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("/api/v1/guidance/guides/shown?language=pl")).StatusCode);
    }

    [Fact]
    public async Task What_went_is_named_without_its_words()
    {
        var changes = await cms.Visitor().JsonAsync("/api/v1/changes?since=1");
        var gone = changes.GetProperty("changes").EnumerateArray().Where(change => change.GetProperty("change").GetString() == "gone").Select(change => change.GetProperty("id").GetString()).Order(StringComparer.Ordinal);

        Assert.Equal(["guides/hidden-draft", "guides/hidden-expired", "guides/hidden-review", "guides/hidden-scheduled", "guides/hidden-withdrawn"], gone);
    }

    [Fact]
    public async Task Rows_hold_no_word_that_is_not_public_either()
    {
        var rows = await cms.Database().Delivered.Where(row => row.Until == null).Select(row => row.Bytes).ToListAsync(Cancel);
        var text = System.Text.Encoding.UTF8.GetString([.. rows.SelectMany(bytes => bytes)]);

        Assert.Contains("kingfisher", text, StringComparison.Ordinal);
        Assert.Equal([], Hidden.Select(each => each.Word).Append("phalarope").Append("avocet").Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task What_begins_tomorrow_is_delivered_tomorrow()
    {
        using var visitor = cms.Visitor();
        cms.Clock.Advance(TimeSpan.FromDays(20));
        await cms.PublishAsync("a new day");

        Assert.Contains("gadwall", (await visitor.JsonAsync("/api/v1/notice/notices/hidden-early")).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("dunlin", (await visitor.JsonAsync("/api/v1/guidance/guides/hidden-scheduled")).GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>Every pattern that lets everybody in, its places filled with all that could stand there.</summary>
    private List<string> Addresses()
    {
        var patterns = cms.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => "/" + (endpoint.RoutePattern.RawText ?? string.Empty).TrimStart('/')).Distinct().ToList();
        Assert.Contains(DeliveryServices.Root + "{kind}/{**id}", patterns);
        Assert.Contains("/health", patterns);
        var kinds = DocumentKind.All.Select(kind => kind.Name).ToList();
        var ids = Hidden.Select(each => each.Id).Append("guides/shown").Append("help-now").ToList();
        var paths = patterns.SelectMany(pattern => pattern.Contains("{**id}", StringComparison.Ordinal)
            ? kinds.SelectMany(kind => ids.Select(id => pattern.Replace("{kind}", kind, StringComparison.Ordinal).Replace("{**id}", id, StringComparison.Ordinal)))
            : pattern.Contains("{kind}", StringComparison.Ordinal) ? kinds.Select(kind => pattern.Replace("{kind}", kind, StringComparison.Ordinal))
            : pattern.Contains("{token}", StringComparison.Ordinal) ? tokens.Append("1").Select(token => Filled(pattern.Replace("{token}", token, StringComparison.Ordinal)))
            : [Filled(pattern)]).ToList();
        var since = string.Create(CultureInfo.InvariantCulture, $"since={cms.Now.ToString("uuuu-MM-dd", null)}T00:00:00Z");
        string[] queries = ["", "?language=pl", "?preview=true", "?since=0", "?since=1", "?" + since, "?size=200", "?district=maidstone&size=200"];
        Assert.Equal(2 * (tokens.Count + 1), paths.Count(path => path.StartsWith("/preview/", StringComparison.Ordinal)));
        return [.. paths.SelectMany(path => (path.StartsWith(DeliveryServices.Root, StringComparison.Ordinal) ? queries : [""]).Select(query => path + query))];
    }

    private static string Filled(string pattern) => string.Join('/', pattern.Split('/').Select(segment => segment.StartsWith('{') ? "1" : segment));
}

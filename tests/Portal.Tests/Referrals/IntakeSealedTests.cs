using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Alerts;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Referrals.Sealing;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>What the intake answers to a message sealed in a browser.</summary>
public sealed partial class IntakeSealedTests(IntakeServer intake) : IClassFixture<IntakeServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_kept_as_it_came_with_nothing_beside_it_that_tells_who_wrote()
    {
        var file = intake.Seal("""{"message":"words"}""", "lead");

        using var answer = await intake.SendAsync(intake.Post(file, group: "lead", headers: ("X-Urgent", "1")));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var stored = await intake.StoredAsync(await ReferenceAsync(answer));
        Assert.Matches(Reference(), stored.Reference);
        Assert.Equal(file, stored.Header!.Concat(stored.Payload!));
        Assert.Equal((ReferralGroup.Lead, true, ReferralState.New, true, 4), (stored.Group, stored.Urgent, stored.State, stored.Confirmed, stored.SizeClass));
        Assert.Equal((intake.Keys.Id, string.Join(' ', intake.Keys.Lead)), (stored.KeySet, stored.Readers));
        Assert.Equal(Instant.FromUtc(2026, 12, 1, 9, 0), stored.Received); // The hour.
        Assert.Equal('4', stored.Id.ToString()[14]);
        Assert.Equal("""{"message":"words"}""", Encoding.UTF8.GetString(Opener.Open(file, intake.Lead).Plain).TrimEnd(' '));
        await using var database = intake.Cms.Database();
        Assert.Contains(await database.Set<ReferralAlert>().ToListAsync(Cancel), alert => alert is { Kind: AlertKind.Urgent, Group: ReferralGroup.Lead });
    }

    /// <summary>A worry about somebody who works here is a safeguarding concern (clause 25.4), also from a page that was loaded before the form said so.</summary>
    [Fact]
    public async Task A_message_for_the_lead_is_urgent_whatever_the_page_says()
    {
        using var answer = await intake.SendAsync(intake.Post(group: "lead"));

        Assert.True((await intake.StoredAsync(await ReferenceAsync(answer))).Urgent);
    }

    /// <summary>The days of the published page and of the settings, whichever are fewer: somebody may change them before the page is new.</summary>
    [Fact]
    public async Task What_was_promised_is_kept_with_it()
    {
        await using var database = intake.Cms.Database();
        foreach (var (handed, read, expected) in new[] { (60, 365, (30, 90)), (10, 20, (10, 20)) })
        {
            await database.Set<ReferralTargets>().ExecuteDeleteAsync(Cancel);
            database.Add(new ReferralTargets { DaysAfterHandOver = handed, DaysAfterReading = read });
            await database.SaveChangesAsync(Cancel);
            database.ChangeTracker.Clear();
            using var answer = await intake.SendAsync(intake.Post());
            var stored = await intake.StoredAsync(await ReferenceAsync(answer));
            Assert.Equal(expected, (stored.PromisedAfterHandOver, stored.PromisedAfterReading));
        }

        await database.Set<ReferralTargets>().ExecuteDeleteAsync(Cancel);
    }

    [Fact]
    public async Task A_second_try_is_told_the_same_whatever_it_holds_and_whatever_has_changed_since()
    {
        var key = IntakeServer.NewKey();
        using var first = await intake.SendAsync(intake.Post(key: key));
        using var again = await intake.SendAsync(intake.Post(key: key));
        using var other = await intake.SendAsync(intake.Post(intake.Seal(new string('x', 5000)), key));
        using var stale = await intake.SendAsync(intake.Post(key: key, headers: ("X-Keyset", new string('a', 22))));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        foreach (var answer in new[] { again, other, stale })
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(await ReferenceAsync(first), await ReferenceAsync(answer));
        }

        Assert.Equal(4, (await intake.StoredAsync(await ReferenceAsync(first))).SizeClass);
    }

    [Fact]
    public async Task Tries_at_the_same_moment_are_one_message()
    {
        var keys = Enumerable.Range(0, 20).Select(_ => IntakeServer.NewKey()).ToList();

        var answers = await Task.WhenAll(keys.SelectMany(key => Enumerable.Range(0, 4).Select(async _ =>
        {
            using var answer = await intake.SendAsync(intake.Post(key: key));
            return (Key: key, answer.StatusCode, Reference: await ReferenceAsync(answer));
        })));

        foreach (var tries in answers.GroupBy(answer => answer.Key))
        {
            Assert.Single(tries, one => one.StatusCode == HttpStatusCode.Created);
            Assert.Single(tries.Select(one => one.Reference).Distinct());
        }

        var references = answers.Select(answer => answer.Reference).ToHashSet();
        Assert.Equal(keys.Count, (await intake.StoredAsync()).Count(row => references.Contains(row.Reference)));
    }

    [Fact]
    public async Task A_message_sealed_to_other_keys_is_given_the_right_ones()
    {
        using var answer = await intake.SendAsync(intake.Post(headers: ("X-Keyset", new string('a', 22))));
        using var keys = await intake.Client.GetAsync(new Uri("/intake/v1/keys", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var told = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(await keys.Content.ReadAsStringAsync(Cancel), told);
        using var json = JsonDocument.Parse(told);
        Assert.Equal(intake.Keys.Id, json.RootElement.GetProperty("id").GetString());
        Assert.True(json.RootElement.GetProperty("open").GetBoolean());
        Assert.Equal(intake.Keys.Team, json.RootElement.GetProperty("team").EnumerateArray().Select(each => each.GetString()!));
        Assert.Equal(intake.Keys.Lead, json.RootElement.GetProperty("lead").EnumerateArray().Select(each => each.GetString()!));
    }

    public static TheoryData<string, string?, HttpStatusCode> Wrong => new()
    {
        { "Origin", null, HttpStatusCode.Forbidden },
        { "Origin", "null", HttpStatusCode.Forbidden },
        { "Origin", "https://localhelp.example.evil.example", HttpStatusCode.Forbidden },
        { "Origin", "http://localhelp.example", HttpStatusCode.Forbidden },
        { "Content-Type", "application/json", HttpStatusCode.UnsupportedMediaType },
        { "Content-Type", null, HttpStatusCode.UnsupportedMediaType },
        { "X-Group", "everybody", HttpStatusCode.UnprocessableEntity },
        { "X-Group", null, HttpStatusCode.UnprocessableEntity },
        { "X-Group", "lead", HttpStatusCode.UnprocessableEntity }, // Sealed to the team: one recipient too many.
        { "X-Urgent", "yes", HttpStatusCode.UnprocessableEntity },
        { "X-Urgent", null, HttpStatusCode.UnprocessableEntity },
        { "Idempotency-Key", null, HttpStatusCode.UnprocessableEntity },
        { "Idempotency-Key", "short", HttpStatusCode.UnprocessableEntity },
        { "Idempotency-Key", "aaaaaaaaaaaaaaaaaaaa==", HttpStatusCode.UnprocessableEntity },
        { "X-Keyset", null, HttpStatusCode.UnprocessableEntity },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_request_that_is_not_the_forms_is_refused(string header, string? value, HttpStatusCode expected)
    {
        var before = (await intake.StoredAsync()).Count;

        using var answer = await intake.SendAsync(intake.Post(headers: (header, value)));

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(before, (await intake.StoredAsync()).Count);
    }

    [Fact]
    public async Task A_file_that_is_not_sealed_or_to_others_is_refused()
    {
        byte[][] files =
        [
            [], "words"u8.ToArray(), intake.Seal()[..^1], [.. intake.Seal(), 0],
            Sealer.Seal(new byte[100], [intake.Worker.Recipient, intake.Lead.Recipient, intake.Recovery.Recipient]), // No padding.
            Sealer.Seal(Padding.Pad("{}"u8), [intake.Worker.Recipient]),
        ];

        foreach (var file in files)
        {
            using var answer = await intake.SendAsync(intake.Post(file));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_longer_than_a_message_can_be_is_refused(bool chunked)
    {
        foreach (var (length, expected) in new[] { (40 * 1024, HttpStatusCode.UnprocessableEntity), ((40 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge), (200 * 1024, HttpStatusCode.RequestEntityTooLarge) })
        {
            var request = intake.Post(new byte[length]);
            request.Headers.TransferEncodingChunked = chunked;
            try
            {
                using var answer = await intake.SendAsync(request);
                Assert.Equal(expected, answer.StatusCode);
            }
            catch (HttpRequestException error)
            {
                Assert.True(chunked && length > 64 * 1024, $"{length}: {error}"); // The connection was closed while it still sent.
            }
        }
    }

    [Fact]
    public async Task Every_largest_message_to_most_recipients_fits()
    {
        var identities = Enumerable.Range(0, Sealer.MaxRecipients).Select(_ => Identity.New().Recipient).ToList();

        Assert.InRange(Sealer.Seal(Padding.Pad(new byte[32 * 1024]), identities).Length, 39_000, 40 * 1024);
    }

    [Theory]
    [InlineData("/intake/v1/sealed", "POST", "content-type,idempotency-key,x-keyset,x-group,x-urgent,x-proof")]
    [InlineData("/intake/v1/keys", "GET", "")]
    public async Task The_sites_script_may_ask_and_no_other(string path, string method, string headers)
    {
        using var ours = await AheadAsync(path, method, IntakeServer.Site);
        using var others = await AheadAsync(path, method, "https://evil.example");

        Assert.Equal(HttpStatusCode.NoContent, ours.StatusCode);
        Assert.Equal(IntakeServer.Site, ours.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains(method, ours.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.All(headers.Split(',', StringSplitOptions.RemoveEmptyEntries), header => Assert.Contains(header, ours.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal));
        Assert.False(ours.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal(HttpStatusCode.Forbidden, others.StatusCode);
        Assert.False(others.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static async Task<string> ReferenceAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        return json.RootElement.GetProperty("reference").GetString()!;
    }

    private Task<HttpResponseMessage> AheadAsync(string path, string method, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", method);
        return intake.SendAsync(request);
    }

    [GeneratedRegex("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}

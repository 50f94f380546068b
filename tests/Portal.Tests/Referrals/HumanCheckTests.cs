using System.Net;

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

using Portal.Cms.Hosting;
using Portal.Cms.Referrals.Intake;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>The check for humans against a stand-in that answers as the other side documents it.</summary>
public sealed class HumanCheckTests
{
    private const string Host = "write.example";
    private const string Good = """{"success":true,"hostname":"write.example","action":"send","score":0.9,"challenge_ts":"2026-12-01T08:59:30Z"}""";

    [Fact]
    public async Task A_person_passes_and_the_other_side_is_told_the_token_alone()
    {
        var standIn = new StandIn(_ => Answer(Good));

        Assert.Equal(new(true, null), await Check(standIn).AskAsync("the-token", Host));
        Assert.Equal(("POST", "https://www.google.com/recaptcha/api/siteverify", "secret=the-secret&response=the-token"), standIn.Asked);
    }

    [Theory]
    [InlineData("""{"success":false,"error-codes":["missing-input-secret"]}""", "missing-input-secret", null)]
    [InlineData("""{"success":false,"error-codes":["invalid-input-secret"]}""", "invalid-input-secret", null)]
    [InlineData("""{"success":false,"error-codes":["missing-input-response"]}""", "missing-input-response", false)]
    [InlineData("""{"success":false,"error-codes":["invalid-input-response"]}""", "invalid-input-response", false)]
    [InlineData("""{"success":false,"error-codes":["bad-request"]}""", "bad-request", null)]
    [InlineData("""{"success":false,"error-codes":["timeout-or-duplicate"]}""", "timeout-or-duplicate", false)]
    [InlineData("""{"success":false}""", "no reason given", null)]
    [InlineData("""{"success":true,"hostname":"evil.example","action":"send","score":0.9,"challenge_ts":"2026-12-01T08:59:30Z"}""", "another host", false)]
    [InlineData("""{"success":true,"hostname":"write.example","action":"login","score":0.9,"challenge_ts":"2026-12-01T08:59:30Z"}""", "another action", false)]
    [InlineData("""{"success":true,"hostname":"write.example","action":"send","score":0.49,"challenge_ts":"2026-12-01T08:59:30Z"}""", "low score", false)]
    [InlineData("""{"success":true,"hostname":"write.example","action":"send","score":0.9,"challenge_ts":"2026-12-01T08:49:30Z"}""", "too old", false)]
    [InlineData("""{"success":true,"hostname":"write.example","action":"send","score":0.9,"challenge_ts":"2026-12-01T09:05:00Z"}""", "too old", false)]
    [InlineData("""{"success":true,"hostname":"write.example","action":"send","score":0.9}""", "none", null)]
    [InlineData("""{"success":true,"hostname":null,"action":"send","score":0.9,"challenge_ts":"2026-12-01T08:59:30Z"}""", "another host", false)]
    [InlineData("""{"success":"yes"}""", "none", null)]
    [InlineData("<html>", "none", null)]
    [InlineData("[]", "none", null)]
    [InlineData("", "none", null)]
    public async Task Any_other_answer_does_not_pass_and_speaks_against_the_sender_where_it_is_about_them(string json, string why, bool? verdict)
    {
        var answer = await Check(new(_ => Answer(json))).AskAsync("t", Host);

        Assert.Contains(why, answer.Why ?? "passed", StringComparison.Ordinal);
        Assert.Equal(verdict, answer.Verdict);
    }

    [Fact]
    public async Task An_error_or_silence_is_no_verdict_and_nobody_waits_for_long()
    {
        Assert.Equal(new(null, "status 503"), await Check(new(_ => new(HttpStatusCode.ServiceUnavailable))).AskAsync("t", Host));
        Assert.Equal(new(null, "not reached"), await Check(new(_ => throw new HttpRequestException())).AskAsync("t", Host));
        Assert.Equal(new(false, "no token"), await Check(new(_ => Answer(Good))).AskAsync(new string('a', 5000), Host));
        Assert.Equal(new(null, "no answer in time"), await Check(new(_ => null!), TimeSpan.FromMilliseconds(50)).AskAsync("t", Host));
        Assert.Equal(TimeSpan.FromSeconds(3), HumanCheck.Patience);
    }

    [Fact]
    public async Task It_is_off_unless_both_sides_are_set_and_then_asks_nobody()
    {
        var standIn = new StandIn(_ => throw new InvalidOperationException("Somebody was asked."));

        foreach (var (check, site) in new[] { (Check(standIn, secret: string.Empty), On), (Check(standIn), null), (Check(standIn), Site("intake: https://write.example\n")), (Check(standIn), Site("humanCheck: the-site-key\n")) })
        {
            Assert.Null(check.KeyOf(site));
            Assert.Null(await check.VerdictAsync(site, "t"));
        }
    }

    [Fact]
    public async Task The_token_must_be_made_where_the_frame_stands_and_a_tick_left_out_asks_nobody()
    {
        var elsewhere = Good.Replace("write.example", "localhelp.example", StringComparison.Ordinal);

        Assert.Equal("the-site-key", Check(new(_ => null)).KeyOf(On));
        Assert.True(await Check(new(_ => Answer(Good))).VerdictAsync(On, "t"));
        Assert.False(await Check(new(_ => Answer(elsewhere))).VerdictAsync(On, "t"));
        Assert.Null(await Check(new(_ => throw new InvalidOperationException("Somebody was asked."))).VerdictAsync(On, string.Empty));
    }

    private static IntakeSite On { get; } = Site("intake: https://write.example\nhumanCheck: the-site-key\n");

    private static IntakeSite Site(string settings) => new(A.Edition(A.Site(("settings.yaml", SmallSite.Settings() + settings))), string.Empty);

    private static HumanCheck Check(StandIn standIn, TimeSpan? patience = null, string secret = "the-secret") => new(
        new Clients(standIn, patience ?? TimeSpan.FromSeconds(10)), new CmsSettings { HumanCheckSecret = secret },
        new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero)), NullLogger<HumanCheck>.Instance);

    private static HttpResponseMessage Answer(string json) => new(HttpStatusCode.OK) { Content = new StringContent(json) };

    private sealed class Clients(StandIn standIn, TimeSpan patience) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(standIn, disposeHandler: false) { BaseAddress = HumanCheck.Verifier, Timeout = patience };
    }

    private sealed class StandIn(Func<HttpRequestMessage, HttpResponseMessage?> answer) : HttpMessageHandler
    {
        public (string Method, string Address, string Body) Asked { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked = (request.Method.Method, request.RequestUri!.ToString(), await request.Content!.ReadAsStringAsync(cancellationToken));
            if (answer(request) is { } given) return given;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It waited in vain.");
        }
    }
}

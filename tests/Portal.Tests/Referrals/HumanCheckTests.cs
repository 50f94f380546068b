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
    private const string Host = "localhelp.example";
    private const string Good = """{"success":true,"hostname":"localhelp.example","action":"contact","score":0.9,"challenge_ts":"2026-12-01T08:59:30Z"}""";

    [Fact]
    public async Task A_person_passes_and_the_other_side_is_told_the_token_alone()
    {
        var standIn = new StandIn(_ => Answer(Good));

        Assert.Null(await Check(standIn).WhyNotAsync("the-token", Host));
        Assert.Equal(("POST", "https://www.google.com/recaptcha/api/siteverify", "secret=the-secret&response=the-token"), standIn.Asked);
    }

    [Theory]
    [InlineData("""{"success":false,"error-codes":["missing-input-secret"]}""", "missing-input-secret")]
    [InlineData("""{"success":false,"error-codes":["invalid-input-secret"]}""", "invalid-input-secret")]
    [InlineData("""{"success":false,"error-codes":["missing-input-response"]}""", "missing-input-response")]
    [InlineData("""{"success":false,"error-codes":["invalid-input-response"]}""", "invalid-input-response")]
    [InlineData("""{"success":false,"error-codes":["bad-request"]}""", "bad-request")]
    [InlineData("""{"success":false,"error-codes":["timeout-or-duplicate"]}""", "timeout-or-duplicate")]
    [InlineData("""{"success":false}""", "no reason given")]
    [InlineData("""{"success":true,"hostname":"evil.example","action":"contact","score":0.9,"challenge_ts":"2026-12-01T08:59:30Z"}""", "another host")]
    [InlineData("""{"success":true,"hostname":"localhelp.example","action":"login","score":0.9,"challenge_ts":"2026-12-01T08:59:30Z"}""", "another action")]
    [InlineData("""{"success":true,"hostname":"localhelp.example","action":"contact","score":0.49,"challenge_ts":"2026-12-01T08:59:30Z"}""", "low score")]
    [InlineData("""{"success":true,"hostname":"localhelp.example","action":"contact","score":0.9,"challenge_ts":"2026-12-01T08:49:30Z"}""", "too old")]
    [InlineData("""{"success":true,"hostname":"localhelp.example","action":"contact","score":0.9,"challenge_ts":"2026-12-01T09:05:00Z"}""", "too old")]
    [InlineData("""{"success":true,"hostname":"localhelp.example","action":"contact","score":0.9}""", "none")]
    [InlineData("""{"success":true,"hostname":null,"action":"contact","score":0.9,"challenge_ts":"2026-12-01T08:59:30Z"}""", "another host")]
    [InlineData("""{"success":"yes"}""", "none")]
    [InlineData("<html>", "none")]
    [InlineData("[]", "none")]
    [InlineData("", "none")]
    public async Task Any_other_answer_does_not_pass(string answer, string why) =>
        Assert.Contains(why, await Check(new(_ => Answer(answer))).WhyNotAsync("t", Host) ?? "passed", StringComparison.Ordinal);

    [Fact]
    public async Task An_error_an_empty_token_or_silence_does_not_pass_and_nobody_waits_for_long()
    {
        Assert.Equal("status 503", await Check(new(_ => new(HttpStatusCode.ServiceUnavailable))).WhyNotAsync("t", Host));
        Assert.Equal("not reached", await Check(new(_ => throw new HttpRequestException())).WhyNotAsync("t", Host));
        Assert.Equal("no token", await Check(new(_ => Answer(Good))).WhyNotAsync(string.Empty, Host));
        Assert.Equal("no token", await Check(new(_ => Answer(Good))).WhyNotAsync(new string('a', 5000), Host));
        Assert.Equal("no answer in time", await Check(new(_ => null!), TimeSpan.FromMilliseconds(50)).WhyNotAsync("t", Host));
        Assert.Equal(TimeSpan.FromSeconds(3), HumanCheck.Patience);
    }

    [Fact]
    public async Task It_is_off_unless_both_sides_are_set_and_then_asks_nobody()
    {
        var standIn = new StandIn(_ => throw new InvalidOperationException("Somebody was asked."));

        Assert.True(await Check(standIn, secret: string.Empty).PassesAsync(null, "t"));
        Assert.True(await Check(standIn).PassesAsync(null, "t"));
        Assert.True(await Check(standIn).PassesAsync(new(StarterSite.Map.Edition, string.Empty), "t"));
    }

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

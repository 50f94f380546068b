using System.Net;
using System.Text.Json;

using AngleSharp.Html.Parser;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

using Portal.Theme;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>The intake's half of the check for humans: the frame, and what becomes of a message with and without a token.</summary>
public sealed class HumanFrameTests
{
    private const string Key = "the-site-key";
    private const string Both = $"intake: https://write.example\nhumanCheck: {Key}\n";

    private static readonly Uri Frame = new("/intake/v1/human", UriKind.Relative);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Off => new()
    {
        { string.Empty, Both },
        { "the-secret", "intake: https://write.example\n" },
        { "the-secret", $"humanCheck: {Key}\n" },
    };

    [Theory]
    [MemberData(nameof(Off))]
    public async Task Without_either_side_there_is_no_frame(string secret, string settings)
    {
        await using var intake = await StartAsync(secret, settings);

        using var answer = await intake.Client.GetAsync(Frame, Cancel);

        Assert.Equal((HttpStatusCode.NotFound, 0), (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync(Cancel)).Length));
        Assert.DoesNotContain("google", answer.Headers.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
    }

    [Fact]
    public async Task The_frame_alone_names_the_third_party_and_the_site_alone_may_frame_it()
    {
        await using var intake = await StartAsync();

        using var answer = await intake.Client.GetAsync(Frame, Cancel);
        using var keys = await intake.Client.GetAsync(new Uri("/intake/v1/keys", UriKind.Relative), Cancel);
        using var form = await intake.SendAsync(intake.Form("/intake/v1/form", []));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var policy = Policy(answer).Split("; ").ToDictionary(each => each.Split(' ')[0], each => each.Split(' ')[1..]);
        Assert.Equal(["'none'"], policy["default-src"]);
        Assert.Equal(["'self'", "https://www.google.com/recaptcha/", "https://www.gstatic.com/recaptcha/"], policy["script-src"]);
        Assert.Equal(["https://www.google.com/recaptcha/"], policy["frame-src"]);
        Assert.Equal(["https://www.google.com/recaptcha/"], policy["connect-src"]);
        Assert.Equal([IntakeServer.Site], policy["frame-ancestors"]);
        Assert.Equal(["allow-scripts", "allow-same-origin"], policy["sandbox"]);
        Assert.Equal(["'none'", "'none'", "'none'"], new[] { "form-action", "base-uri", "worker-src" }.Select(name => policy[name].Single()));
        Assert.False(answer.Headers.Contains("X-Frame-Options"));
        Assert.Equal(("no-store", "no-referrer"), (answer.Headers.GetValues("Cache-Control").Single(), answer.Headers.GetValues("Referrer-Policy").Single()));
        Assert.False(answer.Headers.Contains("Set-Cookie") || answer.Headers.Contains("Access-Control-Allow-Origin"));

        foreach (var other in new[] { keys, form })
        {
            Assert.DoesNotContain("http", Policy(other), StringComparison.Ordinal);
            Assert.Equal("DENY", other.Headers.GetValues("X-Frame-Options").Single());
        }
    }

    [Fact]
    public async Task The_frame_holds_one_script_of_ours_and_nothing_to_read()
    {
        await using var intake = await StartAsync();

        var page = await new HtmlParser().ParseDocumentAsync(await intake.Client.GetStringAsync(Frame, Cancel));
        var script = page.Scripts.Single();
        using var file = await intake.Client.GetAsync(new Uri(script.Source!, UriKind.Relative), Cancel);

        Assert.Equal((Key, "send", IntakeServer.Site), (script.Dataset["key"], script.Dataset["action"], script.Dataset["origins"]));
        Assert.Equal(string.Empty, page.Body!.TextContent.Trim() + script.TextContent);
        Assert.Equal(ThemeAssets.Read("human.js").ToArray(), await file.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task Whoever_leaves_out_the_tick_is_labelled_only_where_the_proof_fails_too()
    {
        await using var intake = await StartAsync();

        Assert.False(await LabelAsync(intake, await ProofAsync(intake), null));
        Assert.True(await LabelAsync(intake, null, null));
    }

    [Theory]
    [InlineData("""{"success":true,"hostname":"write.example","action":"send","score":0.9,"challenge_ts":"2026-12-01T09:00:00Z"}""", false, false)]
    [InlineData("""{"success":true,"hostname":"write.example","action":"send","score":0.1,"challenge_ts":"2026-12-01T09:00:00Z"}""", true, true)]
    [InlineData("nothing of use", false, true)]
    public async Task A_verdict_counts_before_the_proof_and_where_there_is_none_the_proof_does(string verdict, bool labelledWithProof, bool labelledWithout)
    {
        await using var standIn = await AnsweringAsync(verdict);
        await using var intake = await StartAsync();
        intake.Cms.Outside = new(standIn.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        Assert.Equal(labelledWithProof, await LabelAsync(intake, await ProofAsync(intake), "a-token"));
        Assert.Equal(labelledWithout, await LabelAsync(intake, null, "a-token"));
        Assert.DoesNotContain(intake.Cms.Log, line => line.Contains("a-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_without_a_script_is_not_labelled_for_lacking_it()
    {
        await using var intake = await StartAsync();

        using var answer = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers()));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False((await intake.StoredAsync()).Single().Unchecked);
    }

    private static Task<IntakeServer> StartAsync(string secret = "the-secret", string settings = Both) => IntakeServer.StartAsync(same => same with { HumanCheckSecret = secret }, settings);

    private static string Policy(HttpResponseMessage answer) => answer.Headers.GetValues("Content-Security-Policy").Single();

    private static async Task<string> ProofAsync(IntakeServer intake) => IntakeProofTests.Solve(await intake.Client.GetStringAsync(new Uri("/intake/v1/challenge", UriKind.Relative), Cancel));

    private static async Task<bool> LabelAsync(IntakeServer intake, string? proof, string? token)
    {
        using var answer = await intake.SendAsync(intake.Post(headers: [("X-Proof", proof), ("X-Human", token)]));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        return (await intake.StoredAsync(json.RootElement.GetProperty("reference").GetString()!)).Unchecked;
    }

    /// <summary>Stands for the other side: answers every question alike.</summary>
    private static async Task<WebApplication> AnsweringAsync(string verdict)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync(context.Request.Path == "/www.google.com/recaptcha/api/siteverify" ? verdict : "not asked for", Cancel));
        await app.StartAsync(Cancel);
        return app;
    }
}

using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

using Microsoft.Playwright;

using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Journeys;

/// <summary>The form with the check for humans on.</summary>
public sealed class FormHumanFixture : IAsyncLifetime
{
    public FormFixture Form { get; } = new(settings => settings.Replace("\nhumanCheck:\n", "\nhumanCheck: the-site-key\n", StringComparison.Ordinal));

    public ValueTask InitializeAsync() => Form.InitializeAsync();

    public ValueTask DisposeAsync() => Form.DisposeAsync();
}

/// <summary>
/// The check for humans as the page does it, with a stand-in for the third party that takes whatever it can get. Nobody is
/// asked without a tick; the token goes with the message; no word goes to the third party; whatever fails, the message goes.
/// </summary>
public sealed class FormHumanTests(BrowserFixture browsers, FormHumanFixture human) : IClassFixture<FormHumanFixture>
{
    private const string Canary = "zqcanary";

    /// <summary>Notes how long the page is ready to wait, and waits shorter.</summary>
    private const string Hurry = "const wait = setTimeout; self.setTimeout = (act, time, ...rest) => { if (time === 5000) self.waited = true; return wait(act, time === 5000 ? 400 : time, ...rest); };";

    /// <summary>Reads all that a frame can reach, sends it home, and has a frame of its own speak to the page.</summary>
    private const string Curious = """
        self.grecaptcha = {
          ready: act => act(),
          execute: async (key, { action }) => {
            const seen = [location.href, document.referrer, document.cookie, self.name, parent.length, document.documentElement.outerHTML];
            for (const look of [() => parent.document.body.outerHTML, () => top.location.href, () => [...location.ancestorOrigins].join()]) {
              try { seen.push(look()); } catch { seen.push('refused'); }
            }
            localStorage.setItem('_grecaptcha', 'kept');
            const frame = document.createElement('iframe');
            frame.src = 'https://www.google.com/recaptcha/api2/anchor';
            document.body.append(frame);
            await new Promise(resolve => { frame.onload = resolve; });
            await fetch('https://www.google.com/recaptcha/api2/clr', { method: 'POST', body: JSON.stringify({ key, action, seen }) });
            return 'token_' + performance.timeOrigin;
          },
        };
        """;

    private const string Anchor = "<!doctype html><title>-</title><script>top.postMessage('forged', '*'); parent.postMessage('forged', '*');</script>";

    private readonly FormFixture form = human.Form;

    /// <summary>What came to the third party: addresses and what was sent.</summary>
    private readonly ConcurrentQueue<(string Url, string Sent)> told = new();

    [Fact]
    public async Task Without_the_tick_nobody_is_asked_and_nothing_is_framed()
    {
        await using var visitor = await ComeAsync(Curious);
        await visitor.HurryAsync();

        await Assertions.Expect(Tick(visitor)).ToBeVisibleAsync();
        await Assertions.Expect(Tick(visitor)).Not.ToBeCheckedAsync();
        Assert.Contains("Google then learns the address of this device. You may leave this out.", await visitor.Page.InnerTextAsync("label:has(#human)"), StringComparison.Ordinal);
        await visitor.SendAsync();

        Assert.False(form.Intake.Posts.Single().Headers.ContainsKey("X-Human"));
        Assert.Empty(told);
        Assert.DoesNotContain(visitor.Requests, request => request.Url.Contains("/human", StringComparison.Ordinal));
        Assert.Empty(visitor.Complaints);
    }

    [Theory, InlineData("me"), InlineData("work")]
    public async Task With_the_tick_the_token_goes_along_and_no_word_to_the_third_party(string route)
    {
        await using var visitor = await ComeAsync(Curious);
        var given = await visitor.FillAsync(route, Canary, "worksHere");
        await Tick(visitor).CheckAsync();
        Assert.Empty(told);
        Assert.Equal(0, await visitor.Page.Locator("iframe").CountAsync());

        await visitor.SendAsync();

        var post = Assert.Single(form.Intake.Posts);
        Assert.StartsWith("token_", post.Headers["X-Human"], StringComparison.Ordinal);
        Assert.True(FormIntake.Proves(post.Headers["X-Proof"]));
        Assert.Equal(["/recaptcha/api.js", "/recaptcha/api2/anchor", "/recaptcha/api2/clr"], told.Select(each => new Uri(each.Url).AbsolutePath));
        Assert.Equal("?render=the-site-key", new Uri(told.First().Url).Query);
        using var seen = JsonDocument.Parse(told.Last().Sent);
        Assert.Equal(("the-site-key", "send"), (seen.RootElement.GetProperty("key").GetString(), seen.RootElement.GetProperty("action").GetString()));
        Assert.Equal(["refused", "refused"], seen.RootElement.GetProperty("seen").EnumerateArray().Skip(6).Take(2).Select(each => each.GetString()));
        var outside = visitor.Requests.Where(request => !request.Url.StartsWith(form.Url + "/", StringComparison.Ordinal)).ToList();
        Assert.Equal([], outside.Where(request => request.Sent.Contains(Canary, StringComparison.OrdinalIgnoreCase) || given.Values.Where(value => value.Length > 6).Any(value => request.Sent.Contains(value, StringComparison.Ordinal))).Select(request => request.Url));
        Assert.Equal([], outside.Where(request => !request.Url.StartsWith(form.Intake.Url + "/intake/", StringComparison.Ordinal) && !request.Url.StartsWith("https://www.google.com/recaptcha/", StringComparison.Ordinal) && request.Url != "data:,").Select(request => request.Url));
        Assert.Equal(0, await visitor.Page.Locator("iframe").CountAsync());
        Assert.DoesNotContain("kept", await visitor.Context.StorageStateAsync(), StringComparison.Ordinal);
        Assert.Equal([], visitor.Complaints.Where(complaint => !complaint.Contains("blocked", StringComparison.OrdinalIgnoreCase) && !complaint.Contains("sandbox", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A failed check for humans is a label and no more.</summary>
    [Theory]
    [InlineData("the frame is blocked", "")]
    [InlineData("the third party is blocked", "")]
    [InlineData("it never answers", "self.grecaptcha = { ready: act => act(), execute: () => new Promise(() => {}) };")]
    [InlineData("it is never ready", "self.grecaptcha = { ready: () => {} };")]
    [InlineData("it fails", "self.grecaptcha = { ready: act => act(), execute: async () => { throw new Error('no'); } };")]
    [InlineData("it is another script", "self.other = true;")]
    [InlineData("what it gives is no token", "self.grecaptcha = { ready: act => act(), execute: async () => 'a\\nb: c' };")]
    [InlineData("what it gives is too long", "self.grecaptcha = { ready: act => act(), execute: async () => 'a'.repeat(5000) };")]
    [InlineData("what it gives is no text", "self.grecaptcha = { ready: act => act(), execute: async () => ['token'] };")]
    public async Task Whatever_fails_the_message_goes_without(string how, string script)
    {
        await using var visitor = await ComeAsync(script, Hurry);
        if (how == "the frame is blocked") await visitor.Context.RouteAsync("**/intake/v1/human", route => route.AbortAsync());
        if (how == "the third party is blocked") await visitor.Context.RouteAsync("https://www.google.com/**", route => route.AbortAsync());
        await visitor.HurryAsync();
        await Tick(visitor).CheckAsync();

        await visitor.SendAsync();

        var post = Assert.Single(form.Intake.Posts);
        Assert.False(post.Headers.ContainsKey("X-Human"));
        Assert.True(FormIntake.Proves(post.Headers["X-Proof"]));
        Assert.True(await visitor.Page.EvaluateAsync<bool>("self.waited"));
        Assert.Equal(0, await visitor.Page.Locator("iframe").CountAsync());
    }

    /// <summary>A token and a proof are good once: a message that is sealed anew brings others.</summary>
    [Fact]
    public async Task A_message_that_is_sealed_anew_has_a_token_and_a_proof_of_its_own()
    {
        await using var visitor = await ComeAsync(Curious);
        await visitor.HurryAsync();
        await Tick(visitor).CheckAsync();
        form.Intake.Answers.Enqueue(new(409, FormIntake.Told(form.Keys)));

        await visitor.SendAsync();

        Assert.Equal(2, form.Intake.Posts.Count);
        foreach (var header in new[] { "X-Human", "X-Proof" }) Assert.Equal(2, form.Intake.Posts.Select(post => post.Headers[header]).Distinct().Count());
    }

    [Fact]
    public async Task The_tick_is_no_answer_so_a_message_that_was_not_sent_stays_the_same()
    {
        await using var visitor = await ComeAsync(Curious);
        await visitor.HurryAsync();
        await Tick(visitor).CheckAsync();
        form.Intake.Answers.Enqueue(new(503));
        await visitor.FailAsync("network");

        await Tick(visitor).UncheckAsync();
        await visitor.Page.ClickAsync("[data-again] button");
        await Assertions.Expect(visitor.Page.Locator("[data-sent]")).ToBeVisibleAsync();

        Assert.Single(form.Intake.Posts.Select(post => post.Headers["Idempotency-Key"]).Distinct());
        Assert.Equal([true, false], form.Intake.Posts.Select(post => post.Headers.ContainsKey("X-Human")));
        Assert.DoesNotContain("human", Encoding.UTF8.GetString(Opener.Open(form.Intake.Posts.First().Body, form.Member).Plain), StringComparison.Ordinal);
    }

    /// <summary>Whoever comes after finds no choice that somebody else made.</summary>
    [Fact]
    public async Task Leaving_takes_the_tick_away()
    {
        await using var visitor = await ComeAsync(Curious);
        await visitor.HurryAsync();
        await Tick(visitor).CheckAsync();

        await visitor.Page.EvaluateAsync("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");

        await Assertions.Expect(Tick(visitor)).Not.ToBeCheckedAsync();
    }

    /// <summary>Where its page is opened by itself, nobody is asked.</summary>
    [Fact]
    public async Task The_frames_page_asks_nobody_where_nothing_frames_it()
    {
        await using var visitor = await ComeAsync(Curious);

        await visitor.Page.GotoAsync(form.Intake.Url + "/intake/v1/human");
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Empty(told);
        Assert.Equal("complete", await visitor.Page.EvaluateAsync<string>("document.readyState"));
    }

    [Fact]
    public async Task It_stands_on_the_last_step_in_the_pages_language_and_axe_finds_nothing()
    {
        await using var visitor = await ComeAsync(Curious, address: "/ur/contact/write/");
        await visitor.HurryAsync();

        await Assertions.Expect(Tick(visitor)).ToBeVisibleAsync();
        var words = form.Site.Map.Edition.Library.WordsOf(form.Site.Map.Edition.Languages.First(each => each.Code == "ur"));
        var said = await visitor.Page.InnerTextAsync("label:has(#human)");
        Assert.StartsWith(words["form.human.tick"], said, StringComparison.Ordinal);
        Assert.EndsWith(words["form.human.notice"], said, StringComparison.Ordinal);
        Assert.Equal("privacy", await visitor.Page.EvaluateAsync<string>("document.querySelector('#human').closest('[data-step]').dataset.step"));
        Assert.Empty(await AxeRun.ViolationsAsync(visitor.Page));
    }

    private static ILocator Tick(FormVisitor visitor) => visitor.Page.Locator("#human");

    private async Task<FormVisitor> ComeAsync(string script, string? before = null, string address = "/contact/write/")
    {
        var visitor = await FormVisitor.ComeAsync(browsers, form, address, before: before);
        await visitor.Context.RouteAsync(url => url.Contains("google.com", StringComparison.Ordinal) || url.Contains("gstatic.com", StringComparison.Ordinal), async route =>
        {
            told.Enqueue((route.Request.Url, route.Request.PostData ?? string.Empty));
            var path = new Uri(route.Request.Url).AbsolutePath;
            await route.FulfillAsync(new()
            {
                ContentType = path.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/html",
                Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*" },
                Body = path.EndsWith("api.js", StringComparison.Ordinal) ? script : path.EndsWith("anchor", StringComparison.Ordinal) ? Anchor : "{}",
            });
        });
        return visitor;
    }
}

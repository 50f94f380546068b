using Microsoft.Playwright;

using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Journeys;

/// <summary>Where it cannot be sent: the words stay, a phone is shown, and nothing ever goes out unsealed.</summary>
[Collection(FormOrder.Name)]
public sealed class FormFailingTests(BrowserFixture browsers, FormFixture form)
{
    private const string Number = "0808 168 9111";

    [Theory]
    [InlineData(0, "{}", "network")]
    [InlineData(503, "{}", "network")]
    [InlineData(413, "{}", "network")]
    [InlineData(429, "{}", "busy")]
    public async Task The_same_sealed_message_goes_out_again(int status, string body, string why)
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.HurryAsync();
        // A browser tries again by itself where the other side hangs up.
        for (var times = 0; times < (status == 0 ? 4 : 1); times++) form.Intake.Answers.Enqueue(new(status, body, "30"));

        await visitor.FailAsync(why);
        Assert.Equal("Ann-message", await visitor.Field("message").InputValueAsync());
        Assert.True(await visitor.Page.Locator("[data-failed]").EvaluateAsync<bool>("panel => panel === document.activeElement"));
        if (why == "network") Assert.Contains(Number, await visitor.Page.InnerTextAsync("[data-failed]"), StringComparison.Ordinal);
        form.Intake.Answers.Clear();
        await visitor.Page.ClickAsync("[data-again] button");
        await Assertions.Expect(visitor.Page.Locator("[data-sent]")).ToBeVisibleAsync();

        var posts = form.Intake.Posts.ToList();
        Assert.True(posts.Count > 1);
        Assert.Single(posts.Select(post => post.Headers["Idempotency-Key"]).Distinct());
        Assert.All(posts, post => Assert.True(post.Body.AsSpan().SequenceEqual(posts[0].Body)));
    }

    [Fact]
    public async Task A_message_that_was_changed_is_another_message()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.HurryAsync();
        form.Intake.Answers.Enqueue(new(503));
        await visitor.FailAsync("network");

        await visitor.Page.ClickAsync("[data-back]");
        await visitor.Field("message").FillAsync("Other words");
        await visitor.GoToAsync("privacy");
        await visitor.SendAsync();

        var posts = form.Intake.Posts.ToList();
        Assert.Equal(2, posts.Select(post => post.Headers["Idempotency-Key"]).Distinct().Count());
        Assert.Contains("Other words", System.Text.Encoding.UTF8.GetString(Opener.Open(posts[^1].Body, form.Member).Plain), StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_form_that_was_closed_meanwhile_says_so(bool beforeSending)
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.HurryAsync();
        if (beforeSending) form.Intake.Keys = FormIntake.Told(form.Keys, open: false);
        else form.Intake.Answers.Enqueue(new(503, """{"closed":true}"""));

        await visitor.FailAsync("closed");

        Assert.Equal(beforeSending ? 0 : 1, form.Intake.Posts.Count);
        Assert.Contains(Number, await visitor.Page.InnerTextAsync("[data-failed]"), StringComparison.Ordinal);
        Assert.False(await visitor.Page.Locator("[data-again]").IsVisibleAsync());
        Assert.Equal("Ann-message", await visitor.Field("message").InputValueAsync());
    }

    [Theory]
    [InlineData("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });")]
    [InlineData("Object.defineProperty(self, 'crypto', { value: undefined });")]
    [InlineData("SubtleCrypto.prototype.importKey = async () => { throw new Error('broken'); };")]
    [InlineData("Crypto.prototype.getRandomValues = () => { throw new Error('broken'); };")]
    public async Task Where_the_browser_cannot_seal_nothing_is_sent(string broken)
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form, before: broken);
        await visitor.HurryAsync();

        await visitor.FailAsync("sealing");

        Assert.Empty(form.Intake.Posts);
        Assert.DoesNotContain(visitor.Requests, request => request.Sent.Contains("Ann-", StringComparison.Ordinal));
        Assert.Equal("Ann-message", await visitor.Field("message").InputValueAsync());
        Assert.Contains(Number, await visitor.Page.InnerTextAsync("[data-failed]"), StringComparison.Ordinal);
        Assert.False(await visitor.Page.Locator("[data-again]").IsVisibleAsync());
        Assert.DoesNotContain(await visitor.PromisesAsync(), promise => promise.Contains("locked on this device", StringComparison.Ordinal));
    }

    /// <summary>Keys that are none of ours: a wrong check sum, a kind of another format, a share that everybody could open.</summary>
    [Theory]
    [InlineData("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwq")]
    [InlineData("age1pq1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj")]
    [InlineData("ssh-ed25519 AAAA")]
    public async Task A_message_is_not_sealed_to_what_is_no_key(string recipient)
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.HurryAsync();
        form.Intake.Keys = FormIntake.Told(Tests.FormSite.KeysOf([$"{form.Member.Recipient}", recipient], [recipient]));

        await visitor.FailAsync("sealing");

        Assert.Empty(form.Intake.Posts);
    }

    /// <summary>An older browser without this curve seals with the module's own.</summary>
    [Fact]
    public async Task Without_the_curve_in_the_browser_it_is_sealed_all_the_same()
    {
        const string Older = "SubtleCrypto.prototype.importKey = async () => { throw new DOMException('no curve', 'NotSupportedError'); };";
        await using var visitor = await FormVisitor.ComeAsync(browsers, form, before: Older);
        await visitor.HurryAsync();

        await visitor.SendAsync();

        Assert.Equal(Outcome.Success, Opener.Open(form.Intake.Posts.Single().Body, form.Recovery).Outcome);
    }

    /// <summary>The script is on, so the form is never posted as it stands; once the module can be had, it goes on.</summary>
    [Fact]
    public async Task Where_the_module_cannot_be_had_nothing_is_sent_and_it_is_asked_for_again()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.Page.RouteAsync("**/assets/form-*.json", route => route.AbortAsync());
        await visitor.GoToAsync("who");
        await visitor.Page.CheckAsync("[name=route][value=me]");

        await visitor.FailAsync("sealing");
        Assert.True(await visitor.Page.IsCheckedAsync("[name=route][value=me]"));
        Assert.DoesNotContain(await visitor.PromisesAsync(), promise => promise.Contains("locked on this device", StringComparison.Ordinal));
        await visitor.Page.UnrouteAllAsync();
        await visitor.GoToAsync("device");

        Assert.Empty(form.Intake.Posts);
        Assert.False(await visitor.Page.Locator("[data-failed]").IsVisibleAsync());
    }
}

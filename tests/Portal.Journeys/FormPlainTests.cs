using System.Text;
using System.Web;

using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>Without a script: one page, the same questions, and a plain post that goes to the intake and nowhere else.</summary>
[Collection(FormOrder.Name)]
public sealed class FormPlainTests(BrowserFixture browsers, FormFixture form)
{
    private static readonly BrowserNewContextOptions Off = new() { JavaScriptEnabled = false };

    private static readonly string[] Honest =
    [
        "What you write travels over a protected connection and is locked when it arrives, at the latest. Only the people who answer can open it.",
        "When you leave, Back can still show what you have typed here. The history of this device stays too.",
    ];

    /// <summary>What somebody is asked follows their answer by the style sheet alone; what is never sent is not offered.</summary>
    [Fact]
    public async Task One_page_has_every_question_and_hides_what_concerns_others()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form, options: Off);

        Assert.Equal(["danger", "who", "device", "name", "reach", "about", "message", "privacy"], await ShownAsync());
        await visitor.Page.CheckAsync("[name=route][value=work]");
        Assert.Equal(["danger", "who", "device", "work", "client", "reach", "about", "consent", "risk", "message", "privacy"], await ShownAsync());
        Assert.True(await visitor.Page.GetByText("How can we reach them safely?").IsVisibleAsync());
        Assert.False(await visitor.Page.GetByText("How can we reach you safely?").IsVisibleAsync());
        Assert.Equal(0, await visitor.Page.Locator("[name=danger]:visible, [name=device]:visible, [name=website]:visible, [data-sent]:visible, [data-failed]:visible, [data-back]:visible, #part:visible").CountAsync());
        Assert.Equal(5, await visitor.Page.Locator("[data-tell]:visible").CountAsync());
        await visitor.Page.CheckAsync("[name=route][value=someone]");
        Assert.Equal(["danger", "who", "device", "name", "reach", "about", "message", "privacy"], await ShownAsync());
        Assert.Equal(["route", "name", "phone", "phoneCall", "phoneVoicemail", "phoneText", "email", "emailSafe", "other", "times", "age", "message", "worksHere", "privacy"], await visitor.ShownFieldsAsync());
        Assert.Equal(Honest, await visitor.PromisesAsync());

        async Task<IEnumerable<string?>> ShownAsync()
        {
            var names = new List<string?>();
            foreach (var step in await visitor.Page.Locator("[data-step]:visible").AllAsync()) names.Add(await step.GetAttributeAsync("data-step"));
            return names;
        }
    }

    [Fact]
    public async Task The_post_goes_to_the_intake_alone_with_what_was_asked_and_no_more()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form, "/pl/contact/write/", options: Off);
        await visitor.Page.CheckAsync("[name=route][value=me]");
        await visitor.Field("name").FillAsync("zqcanary");
        await visitor.Field("phone").FillAsync("07700 900461");
        await visitor.Field("phoneText").CheckAsync();
        await visitor.Page.CheckAsync("[name=age][value='18over']");
        await visitor.Field("privacy").CheckAsync();

        await visitor.Next.ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(form.Intake.Url + "/intake/v1/form");

        var post = Assert.Single(form.Intake.Posts);
        Assert.Equal(("/intake/v1/form", "application/x-www-form-urlencoded", "null"), (post.Path, post.Headers["Content-Type"], post.Headers["Origin"]));
        Assert.False(post.Headers.ContainsKey("Cookie") || post.Headers.ContainsKey("Referer"));
        var posted = HttpUtility.ParseQueryString(Encoding.UTF8.GetString(post.Body));
        Assert.Equal(("pl", form.Keys.KeySet, "2026-11-23", "", "me", "zqcanary", "07700 900461", "yes", "18over", "yes"),
            (posted["page"], posted["keyset"], posted["notice"], posted["website"], posted["route"], posted["name"], posted["phone"], posted["phoneText"], posted["age"], posted["privacy"]));
        Assert.DoesNotContain(posted.AllKeys, name => name is "danger" or "device" or "phoneCall");
        Assert.DoesNotContain(visitor.Requests, request => request.Url.StartsWith(form.Url, StringComparison.Ordinal) && request.Sent.Contains("zqcanary", StringComparison.Ordinal));
    }

    /// <summary>Scripts are on, so nothing for a browser without them is shown; but the form's own never comes.</summary>
    [Fact]
    public async Task Where_its_script_is_blocked_it_is_posted_plainly_and_promises_no_more()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form, "/leaving-this-site/");
        await visitor.Page.RouteAsync("**/assets/referral*.js", route => route.AbortAsync());
        await visitor.Page.GotoAsync(form.Url + "/contact/write/");
        await visitor.Page.CheckAsync("[name=route][value=work]");
        foreach (var (name, words) in new[] { ("worker", "Sam"), ("organisation", "School"), ("client", "A."), ("other", "Through Sam"), ("message", new string('x', 998)) }) await visitor.Field(name).FillAsync(words);
        await visitor.Field("message").PressSequentiallyAsync("yyy");
        foreach (var field in new[] { "[name=age][value='18over']", "[name=consent][value=yes]", "[name=risk][value=no]", "#f-privacy" }) await visitor.Page.CheckAsync(field);
        Assert.Equal(Honest, await visitor.PromisesAsync());

        await visitor.Next.ClickAsync();

        await Assertions.Expect(visitor.Page).ToHaveURLAsync(form.Intake.Url + "/intake/v1/form");
        Assert.Equal(1000, HttpUtility.ParseQueryString(Encoding.UTF8.GetString(form.Intake.Posts.Single().Body))["message"]!.Length);
    }

    /// <summary>axe hangs where scripts are off in the browser: a policy that forbids them is the same to a page.</summary>
    [Theory, InlineData("/contact/write/"), InlineData("/ar/contact/write/")]
    public async Task It_breaks_no_rule(string address)
    {
        var run = new AxeRun(browsers.Browser, form.Url) { ScriptPolicy = "default-src 'none'; style-src 'self'; script-src 'none'", Look = new() { ViewportSize = new() { Width = 320, Height = 568 } } };

        Assert.Empty(await run.LookAtAsync("form without a script", [address]));
    }
}

using Microsoft.Playwright;

using Portal.Site.Hosting;

using Xunit;

namespace Portal.Journeys;

/// <summary>QE5, QE8, QE18, QE27: nothing that was typed is there for the next pair of eyes.</summary>
[Collection(FormOrder.Name)]
public sealed class FormWipeTests(BrowserFixture browsers, FormFixture form)
{
    private const string Canary = "zqcanary";

    /// <summary>QE18: what leaving takes away, and what it cannot, beside every field; said once the script that does it runs and seals.</summary>
    [Fact]
    public async Task Each_step_says_what_leaving_wipes_and_what_it_cannot()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);

        Assert.True(await visitor.Page.GetByText("When you leave, Back can still show what you have typed here.").IsVisibleAsync());
        await visitor.Page.CheckAsync("[name=danger][value=no]");
        await Assertions.Expect(visitor.Page.Locator("[data-proved=sealed]")).ToHaveTextAsync("What you write is locked on this device before it is sent. Only the people who answer can open it.");
        await visitor.BeginAsync("me");
        Assert.True(await visitor.Page.GetByText("“Leave this site” takes away what you have typed here. It cannot clear the history of this device.").IsVisibleAsync());
    }

    /// <summary>QE5, QE8: by the control and by Esc, from a half-filled form.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task After_leaving_neither_back_nor_a_new_visit_shows_a_word(bool cached, bool byControl)
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form, "/", cached);
        await visitor.Page.GotoAsync(form.Url + "/contact/write/");
        await visitor.HurryAsync(Canary);

        if (byControl)
        {
            await visitor.Page.ClickAsync("#leave");
        }
        else
        {
            await visitor.Page.Keyboard.PressAsync("Escape");
            await visitor.Page.Keyboard.PressAsync("Escape");
        }

        await Assertions.Expect(visitor.Page).ToHaveURLAsync(form.Destination.Url);
        await visitor.Page.EvaluateAsync("self.left = true; setTimeout(() => history.back())");
        await visitor.Page.UntilAsync("!self.left && document.querySelector('h1')?.textContent === 'Sunny spells'"); // Sent on once more, and no longer the page from before.
        Assert.False(await visitor.HoldsAsync(Canary));
        await visitor.Page.GotoAsync(form.Url + "/contact/write/");
        await AssertEmptyAsync(visitor);
        Assert.DoesNotContain(visitor.Requests, request => request.Sent.Contains(Canary, StringComparison.Ordinal));
    }

    /// <summary>QE27: an ordinary way back, from the browser's cache or made anew, finds the form empty and at its first step.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task Coming_back_without_leaving_finds_the_form_empty_and_usable(bool cached)
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form, cached: cached);
        await visitor.Page.EvaluateAsync("self.addEventListener('pageshow', event => { self.kept = event.persisted; })");
        await visitor.Page.CheckAsync("[name=danger][value=no]");
        await visitor.HurryAsync(Canary);
        await visitor.Page.EvaluateAsync("setTimeout(() => { location.href = '/leaving-this-site/'; })");
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(form.Url + "/leaving-this-site/");
        await visitor.Page.UntilAsync("document.readyState === 'complete'");

        await visitor.Page.EvaluateAsync("setTimeout(() => history.back())");

        await Assertions.Expect(visitor.Page.Locator("[data-step=danger]")).ToBeVisibleAsync();
        await AssertEmptyAsync(visitor);
        await visitor.HurryAsync("Other words");
        await visitor.SendAsync();
        Assert.Single(form.Intake.Posts);
    }

    /// <summary>Also that somebody wrote at all, and the reference of it; in a browser, too, that keeps a page in spite of <c>no-store</c>.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task After_sending_the_way_back_shows_nothing_of_it(bool cached)
    {
        await File.WriteAllTextAsync(Path.Combine(form.Output, "_headers"), form.Site.Rules.ToHeadersFile().Replace("no-store", "no-cache", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(form.Output, "_redirects"), form.Site.Rules.ToRedirectsFile(), TestContext.Current.CancellationToken);
        await using var keeping = new StaticServer(form.Output, HostRules.In(form.Output));
        await keeping.StartAsync("http://127.0.0.1:0", TestContext.Current.CancellationToken);
        await using var visitor = await FormVisitor.ComeAsync(browsers, form, "/leaving-this-site/", cached);
        await visitor.Page.GotoAsync(keeping.Urls.First() + "/contact/write/");
        await visitor.Page.EvaluateAsync("self.same = true");
        await visitor.HurryAsync(Canary);
        var reference = await visitor.SendAsync();
        Assert.Contains("nobody reads what you send here", await visitor.Page.InnerTextAsync("[data-sent]"), StringComparison.Ordinal);
        Assert.Contains("Now is a good moment to leave this page.", await visitor.Page.InnerTextAsync("[data-sent]"), StringComparison.Ordinal);
        await visitor.Page.EvaluateAsync("setTimeout(() => { location.href = '/leaving-this-site/'; })");
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(keeping.Urls.First() + "/leaving-this-site/");
        await visitor.Page.UntilAsync("document.readyState === 'complete'");

        await visitor.Page.EvaluateAsync("setTimeout(() => history.back())");

        await Assertions.Expect(visitor.Page.Locator("[data-step=danger]")).ToBeVisibleAsync();
        Assert.Equal(cached, await visitor.Page.EvaluateAsync<bool>("!!self.same"));
        await AssertEmptyAsync(visitor);
        Assert.False(await visitor.HoldsAsync(reference));
        Assert.False(await visitor.Page.Locator("[data-sent]").IsVisibleAsync());
        Assert.Equal("Write to us – Local Help Kent", await visitor.Page.TitleAsync());
        await visitor.HurryAsync("Other words");
        await visitor.SendAsync();
    }

    [Fact]
    public async Task Loading_it_again_finds_it_empty()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.HurryAsync(Canary);

        await visitor.Page.ReloadAsync();

        await AssertEmptyAsync(visitor);
    }

    [Fact]
    public async Task The_way_out_after_sending_is_the_same()
    {
        await using var visitor = await FormVisitor.ComeAsync(browsers, form);
        await visitor.HurryAsync(Canary);
        await visitor.SendAsync();

        await visitor.Page.ClickAsync("[data-leave]");

        await Assertions.Expect(visitor.Page).ToHaveURLAsync(form.Destination.Url);
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Sunny spells");
    }

    private static async Task AssertEmptyAsync(FormVisitor visitor)
    {
        Assert.Empty(await visitor.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('[data-ask] :is(input:not([type=hidden]), select, textarea)')]
              .filter(field => /radio|checkbox/.test(field.type) ? field.checked : field.value).map(field => field.name)
            """));
        Assert.False(await visitor.HoldsAsync(Canary));
        Assert.Equal("Are you, or is somebody, in danger now?", await visitor.Heading.InnerTextAsync());
    }
}

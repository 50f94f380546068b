using Microsoft.Playwright;

using Portal.Cms.Referrals;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>What is done with a message while it is open in a browser, and what the server hears of it.</summary>
public sealed class ReferralReaderActTests(BrowserFixture browsers, ReferralReading reading) : IClassFixture<ReferralReading>
{
    [Fact]
    public async Task What_is_done_with_it_leaves_the_words_open()
    {
        await using var ada = await OpenAsync();
        await ada.UnlockAsync("Open");
        await Expect(ada.Page.Locator("#source")).ToHaveValueAsync("friend");
        await ada.Page.SelectOptionAsync("#ageBand", "not-known");
        await ada.Page.SelectOptionAsync("#channel", "Phone");
        await ada.Page.SelectOptionAsync("#result", "NoAnswer");
        await ada.Screen.PressAsync("Note the try");

        var notice = ada.Page.Locator("#acts .notice");
        await Expect(notice).ToHaveTextAsync("The try is noted.");
        await Expect(notice).ToBeFocusedAsync();
        await Expect(ada.Page.Locator("#acts table")).ToContainTextAsync("no answer", new() { IgnoreCase = true });
        await Expect(ada.Page.Locator("#state")).ToHaveTextAsync("In progress", new() { IgnoreCase = true });
        await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);
        Assert.Equal(["friend", "not-known", string.Empty], await ReferralReading.FactsAsync(ada)); // Chosen against what the message says, and not sent yet.
        Assert.Equal(1, await reading.OpenedAsync(ada));
        await ada.Screen.PressAsync("Confirm the facts");
        await Expect(notice).ToHaveTextAsync("The facts are confirmed.");
        Assert.Equal(["friend", "not-known", string.Empty], await ReferralReading.FactsAsync(ada));
        Assert.DoesNotContain(ada.Sent, request => request.Contains(ReferralReading.Canary, StringComparison.Ordinal));

        await ada.Screen.PressAsync("Lock now");
        await ReferralReading.LockedAsync(ada, "Locked.");
    }

    /// <summary>An act without an answer, or refused, is said where it was pressed, and the words stay; what was stored all the same is nobody else's fault.</summary>
    [Fact]
    public async Task An_act_that_fails_is_said_in_its_place_and_a_second_press_tells_the_truth()
    {
        await using var ada = await OpenAsync();
        await ada.UnlockAsync("Open");
        await Expect(ada.Page.Locator("#source")).ToHaveValueAsync("friend");
        var said = ada.Page.Locator("#acts [data-said]");
        foreach (var (status, told) in new[] { (400, "the page is out of date"), (403, "you may no longer do it"), (503, "whether this was noted is not known") })
        {
            await ada.Page.RouteAsync("**/need", route => route.FulfillAsync(new() { Status = status, ContentType = "text/html", Body = "<!doctype html><title>-</title><p>No" }));
            await ada.Page.SelectOptionAsync("#need", "High");
            await ada.Screen.PressAsync("Set the need");
            await Expect(said).ToContainTextAsync(told);
            await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);
            await ada.Page.UnrouteAsync("**/need");
        }

        // It arrives and is kept; no answer comes back.
        var arrived = new TaskCompletionSource();
        await ada.Page.RouteAsync("**/need", async route =>
        {
            await route.FetchAsync(new() { MaxRedirects = 0 });
            arrived.SetResult();
            await route.AbortAsync();
        });
        await ada.Screen.PressAsync("Set the need");
        await arrived.Task;
        await Expect(said).ToContainTextAsync("whether this was noted is not known");
        await ada.Page.UnrouteAsync("**/need");
        await ada.Screen.PressAsync("Set the need");
        await Expect(ada.Page.Locator("#acts .errors")).ToContainTextAsync("by yourself in another window or with a press that had no answer");
        await Expect(ada.Page.Locator("#need")).ToHaveValueAsync("High");
        await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);
        Assert.Equal(ReferralNeed.High, (await reading.StoredAsync(ada)).Need);
    }

    /// <summary>A network that swallows everything: the press is said to be under way, ends by itself, and can be pressed again.</summary>
    [Fact]
    public async Task A_press_that_is_never_answered_says_so_and_ends()
    {
        await using var ada = await OpenAsync(page => page.AddInitScriptAsync("Object.defineProperty(XMLHttpRequest.prototype, 'timeout', { set(limit) { this.limit = limit; setTimeout(() => this.method === 'POST' && this.abort(), limit / 100); } }); const open = XMLHttpRequest.prototype.open; XMLHttpRequest.prototype.open = function (method, address) { this.method = method; open.call(this, method, address); };"));
        await ada.UnlockAsync("Open");
        await Expect(ada.Page.Locator("#source")).ToHaveValueAsync("friend");
        await ada.Page.RouteAsync("**/need", _ => Task.CompletedTask);
        await ada.Page.SelectOptionAsync("#need", "High");
        var said = ada.Page.Locator("#acts [data-said]");
        await ada.Page.EvaluateAsync("window.seen = []; new MutationObserver(() => seen.push(document.querySelector('#acts [data-said]')?.textContent)).observe(document.getElementById('acts'), { childList: true, subtree: true })");
        await ada.Screen.PressAsync("Set the need");

        await Expect(said).ToContainTextAsync("No answer: whether this was noted is not known.");
        Assert.Contains("Being noted.", await ada.Page.EvaluateAsync<string[]>("seen"));
        await ada.Page.UnrouteAsync("**/need");
        await ada.Screen.PressAsync("Set the need");
        await Expect(ada.Page.Locator("#acts .notice")).ToHaveTextAsync("The need is set.");
    }

    [Fact]
    public async Task An_ended_session_locks_and_leads_to_the_sign_in()
    {
        await using var ada = await OpenAsync();
        await ada.UnlockAsync("Open");
        await Expect(ada.Page.Locator("#source")).ToHaveValueAsync("friend");
        await ada.Page.Context.ClearCookiesAsync();
        await ada.Page.SelectOptionAsync("#need", "High");
        await ada.Screen.PressAsync("Set the need");

        await ada.Page.UntilAsync("location.pathname === '/sign-in'");
        await Expect(ada.Page.Locator("body")).Not.ToContainTextAsync(ReferralReading.Canary); // Also while the page is on its way.
        Assert.Contains(Uri.EscapeDataString("/referrals/"), ada.Page.Url, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Given out is not read: where no word was shown, it stays among the unread and becomes overdue.</summary>
    [Fact]
    public async Task It_counts_as_read_when_its_words_were_shown_and_where_that_is_not_heard_it_is_told_again()
    {
        await using var ada = await OpenAsync();
        await ada.Page.RouteAsync("**/read", route => route.AbortAsync());
        await ada.UnlockAsync("Open");
        await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);
        await Expect(ada.Words.GetByRole(AriaRole.Alert)).ToContainTextAsync("it still counts as unread");
        Assert.Null((await reading.StoredAsync(ada)).OpenedAt);
        await Expect(ada.Page.Locator("#state")).ToHaveTextAsync("Unread");

        await ada.Page.UnrouteAsync("**/read");
        await ada.Screen.PressAsync("Note it now");
        await Expect(ada.Page.Locator("#state")).ToHaveTextAsync("Opened");
        await Expect(ada.Words.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);
        Assert.NotNull((await reading.StoredAsync(ada)).OpenedAt);
    }

    /// <summary>Whoever gives a message away reads it no longer.</summary>
    [Fact]
    public async Task Where_the_answer_shows_no_message_the_words_go_with_the_page()
    {
        await using var ada = await OpenAsync();
        await ada.UnlockAsync("Open");
        await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);
        await ada.Page.RouteAsync("**/assign", route => route.FulfillAsync(new() { Status = 404, ContentType = "text/html", Body = "<!doctype html><title>-</title><p>No" }));
        await ada.Screen.PressAsync("Assign");

        await Expect(ada.Page.Locator("#passphrase")).ToBeVisibleAsync();
        await Expect(ada.Page.Locator("body")).Not.ToContainTextAsync(ReferralReading.Canary); // Also while the page is on its way.
    }

    private Task<ReferralPerson> OpenAsync(Func<IPage, Task>? before = null) => reading.OpenAsync(browsers.Browser, ReferralReading.Json, before);
}

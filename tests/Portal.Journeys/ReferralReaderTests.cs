using System.Text.Json;

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Portal.Cms.Hosting;
using Portal.Cms.Referrals;
using Portal.Cms.Staff;
using Portal.Tests.Referrals;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>One message open in one browser: what is shown, and how it goes.</summary>
public sealed class ReferralReaderTests(BrowserFixture browsers, ReferralReading reading) : IClassFixture<ReferralReading>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_shown_as_text_with_labels_in_its_own_direction_and_leaves_no_trace()
    {
        await using var ada = await OpenAsync();
        await ada.UnlockAsync("Open");

        var words = ada.Words;
        await Expect(words).ToContainTextAsync(ReferralReading.Canary);
        await Expect(words.GetByRole(AriaRole.Heading, new() { Name = "What it says" })).ToBeFocusedAsync();
        Assert.Equal(string.Empty, await ada.Page.InputValueAsync("#passphrase"));
        await Expect(ada.Page.Locator("#state")).ToHaveTextAsync("Opened"); // As the server draws it after the opening.
        Assert.Equal(["<img src=x onerror=document.title=1>"], await TermAsync(words, "Name to call them"));
        Assert.Equal(["Yes", "No, do not", "No, do not"], [.. await TermAsync(words, "Call this number"), .. await TermAsync(words, "Leave a voicemail"), .. await TermAsync(words, "Send a text")]);
        Assert.Equal(["Folkestone and Hythe", "Persian", "18 or over"], [.. await TermAsync(words, "Area"), .. await TermAsync(words, "Language they want to speak"), .. await TermAsync(words, "Age")]);
        Assert.Equal(["[\"<b>new</b>\"]"], await TermAsync(words, "novel"));
        await Expect(words).ToContainTextAsync("A friend or relative writes, on the page in Persian.");
        await Expect(words).ToContainTextAsync("Shown the privacy notice of version 2026-11-01.");
        await Expect(words).ToContainTextAsync("Never call the other person because of this message.");
        Assert.Equal(0, await words.Locator("img, b, script").CountAsync());
        Assert.Equal(("auto", "fa"), (await words.Locator("bdi").Last.GetAttributeAsync("dir"), await words.Locator("bdi").Last.GetAttributeAsync("lang")));
        await Expect(ada.Page.Locator("#source")).ToHaveValueAsync("friend"); // The form of facts came with the opening.
        Assert.Equal(["friend", "18over", string.Empty], await ReferralReading.FactsAsync(ada)); // This CMS has no districts to choose.
        Assert.Empty(await AxeRun.ViolationsAsync(ada.Page));
        Assert.Equal("Message – Portal", await ada.Page.TitleAsync());
        Assert.DoesNotContain(ReferralReading.Canary, await ada.Page.EvaluateAsync<string>("JSON.stringify([location.href, {...localStorage}, {...sessionStorage}, document.cookie, history.state])"), StringComparison.Ordinal);
        Assert.DoesNotContain(ada.Sent, request => request.Contains(ReferralReading.Canary, StringComparison.Ordinal) || request.Contains("lantern", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_locks_when_hidden_and_when_asked_and_takes_back_what_it_filled_in()
    {
        await using var ada = await OpenAsync();
        await ada.UnlockAsync("Open");
        await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);
        await ada.Screen.PressAsync("Lock now");
        await ReferralReading.LockedAsync(ada, "Locked.");

        await ada.UnlockAsync("Open");
        await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);
        await Expect(ada.Page.Locator("#source")).ToHaveValueAsync("friend");
        await HideAsync(ada.Page);
        await ReferralReading.LockedAsync(ada, "Locked while you looked elsewhere.");
        Assert.Equal([string.Empty, string.Empty, string.Empty], await ReferralReading.FactsAsync(ada));
        Assert.Equal(2, await reading.OpenedAsync(ada));
    }

    [Fact]
    public async Task It_locks_after_five_minutes_without_a_touch_and_not_before()
    {
        await using var ada = await OpenAsync(page => page.Clock.InstallAsync());
        await ada.UnlockAsync("Open");
        await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);

        await ada.Page.Clock.FastForwardAsync("04:00");
        await ada.Page.Keyboard.PressAsync("Tab");
        await ada.Page.Clock.FastForwardAsync("04:30");
        await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);
        await ada.Page.Clock.FastForwardAsync("00:31");

        await ReferralReading.LockedAsync(ada, "Locked after 5 minutes without a touch.");
    }

    [Fact]
    public async Task What_comes_after_the_page_was_hidden_is_not_shown()
    {
        await using var ada = await OpenAsync();
        await ada.Page.RouteAsync("**/file", async route =>
        {
            await HideAsync(ada.Page);
            await route.ContinueAsync();
        });

        await ada.UnlockAsync("Open");

        await ReferralReading.LockedAsync(ada, "Locked while you looked elsewhere.");
        Assert.Equal((1, null), (await reading.OpenedAsync(ada), (await reading.StoredAsync(ada)).OpenedAt));
    }

    [Fact]
    public async Task Going_away_and_back_shows_nothing()
    {
        await using var ada = await OpenAsync(caching: true);
        await ada.UnlockAsync("Open");
        await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);
        await ada.Page.GotoAsync("/referrals");
        await ada.Page.GoBackAsync();

        await Expect(ada.Page.Locator("#passphrase")).ToBeVisibleAsync();
        Assert.DoesNotContain(ReferralReading.Canary, await ada.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(string.Empty, await ada.Page.InputValueAsync("#passphrase"));
    }

    [Fact]
    public async Task A_wrong_passphrase_and_a_damaged_file_are_told_with_what_to_do()
    {
        await using var ada = await OpenAsync();
        await ada.UnlockAsync("Open", "not the passphrase at all");
        await Expect(ada.Said).ToContainTextAsync("This is not the passphrase of your key. Try again.");
        await Expect(ada.Page.Locator("#passphrase")).ToBeFocusedAsync();
        Assert.Equal(0, await reading.OpenedAsync(ada)); // Nothing left the server for it.

        await reading.Server.WithDatabaseAsync(async database =>
        {
            var row = await database.Set<Referral>().SingleAsync(message => message.Id == ReferralReading.IdOf(ada), Cancel);
            row.Payload = [.. row.Payload!.Select((each, at) => at == 100 ? (byte)(each ^ 1) : each)];
            return await database.SaveChangesAsync(Cancel);
        });
        await ada.UnlockAsync("Open");
        await Expect(ada.Said).ToContainTextAsync("is damaged and cannot be opened here. Below stands how to download it and try the recovery key with the program age.");
        await Expect(ada.Words).ToBeEmptyAsync();
        Assert.Equal((1, null), (await reading.OpenedAsync(ada), (await reading.StoredAsync(ada)).OpenedAt));
    }

    [Fact]
    public async Task Without_Web_Cryptography_it_says_so()
    {
        await using var ada = await OpenAsync(page => page.AddInitScriptAsync("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })"));

        await Expect(ada.Said).ToContainTextAsync("it lacks Web Cryptography");
        await Expect(ada.Screen.Button("Open")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task A_secret_key_is_never_sent_and_a_wrong_one_is_told()
    {
        await using var ada = await OpenAsync();
        await ada.UnlockAsync("Open");
        await Expect(ada.Words).ToContainTextAsync(ReferralReading.Canary);
        var said = ada.Page.Locator("form[data-key=export] [role=status]");

        await ada.Page.FillAsync("#recipients", Identity.New().ToString());
        await ada.Screen.PressAsync("Seal it for them and download");
        await Expect(said).ToContainTextAsync("It was not sent.");
        await ada.Page.FillAsync("#recipients", "age1wrong");
        await ada.Screen.PressAsync("Seal it for them and download");
        await Expect(said).ToContainTextAsync("This is no recipient");

        Assert.DoesNotContain(ada.Sent, request => request.Contains("SECRET", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The rules stand twice, for the server and for a passphrase that no server may see: both judge alike.</summary>
    [Fact]
    public async Task A_passphrase_is_judged_as_for_an_account()
    {
        string[] phrases =
        [
            "kettle marmot violin thursdayish", "password password 1", "Monkey-Dragon-2024!!", "a d a h o l t is mine, yes", "I am ada@example.org ok", "1234567890123456", "aaaaaaaaaaaaaaaaaaaaaaa",
            "sehr lange Wörter überall", "DRAGONdragon1234", "dragondragondragon!", "İstanbul kettle MARMOT", "🦊🦊🦊🦊🦊🦊🦊🦊 fox", "ab ab ab ab ab ab ab", "", "too short", "twelve chars",
        ];
        await using var ada = await reading.PersonAsync(browsers.Browser, page: null);
        await ada.Page.GotoAsync("/referrals/keys");

        var judged = await ada.Page.EvaluateAsync<bool[]>("""
            async ([address, phrases]) => {
              const { fault } = await import(address);
              const common = new Set((await (await fetch('/referrals/keys/common')).text()).split('\n'));
              return phrases.map(phrase => fault(phrase, 12, common, ['Ada Holt', 'ada@example.org']) === null);
            }
            """, new object[] { StaffAssets.Address("reader.js"), phrases });

        Assert.Equal(phrases.Select(phrase => (phrase, PassphraseRules.Fault(phrase, "Ada Holt", "ada@example.org") is null)), phrases.Zip(judged));
        Assert.Contains(true, judged);
    }

    [Fact]
    public async Task A_key_with_a_weak_passphrase_or_two_that_differ_is_not_made()
    {
        await using var ada = await reading.PersonAsync(browsers.Browser, page: null);
        await ada.Page.GotoAsync("/referrals/keys");
        await ada.Page.GetByText("Make a new key", new() { Exact = true }).ClickAsync();
        var said = ada.Page.Locator("form[data-key=make] [role=status]");
        foreach (var (first, again, why) in new[] { ("password password 1", "password password 1", "too easy to guess"), ("kettle marmot violin thursdayish", "kettle marmot violin thursday", "The two are not the same.") })
        {
            await ada.Page.FillAsync("#new-passphrase", first);
            await ada.Page.FillAsync("#new-again", again);
            await ada.Screen.PressAsync("Make my key");
            await Expect(said).ToContainTextAsync(why);
        }

        Assert.DoesNotContain(ada.Sent, request => request.StartsWith("POST", StringComparison.Ordinal) && request.Contains("/referrals/keys", StringComparison.Ordinal));
    }

    private static Task<JsonElement?> HideAsync(IPage page) => page.EvaluateAsync("Object.defineProperty(document, 'hidden', { get: () => true, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); setTimeout(() => delete document.hidden, 500);");

    private static Task<IReadOnlyList<string>> TermAsync(ILocator words, string term) => words.Locator("dl > div").Filter(new() { Has = words.Page.Locator("dt").And(words.Page.GetByText(term, new() { Exact = true })) }).Locator("dd").AllInnerTextsAsync();

    private Task<ReferralPerson> OpenAsync(Func<IPage, Task>? before = null, bool caching = false) => reading.OpenAsync(caching ? browsers.CachingBrowser : browsers.Browser, ReferralReading.Json, before);
}

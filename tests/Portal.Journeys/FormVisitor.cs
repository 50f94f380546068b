using System.Collections.Concurrent;
using System.Text;

using Microsoft.Playwright;

using Portal.Content.Referrals;

namespace Portal.Journeys;

/// <summary>Somebody who fills in the form.</summary>
internal sealed class FormVisitor : IAsyncDisposable
{
    private FormVisitor(IBrowserContext context, IPage page) => (Context, Page) = (context, page);

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    /// <summary>Everything the browser sent: addresses, headers and bodies, as Latin-1.</summary>
    public ConcurrentQueue<(string Url, string Sent)> Requests { get; } = new();

    /// <summary>Whatever the page complained of.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public ILocator Next => Page.Locator(".p-ask__acts button").First;

    public ILocator Heading => Page.Locator("[data-step]:not([hidden]) h2");

    /// <param name="before">A script that runs before any of the page's.</param>
    public static Task<FormVisitor> ComeAsync(BrowserFixture browsers, FormFixture form, string address = "/contact/write/", bool cached = false, BrowserNewContextOptions? options = null, string? before = null)
    {
        form.Reset();
        return ComeAsync(browsers, form.Url + address, cached, options, before);
    }

    /// <summary>To any site that has the form.</summary>
    public static async Task<FormVisitor> ComeAsync(BrowserFixture browsers, string url, bool cached = false, BrowserNewContextOptions? options = null, string? before = null)
    {
        var context = await (cached ? browsers.CachingBrowser : browsers.Browser).NewContextAsync(options);
        if (before is not null) await context.AddInitScriptAsync(before);
        var visitor = new FormVisitor(context, await context.NewPageAsync());
        context.Request += (_, request) => visitor.Requests.Enqueue((request.Url, request.Url + "\n" + string.Join('\n', request.Headers.Select(header => header.Key + ": " + header.Value)) + "\n" + Encoding.Latin1.GetString(request.PostDataBuffer ?? [])));
        visitor.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) visitor.Complaints.Enqueue(message.Text);
        };
        visitor.Page.PageError += (_, error) => visitor.Complaints.Enqueue(error);
        await visitor.Page.GotoAsync(url);
        return visitor;
    }

    public ValueTask DisposeAsync() => Context.DisposeAsync();

    /// <summary>On to the next step, which is then the one with that name.</summary>
    public async Task GoToAsync(string step)
    {
        await Next.ClickAsync();
        await Assertions.Expect(Page.Locator($"[data-step={step}]")).ToBeVisibleAsync();
    }

    public ILocator Field(string name) => Page.Locator("#f-" + name);

    /// <summary>Through the gate to the first step of a route.</summary>
    public async Task BeginAsync(string route)
    {
        await Page.CheckAsync("[name=danger][value=no]");
        await GoToAsync("who");
        await BeginAgainAsync(route);
    }

    /// <summary>The same from the question whom it is about.</summary>
    public async Task BeginAgainAsync(string route)
    {
        await Page.CheckAsync($"[name=route][value={route}]");
        await GoToAsync("device");
        await GoToAsync(Steps(route)[0].Name);
    }

    /// <summary>Answers every question of a route up to the last button.</summary>
    /// <param name="word">What a text field is filled with, beside its own name.</param>
    /// <param name="skipped">Fields left as they are.</param>
    /// <returns>What was answered, by name.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FillAsync(string route, string word, params IReadOnlyList<string> skipped)
    {
        var given = new Dictionary<string, string>();
        await BeginAsync(route);
        foreach (var step in Steps(route))
        {
            await Assertions.Expect(Page.Locator($"[data-step={step.Name}]")).ToBeVisibleAsync();
            foreach (var (name, answer) in await AnswerAllAsync(step, route, word, skipped)) given[name] = answer;
            if (step.Name != "privacy") await Next.ClickAsync();
        }

        return given;
    }

    /// <summary>Answers every question that a step has for a route.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AnswerAllAsync(ReferralStep step, string route, string word, params IReadOnlyList<string> skipped)
    {
        var given = new Dictionary<string, string>();
        foreach (var field in step.Fields.Where(field => field.Asked.HasFlag(ReferralForm.RouteOf(route)) && !skipped.Contains(field.Name))) given[field.Name] = await AnswerAsync(field, word);
        return given;
    }

    /// <summary>Answers what must be answered of <c>me</c>, as quickly as a script can, up to the last button.</summary>
    public Task HurryAsync(string message = "Ann-message") => Page.EvaluateAsync("""
        async message => {
          const find = selector => document.querySelector(selector);
          for (const box of ['[name=route][value=me]', '[name=age][value="18over"]', '#f-privacy']) find(box).checked = true;
          for (const [name, text] of [['name', 'Ann-name'], ['other', 'Ann-other'], ['message', message]]) find('#f-' + name).value = text;
          find('#f-message').dispatchEvent(new Event('input', { bubbles: true }));
          while (find('[data-step=privacy]').hidden) {
            const shown = find('[data-step]:not([hidden])');
            find('.p-ask__acts button').click();
            while (!shown.hidden) await new Promise(requestAnimationFrame);
          }
        }
        """, message);

    public async Task<string> SendAsync()
    {
        await Next.ClickAsync();
        await Assertions.Expect(Page.Locator("[data-sent]")).ToBeVisibleAsync();
        return await Page.InnerTextAsync("[data-reference]");
    }

    /// <summary>Presses the last button, which is to fail in that way.</summary>
    public async Task FailAsync(string why)
    {
        await Next.ClickAsync();
        await Assertions.Expect(Page.Locator($"[data-why={why}]")).ToBeVisibleAsync();
    }

    /// <summary>What the page says becomes of the words, when they are sent and when it is left.</summary>
    public async Task<IReadOnlyList<string>> PromisesAsync() => await Page.Locator("[data-proved]").AllTextContentsAsync();

    /// <summary>Names of the fields that are shown.</summary>
    public async Task<IReadOnlyList<string>> ShownFieldsAsync() => await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('[data-field]')].filter(field => field.checkVisibility()).map(field => field.dataset.field)");

    /// <summary>Whether any of it is in the page's text or fields.</summary>
    public Task<bool> HoldsAsync(string word) => Page.EvaluateAsync<bool>(
        "word => document.documentElement.outerHTML.includes(word) || [...document.querySelectorAll('input,textarea,select')].some(field => field.value.includes(word))", word);

    public static IReadOnlyList<ReferralStep> Steps(string route) => [.. ReferralForm.Steps.Where(step => step.Asked.HasFlag(ReferralForm.RouteOf(route)))];

    private async Task<string> AnswerAsync(ReferralField field, string word)
    {
        switch (field.Control)
        {
            case ReferralControl.Tick:
                await Field(field.Name).CheckAsync();
                return "yes";
            case ReferralControl.Choice:
                var choice = field.Choices[field.Name == "consent" ? 1 : 0].Value;
                await Page.CheckAsync($"[name={field.Name}][value={choice}]");
                return choice;
            case ReferralControl.Select:
                var option = field.Table switch { ReferralTable.Districts => "thanet", ReferralTable.Languages => "ne", _ => field.Choices[2].Value };
                await Field(field.Name).SelectOptionAsync(option);
                return option;
            default:
                var text = field.Control switch
                {
                    ReferralControl.Phone => field.Name == "phone" ? "07700 900461" : "01632 960983",
                    ReferralControl.Email => $"{word}.{field.Name}@mail.example",
                    _ => $"{word}-{field.Name}",
                };
                await Field(field.Name).FillAsync(text);
                return text;
        }
    }
}

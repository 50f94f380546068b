using Microsoft.Playwright;

using Portal.Cms.Staff;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>One of the staff at a browser of their own: what people do on the screens, by the words that stand on them.</summary>
internal sealed class CmsPerson : IAsyncDisposable
{
    private const float Patience = 20_000; // Milliseconds; a busy machine draws a page in seconds.

    private readonly IBrowserContext context;

    private CmsPerson(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Response += (_, response) =>
        {
            if (response.Request.IsNavigationRequest && response.Frame == page.MainFrame) Status = response.Status;
        };
    }

    public IPage Page { get; }

    /// <summary>Of the answer that the page was drawn from.</summary>
    public int Status { get; private set; }

    /// <summary>What the page says was done, or what stands in the way.</summary>
    public ILocator Notice => Page.Locator("p.notice");

    /// <summary>What is wrong, above the form.</summary>
    public ILocator Errors => Page.Locator(".errors");

    /// <summary>Somebody with a name and grants, signed in with a second factor.</summary>
    public static async Task<CmsPerson> AtAsync(CmsServer server, IBrowser browser, string name, params (Role Role, string Language)[] grants) =>
        await AtAsync(await server.SignInAsync(browser, name, grants));

    /// <summary>Whoever the context knows; nobody where it is new.</summary>
    public static async Task<CmsPerson> AtAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(CmsScreens.Watch);
        return new(context, page);
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    /// <summary>Holds what stands there now to what every screen is held to: it came of doing something, so no address leads to it.</summary>
    public async Task FitsAsync()
    {
        var faults = await CmsScreens.FaultsOfStateAsync(Page);
        if (faults.Count > 0) throw new Xunit.Sdk.XunitException($"{new Uri(Page.Url).AbsolutePath} {string.Join('\n', faults)}");
    }

    public Task OpenAsync(string address) => Page.GotoAsync(address);

    /// <summary>Goes to a place of the menu.</summary>
    public Task GoAsync(string place) => Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = place, Exact = true }).ClickAsync();

    public Task FollowAsync(string link) => Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    public Task PressAsync(string button) => Button(button).ClickAsync();

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true });

    public ILocator Heading(string words) => Page.GetByRole(AriaRole.Heading, new() { Name = words, Exact = true });

    /// <summary>The box of rich text in a block of the editor, from 0.</summary>
    public ILocator Words(int block) => Page.Locator(".blocks > .block").Nth(block).GetByRole(AriaRole.Textbox);

    /// <summary>Writes at the end of a box of rich text, or over all that stands there.</summary>
    public async Task TypeAsync(ILocator box, string text, bool over = false)
    {
        await box.ClickAsync();
        await Page.WaitForTimeoutAsync(100); // The editor sets its selection once more a moment after it has the focus; no hand is quicker.
        await Page.Keyboard.PressAsync(over ? "Control+a" : "Control+End");
        await Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Begins a document in English and stands in its editor.</summary>
    public async Task BeginAsync(string kind, string id, string title)
    {
        await GoAsync("Documents");
        await FollowAsync("New document");
        await Field("Kind").SelectOptionAsync(new SelectOptionValue { Label = kind });
        await Field("Path").FillAsync(id);
        await Field("Title").FillAsync(title);
        await PressAsync("Make it");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = title, Level = 1, Exact = true })).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    /// <summary>A whole guide, saved: title, tab, summary, who answers for it, and one paragraph.</summary>
    public async Task WriteGuideAsync(string id, string title, string words)
    {
        await BeginAsync("Guidance", id, title);
        await Field("Tab title").FillAsync(title);
        await Field("Summary").FillAsync(title + ", in one sentence.");
        await Page.GetByText("Owner, review and sources").ClickAsync();
        await Field("Owner (optional)").FillAsync("Content team");
        await Field("Reviewed (optional)").FillAsync("2026-11-30");
        await AddAsync("Text");
        await TypeAsync(Words(0), words);
        await SaveAsync(2);
    }

    public async Task AddAsync(string block)
    {
        var list = Page.Locator("details.add");
        var before = await Page.Locator(".blocks > .block").CountAsync();
        if (!await list.EvaluateAsync<bool>("list => list.open")) await list.Locator("summary").ClickAsync();
        await list.GetByRole(AriaRole.Button, new() { Name = block, Exact = true }).ClickAsync();
        await Expect(Page.Locator(".blocks > .block")).ToHaveCountAsync(before + 1, new() { Timeout = Patience });
    }

    /// <summary>Saves what stands in the editor; it becomes the revision with that number.</summary>
    public async Task SaveAsync(int revision)
    {
        await PressAsync("Save");
        await Expect(Notice).ToContainTextAsync($"Saved as revision {revision}.", new() { Timeout = Patience });
    }

    /// <summary>Asks a second person, from the page a text is published on.</summary>
    /// <param name="when">Day and time in London; empty for at once.</param>
    public async Task SubmitAsync(string path, string when = "")
    {
        await OpenAsync("/documents/publish/" + path);
        if (when.Length > 0) await Field("Go live at (optional)").FillAsync(when);
        await PressAsync("Submit for review");
        await Expect(Heading("Waiting for a second person")).ToBeVisibleAsync(new() { Timeout = Patience });
    }

    /// <summary>Finds a text in the inbox and says yes to it.</summary>
    /// <param name="state">What its tag says then.</param>
    public async Task ApproveAsync(string path, string state = "Published")
    {
        await GoAsync("Reviews");
        await Page.GetByRole(AriaRole.Row).Filter(new() { HasText = path }).GetByRole(AriaRole.Link).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(Page.Locator(".bar .tag")).ToHaveTextAsync(state, new() { Timeout = Patience });
    }
}

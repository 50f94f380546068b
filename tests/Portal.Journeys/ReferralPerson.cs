using System.Collections.Concurrent;

using Microsoft.Playwright;

using Portal.Cms.Staff;

namespace Portal.Journeys;

/// <summary>One of those who open messages, with everything that their browser has sent.</summary>
internal sealed class ReferralPerson : IAsyncDisposable
{
    private readonly CmsPerson person;
    private readonly ConcurrentQueue<string> sent = new();

    private ReferralPerson(CmsPerson person)
    {
        this.person = person;
        Page.Request += (_, request) => sent.Enqueue($"{request.Method} {request.Url}\n{string.Join('\n', request.Headers.Select(header => $"{header.Key}: {header.Value}"))}\n\n{request.PostData}");
    }

    public IPage Page => person.Page;

    public CmsPerson Screen => person;

    /// <summary>Each request with its headers and body.</summary>
    public IReadOnlyCollection<string> Sent => sent;

    public static async Task<ReferralPerson> AtAsync(CmsServer server, IBrowser browser, string name, Role role) => new(await CmsPerson.AtAsync(server, browser, name, (role, string.Empty)));

    public ValueTask DisposeAsync() => person.DisposeAsync();

    /// <summary>Makes a key through the ceremony.</summary>
    public async Task MakeKeyAsync(string passphrase)
    {
        await Page.GotoAsync("/referrals/keys");
        await Page.FillAsync("#new-passphrase", passphrase);
        await Page.FillAsync("#new-again", passphrase);
        await person.PressAsync("Make my key");
        await Assertions.Expect(Page.Locator(".keycode").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
    }

    /// <summary>Types the passphrase into the form that stands there and sends it.</summary>
    public async Task UnlockAsync(string button, string passphrase = CmsReferrals.Passphrase)
    {
        await Page.FillAsync("#passphrase", passphrase);
        await person.PressAsync(button);
    }

    /// <summary>What the open message says.</summary>
    public ILocator Words => Page.Locator("[data-for=open]");

    /// <summary>What the form with the passphrase says.</summary>
    public ILocator Said => Page.Locator("form.unlock [role=status]");
}

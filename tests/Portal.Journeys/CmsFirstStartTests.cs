using System.Text.RegularExpressions;

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Staff;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>A new machine: the printed link makes the first Owner, who enrols a second factor and signs in with it from then on.</summary>
public sealed partial class CmsFirstStartTests(BrowserFixture browsers)
{
    private const string Email = "owner@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_link_makes_an_Owner_once_who_signs_in_with_an_app_or_a_recovery_code()
    {
        await using var server = await CmsServer.StartAsync();
        var link = Link().Match(server.Said.ToString()).Value;
        await using var owner = await CmsPerson.AtAsync(await server.SignInAsync(browsers.Browser, []));
        await owner.OpenAsync(link);
        await owner.FitsAsync();
        await SetUpAsync(owner, link);
        await owner.OpenAsync("/documents");
        await Expect(owner.Heading("Second factors")).ToBeVisibleAsync(); // Nothing else opens.
        var secret = (await owner.Page.Locator("p:has-text('Key:') code").InnerTextAsync()).Replace(" ", string.Empty, StringComparison.Ordinal);
        await owner.Field("Code").FillAsync("000000");
        await owner.PressAsync("Add the app");
        await Expect(owner.Errors).ToContainTextAsync("The code is wrong.");
        await owner.FitsAsync();
        await owner.Field("Code").FillAsync(CodeOf(server, secret));
        await owner.PressAsync("Add the app");
        await Expect(owner.Heading("Your recovery codes")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await owner.FitsAsync();
        var codes = await KeptCodesAsync(owner);

        await using (var second = await CmsPerson.AtAsync(await server.SignInAsync(browsers.Browser, [])))
        {
            await second.OpenAsync(link);
            Assert.Equal(410, second.Status);
            await Expect(second.Page.Locator("main")).ToContainTextAsync("This link was used");
            await Expect(second.Page.Locator("main form")).ToHaveCountAsync(0);
        }

        server.Clock.Advance(TimeSpan.FromSeconds(30)); // A code is good once: the app shows the next.
        await SignOutAndInAsync(owner, CodeOf(server, secret));
        await Expect(owner.Heading("What needs you")).ToBeVisibleAsync();

        await SignOutAndInAsync(owner, codes[3]);
        await Expect(owner.Heading("What needs you")).ToBeVisibleAsync();
        await SignOutAndInAsync(owner, codes[3]);
        await Expect(owner.Errors).ToContainTextAsync("The code is wrong or was used before.");
        await owner.FitsAsync();
        await owner.Field("Code").FillAsync(codes[4]);
        await owner.PressAsync("Continue");
        await owner.OpenAsync("/account/factors");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("8 of 10 are left.");
        await Expect(owner.Page.Locator(".codes")).ToHaveCountAsync(0);

        Assert.Equal([Email], await server.WithDatabaseAsync(database => database.Users.Select(account => account.Email).ToListAsync(Cancel)));
    }

    [Fact]
    public async Task A_passkey_is_made_and_signs_in_without_a_passphrase()
    {
        await using var server = await CmsServer.StartAsync();
        await using var owner = await CmsPerson.AtAsync(await server.SignInAsync(browsers.Browser, []));
        await using var device = await owner.Page.Context.NewCDPSessionAsync(owner.Page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        await SetUpAsync(owner, Link().Match(server.Said.ToString()).Value);

        await owner.PressAsync("Add a passkey");
        await KeptCodesAsync(owner);
        await owner.PressAsync("Sign out");
        await Expect(owner.Heading("Sign in")).ToBeVisibleAsync();
        await owner.OpenAsync("/staff");
        await Expect(owner.Heading("Sign in")).ToBeVisibleAsync();
        await owner.PressAsync("Sign in with a passkey");

        await Expect(owner.Heading("Staff")).ToBeVisibleAsync(new() { Timeout = 20_000 }); // Where the Owner was going.
        await Expect(owner.Page.Locator("tbody tr")).ToContainTextAsync(Email);
        await owner.OpenAsync("/account/factors");
        await Expect(owner.Page.GetByText("Passkey of ")).ToBeVisibleAsync();
    }

    private static async Task SetUpAsync(CmsPerson owner, string link)
    {
        await owner.OpenAsync(link);
        await owner.Field("Your name").FillAsync("Olive Owner");
        await owner.Field("Email address").FillAsync(Email);
        await owner.Field("Passphrase").FillAsync(CmsServer.Passphrase);
        await owner.PressAsync("Make my account");
        await Expect(owner.Page.GetByText("Nothing else opens until you have one")).ToBeVisibleAsync(new() { Timeout = 20_000 });
    }

    /// <summary>Writes the recovery codes down, and finds them shown no second time.</summary>
    private static async Task<IReadOnlyList<string>> KeptCodesAsync(CmsPerson owner)
    {
        await Expect(owner.Heading("Your recovery codes")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        var codes = await owner.Page.Locator("ul.codes code").AllInnerTextsAsync();
        Assert.Equal(10, codes.Distinct(StringComparer.Ordinal).Count());
        await owner.FollowAsync("I have kept them. Continue");
        await Expect(owner.Heading("What needs you")).ToBeVisibleAsync();
        await owner.OpenAsync("/account/factors");
        await Expect(owner.Page.Locator("main")).ToContainTextAsync("10 of 10 are left.");
        Assert.DoesNotContain(codes[0], await owner.Page.ContentAsync(), StringComparison.Ordinal);
        return codes;
    }

    private static async Task SignOutAndInAsync(CmsPerson owner, string code)
    {
        await owner.PressAsync("Sign out");
        await owner.Field("Email address").FillAsync(Email);
        await owner.Field("Passphrase").FillAsync(CmsServer.Passphrase);
        await owner.PressAsync("Sign in");
        await owner.Field("Code").FillAsync(code);
        await owner.PressAsync("Continue");
    }

    private static string CodeOf(CmsServer server, string secret) => OneTimeCode.At(secret, OneTimeCode.Step(Instant.FromDateTimeOffset(server.Clock.GetUtcNow())));

    [GeneratedRegex(@"http://localhost:\d+/setup\?token=\S+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Link();
}

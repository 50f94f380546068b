using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Staff;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>From nothing to a message that two people and a machine in a safe can open, and no server ever could.</summary>
public sealed class ReferralCeremonyTests(BrowserFixture browsers)
{
    private const string OtherPassphrase = "saddle umbrella tundra maple ounce";
    private const string Canary = "canary-in-a-quiet-mine";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_make_keys_prove_the_recovery_key_and_open_one_message()
    {
        await using var server = await CmsServer.StartAsync();
        await using var ada = await ReferralPerson.AtAsync(server, browsers.Browser, "Ada Holt", Role.SafeguardingLead);
        await using var ben = await ReferralPerson.AtAsync(server, browsers.Browser, "Ben Wye", Role.ReferralWorker);

        // The first lead makes a key and lets themself in; the recovery key is made and proved offline.
        await ada.MakeKeyAsync(CmsReferrals.Passphrase);
        await ada.Screen.PressAsync("Let in Ada Holt");
        await Expect(ada.Page.Locator("#all ~ .wide tbody tr")).ToContainTextAsync("all messages since");
        var recovery = await AgeProgram.KeygenAsync();
        await ada.Screen.OpenAsync("/referrals/keys/recovery");
        await ada.Page.FillAsync("#recipient", recovery.Recipient);
        await ada.Screen.PressAsync("Take this public key");
        var test = await DownloadAsync(ada.Page, () => ada.Screen.PressAsync("Download the test file"));
        await ada.Page.FillAsync("#word", Encoding.ASCII.GetString((await AgeProgram.OpenAsync(test.Bytes, recovery.Identity)).Said).Trim());
        await ada.Screen.PressAsync("Check the word");
        await Expect(ada.Page.Locator("#recovery ~ p")).ToContainTextAsync("Checked.");
        var message = await CmsReferrals.World(server).MessageAsync($$$"""{"form":1,"route":"me","page":"en","notice":"2026-11-01","answers":{"name":"{{{Canary}}}","message":"{{{Canary}}}"}}""");

        // The second person comes later: the message waits for them, and the first lets them in.
        await ben.MakeKeyAsync(OtherPassphrase);
        await ada.Screen.OpenAsync("/referrals/keys");
        var letters = await ben.Page.Locator(".keycode").InnerTextAsync();
        await Expect(ada.Page.Locator("tr", new() { HasText = "Ben Wye" })).ToContainTextAsync(letters);
        await ada.Screen.PressAsync("Let in Ben Wye");
        await ben.Screen.OpenAsync($"/referrals/{message.Id}");
        await Expect(ben.Page.Locator("main")).ToContainTextAsync("not locked for your key. Ask Ada Holt to let you in");
        await ada.Screen.OpenAsync("/referrals/keys/readers");
        await Expect(ada.Page.Locator(".readers")).ToHaveTextAsync("1 message waits for Ben Wye to be let in");
        await ada.UnlockAsync("Lock them anew");
        await Expect(ada.Page.Locator("main [role=status]")).ToHaveTextAsync("Every message is locked for exactly those who may open it.", new() { Timeout = 30_000 });
        await ben.Page.ReloadAsync();
        await ben.UnlockAsync("Open", OtherPassphrase);
        await Expect(ben.Words).ToContainTextAsync(Canary, new() { Timeout = 30_000 });
        await Expect(ben.Page.Locator("#state")).ToContainTextAsync("Opened");

        // It goes out again for another organisation, and as it is for the recovery key.
        var other = await AgeProgram.KeygenAsync();
        await ben.Page.FillAsync("#recipients", other.Recipient);
        var handed = await DownloadAsync(ben.Page, () => ben.Screen.PressAsync("Seal it for them and download"));
        await ben.Page.GetByText("If no key here opens it").ClickAsync();
        var original = await DownloadAsync(ben.Page, () => ben.Screen.PressAsync("Download the sealed file"));

        Assert.Equal((message.Reference + ".age", message.Reference + ".age"), (handed.Name, original.Name));
        foreach (var (file, identity) in new[] { (handed.Bytes, other.Identity), (original.Bytes, recovery.Identity) })
            Assert.Contains(Canary, Encoding.UTF8.GetString((await AgeProgram.OpenAsync(file, identity)).Said), StringComparison.Ordinal);
        Assert.NotEqual(0, (await AgeProgram.OpenAsync(handed.Bytes, recovery.Identity)).ExitCode);

        // Ended, the second is refused, and out of the header after it was made anew.
        await ada.Screen.OpenAsync("/referrals/keys");
        await ada.Page.GetByText("End the key of Ben Wye").ClickAsync();
        await ada.Screen.PressAsync("End now the key of Ben Wye");
        await ada.Screen.OpenAsync("/referrals/keys/readers");
        await ada.UnlockAsync("Lock them anew");
        await Expect(ada.Page.Locator("main [role=status]")).ToHaveTextAsync("Every message is locked for exactly those who may open it.", new() { Timeout = 30_000 });
        var row = await server.WithDatabaseAsync(database => database.Set<Referral>().SingleAsync(each => each.Id == message.Id, Cancel));
        Assert.Equal((await server.WithDatabaseAsync(database => KeySets.CurrentAsync(database, Cancel))).Team, row.Readers.Split(Rewrapping.Between));
        await ben.Page.ReloadAsync();
        await Expect(ben.Page.Locator("main")).ToContainTextAsync("You have no key.");

        var acts = await server.WithDatabaseAsync(database => database.Audit.Where(each => each.Subject == message.Id.ToString()).OrderBy(each => each.Number).Select(each => each.Act).ToListAsync(Cancel));
        Assert.Equal(["referral.rewrap", "referral.open", "referral.read", "referral.export", "referral.export", "referral.rewrap"], acts);
        NothingSecret([.. ada.Sent, .. ben.Sent]);
        NothingSecret(await server.WithDatabaseAsync(database => database.Audit.Select(each => each.Subject + each.Detail).ToListAsync(Cancel)));
    }

    private static void NothingSecret(IReadOnlyCollection<string> texts)
    {
        Assert.NotEmpty(texts);
        foreach (var secret in new[] { CmsReferrals.Passphrase, OtherPassphrase, "lantern", "saddle", "AGE-SECRET-KEY", Canary, Convert.ToBase64String(Encoding.ASCII.GetBytes("AGE-SECRET-KEY"))[..16] })
            Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<(string Name, byte[] Bytes)> DownloadAsync(IPage page, Func<Task> act)
    {
        var download = await page.RunAndWaitForDownloadAsync(act);
        await using var stream = await download.CreateReadStreamAsync();
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole, Cancel);
        return (download.SuggestedFilename, whole.ToArray());
    }
}

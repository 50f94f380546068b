using System.Text.Json.Nodes;

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Portal.Cms.Referrals;
using Portal.Cms.Staff;
using Portal.Content.Referrals;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>A CMS with one lead, whose key is quick to unlock.</summary>
public sealed class ReferralReading : IAsyncLifetime
{
    /// <summary>Among the words of the message.</summary>
    internal const string Canary = "canary-in-a-quiet-mine";

    /// <summary>As the form and the intake make it, with answers that a form of before or of tomorrow could have.</summary>
    internal static readonly string Json = Sealed();

    private Account account = null!; // Set before any test.

    internal CmsServer Server { get; private set; } = null!; // Set before any test.

    internal static Guid IdOf(ReferralPerson person) => Guid.Parse(new Uri(person.Page.Url).Segments.Last());

    public async ValueTask InitializeAsync()
    {
        Server = await CmsServer.StartAsync();
        await CmsReferrals.World(Server).RecoveryAsync();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal async Task<ReferralPerson> PersonAsync(IBrowser browser, Func<IPage, Task>? page)
    {
        var person = await ReferralPerson.AtAsync(Server, browser, "Ada Holt", Role.SafeguardingLead);
        if (account is null)
        {
            account = await Server.WithDatabaseAsync(database => database.Users.SingleAsync(each => each.Name == "Ada Holt", TestContext.Current.CancellationToken));
            await CmsReferrals.KeyAsync(Server, account.Id);
        }

        if (page is not null) await page(person.Page);
        return person;
    }

    internal async Task<ReferralPerson> OpenAsync(IBrowser browser, string json, Func<IPage, Task>? before)
    {
        var person = await PersonAsync(browser, before);
        var message = await CmsReferrals.World(Server).MessageAsync(json);
        await person.Page.GotoAsync($"/referrals/{message.Id}");
        return person;
    }

    /// <summary>How often the message that stands there was given out.</summary>
    internal Task<int> OpenedAsync(ReferralPerson person) => Server.WithDatabaseAsync(database => database.Audit.CountAsync(row => row.Act == "referral.open" && row.Subject == IdOf(person).ToString(), TestContext.Current.CancellationToken));

    /// <summary>Its row as it stands.</summary>
    internal Task<Referral> StoredAsync(ReferralPerson person) => Server.WithDatabaseAsync(database => database.Set<Referral>().AsNoTracking().SingleAsync(message => message.Id == IdOf(person), TestContext.Current.CancellationToken));

    /// <summary>What the form of facts says of source, age and area.</summary>
    internal static Task<string[]> FactsAsync(ReferralPerson person) => person.Page.EvaluateAsync<string[]>("['source', 'ageBand', 'district'].map(id => document.getElementById(id).value)");

    /// <summary>Nothing of it can be read there, and the page says why.</summary>
    internal static async Task LockedAsync(ReferralPerson person, string why)
    {
        await Expect(person.Said).ToHaveTextAsync(why);
        await Expect(person.Page.Locator("#passphrase")).ToBeVisibleAsync();
        Assert.Equal(string.Empty, await person.Words.InnerHTMLAsync());
        Assert.DoesNotContain(Canary, await person.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.True(await person.Page.Locator("form[data-key=export]").IsHiddenAsync());
    }

    private static string Sealed()
    {
        var posted = new Dictionary<string, string>
        {
            ["route"] = "someone",
            ["name"] = "<img src=x onerror=document.title=1>",
            ["phone"] = "01632 960001",
            ["phoneCall"] = "yes",
            ["age"] = "18over",
            ["message"] = Canary + " تماس ‮evil",
            ["privacy"] = "yes",
        };
        var answers = ReferralAnswers.Check(posted, new HashSet<string>(), new HashSet<string>());
        Assert.Empty(answers.Mistakes);
        var json = JsonNode.Parse(answers.ToJson("fa", "2026-11-01"))!;
        (json["answers"]!["district"], json["answers"]!["language"]) = ("folkestone-and-hythe", "fa"); // A form of before asked a friend too.
        json["answers"]!["novel"] = new JsonArray("<b>new</b>");
        return json.ToJsonString();
    }
}

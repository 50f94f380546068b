using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Journeys;

/// <summary>A CMS with one lead, whose key is quick to unlock.</summary>
public sealed class ReferralReading : IAsyncLifetime
{
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
}

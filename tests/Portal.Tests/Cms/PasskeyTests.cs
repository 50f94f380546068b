using System.Net;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

public sealed class PasskeyTests(CmsFixture cms) : IClassFixture<CmsFixture>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passkey_is_enrolled_with_recovery_codes_and_signs_in_by_itself()
    {
        using var key = new SoftwareKey();
        var person = await cms.PersonAsync(app: false, (Role.Owner, string.Empty));
        using var client = await EnrolAsync(person, key);
        using var other = cms.Visitor();
        using var signedIn = await other.SubmitAsync("/sign-in?next=/staff", "passkey", ("credential", key.Get(await AskAsync(other, "/sign-in", "/keys/ask"))));
        using var staff = await other.OpenAsync("/staff");

        Assert.Equal("/staff", signedIn.Target());
        Assert.Equal(HttpStatusCode.OK, staff.StatusCode);
    }

    [Fact]
    public async Task An_outsider_cannot_lock_somebody_out_who_has_a_passkey()
    {
        using var key = new SoftwareKey();
        var person = await cms.PersonAsync(app: false, (Role.Owner, string.Empty));
        using var client = await EnrolAsync(person, key);
        for (var n = 0; n < 12; n++) await cms.Visitor().SubmitAsync("/sign-in", "sign-in", ("email", person.Email!), ("passphrase", "wrong every time"));
        await using var database = cms.Database();
        var locked = await database.Users.AsNoTracking().SingleAsync(account => account.Id == person.Id, Cancel);
        using var other = cms.Visitor();
        using var signedIn = await other.SubmitAsync("/sign-in", "passkey", ("credential", key.Get(await AskAsync(other, "/sign-in", "/keys/ask"))));

        Assert.True(locked.LockoutEnd > cms.Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await other.OpenAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_passkey_serves_as_the_second_step()
    {
        using var key = new SoftwareKey();
        var person = await cms.PersonAsync(app: false, (Role.Publisher, string.Empty));
        using var client = await EnrolAsync(person, key);
        using var other = cms.Visitor();
        using var first = await other.SubmitAsync("/sign-in", "sign-in", ("email", person.Email!), ("passphrase", CmsFixture.Passphrase));
        using var between = await other.OpenAsync("/account");
        using var second = await other.SubmitAsync("/sign-in/second", "passkey", ("credential", key.Get(await AskAsync(other, "/sign-in/second", "/keys/ask"))));

        Assert.StartsWith("/sign-in/second", between.Target(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await other.OpenAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_passkey_is_no_second_step()
    {
        using var key = new SoftwareKey();
        using var client = await EnrolAsync(await cms.PersonAsync(app: false, (Role.Publisher, string.Empty)), key);
        var victim = await cms.PersonAsync(roles: (Role.Publisher, string.Empty));
        using var other = cms.Visitor();
        using var first = await other.SubmitAsync("/sign-in", "sign-in", ("email", victim.Email!), ("passphrase", CmsFixture.Passphrase));
        using var second = await other.SubmitAsync("/sign-in/second", "passkey", ("credential", key.Get(await AskAsync(other, "/sign-in/second", "/keys/ask"))));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
    }

    [Fact]
    public async Task An_answer_to_another_challenge_without_verification_or_of_a_disabled_account_is_refused()
    {
        using var key = new SoftwareKey();
        var person = await cms.PersonAsync(app: false, (Role.Author, string.Empty));
        using var client = await EnrolAsync(person, key);
        using var other = cms.Visitor();
        var old = key.Get(await AskAsync(other, "/sign-in", "/keys/ask"));
        var fresh = await AskAsync(other, "/sign-in", "/keys/ask");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(old));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(key.Get(fresh))); // A challenge has one try.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(key.Get(await AskAsync(other, "/sign-in", "/keys/ask"), verified: false)));
        await AskAsync(other, "/sign-in", "/keys/ask");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync("not json"));
        await using var database = cms.Database();
        await database.Users.Where(account => account.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(account => account.Disabled, true), Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(key.Get(await AskAsync(other, "/sign-in", "/keys/ask"))));

        async Task<HttpStatusCode> TryAsync(string credential)
        {
            using var response = await other.SubmitAsync("/sign-in", "passkey", ("credential", credential));
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task The_last_factor_of_an_Owner_stays_and_an_Authors_may_go()
    {
        using var key = new SoftwareKey();
        using var owner = await EnrolAsync(await cms.PersonAsync(app: false, (Role.Owner, string.Empty)), key);
        using var authors = new SoftwareKey();
        using var author = await EnrolAsync(await cms.PersonAsync(app: false, (Role.Author, string.Empty)), authors);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await RemoveAsync(owner));
        Assert.Equal(HttpStatusCode.Redirect, await RemoveAsync(author));

        static async Task<HttpStatusCode> RemoveAsync(HttpClient client)
        {
            var page = await client.PageAsync("/account/factors");
            var form = page.QuerySelectorAll("input[name=_handler]").Select(input => input.GetAttribute("value")!).Single(name => name.StartsWith("remove-", StringComparison.Ordinal));
            using var response = await client.SubmitAsync(page, "/account/factors", form);
            return response.StatusCode;
        }
    }

    private async Task<HttpClient> EnrolAsync(Account person, SoftwareKey key)
    {
        var client = await cms.SignInAsync(person);
        using var response = await client.SubmitAsync("/account/factors", "passkey", ("credential", key.Create(await AskAsync(client, "/account/factors", "/keys/make"))));
        var shown = await response.DocumentAsync();
        Assert.True(shown.QuerySelectorAll("ul.codes code").Length == 10, $"{response.StatusCode} {shown.Body?.TextContent}");
        return client;
    }

    private static async Task<string> AskAsync(HttpClient client, string page, string address)
    {
        var token = (await client.PageAsync(page)).QuerySelector("form[data-passkey] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative));
        request.Headers.Add("RequestVerificationToken", token);
        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Cancel);
    }
}

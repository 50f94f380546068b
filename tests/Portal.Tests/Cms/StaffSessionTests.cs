using System.Net;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

public sealed class StaffSessionTests(CmsFixture cms) : IClassFixture<CmsFixture>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_ends_after_15_idle_minutes_and_not_before()
    {
        using var client = await cms.SignInByFormsAsync(await cms.PersonAsync(roles: (Role.Author, string.Empty)));
        cms.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.True(await IsInAsync(client));
        cms.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.True(await IsInAsync(client));
        cms.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.False(await IsInAsync(client));
    }

    [Fact]
    public async Task A_session_ends_after_8_hours_however_busy()
    {
        using var client = await cms.SignInByFormsAsync(await cms.PersonAsync(roles: (Role.Author, string.Empty)));
        for (var minute = 10; minute < 8 * 60; minute += 10)
        {
            cms.Clock.Advance(TimeSpan.FromMinutes(10));
            Assert.True(await IsInAsync(client));
        }

        cms.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.False(await IsInAsync(client));
    }

    [Fact]
    public async Task A_role_taken_away_ends_the_sessions()
    {
        var person = await cms.PersonAsync(roles: [(Role.Author, string.Empty), (Role.Publisher, string.Empty)]);
        using var client = await cms.SignInByFormsAsync(person);
        using var owner = await cms.SignInByFormsAsync(await cms.PersonAsync(roles: (Role.Owner, string.Empty)));
        using var saved = await owner.SubmitAsync($"/staff/{person.Id}", "edit", ("roles", nameof(Role.Author)));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.False(await IsInAsync(client));
    }

    [Fact]
    public async Task The_next_request_of_a_disabled_account_is_refused()
    {
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        using var client = await cms.SignInByFormsAsync(person);
        using var owner = await cms.SignInByFormsAsync(await cms.PersonAsync(roles: (Role.Owner, string.Empty)));
        Assert.True(await IsInAsync(client));
        using var saved = await owner.SubmitAsync($"/staff/{person.Id}", "edit", ("roles", nameof(Role.Author)), ("disabled", "true"));

        Assert.False(await IsInAsync(client));
    }

    [Fact]
    public async Task Disablement_holds_even_where_a_session_is_left()
    {
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        using var client = await cms.SignInByFormsAsync(person);
        await using var database = cms.Database();
        await database.Users.Where(account => account.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(account => account.Disabled, true), Cancel);

        Assert.False(await IsInAsync(client));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_a_copied_cookie_too()
    {
        var person = await cms.PersonAsync(app: false, (Role.Author, string.Empty));
        using var client = cms.Visitor();
        using var response = await client.SubmitAsync("/sign-in", "sign-in", ("email", person.Email!), ("passphrase", CmsFixture.Passphrase));
        var cookie = response.Headers.GetValues("Set-Cookie").Single(each => each.StartsWith("__Host-portal=", StringComparison.Ordinal));
        using var copy = cms.Visitor();
        copy.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        Assert.True(await IsInAsync(copy));
        var page = await client.PageAsync("/account");
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", page.QuerySelector("form.who input")!.GetAttribute("value")!)]);
        using var left = await client.PostAsync(new Uri("/sign-out", UriKind.Relative), content, Cancel);

        Assert.Equal("/sign-in", left.Target());
        Assert.False(await IsInAsync(client));
        Assert.False(await IsInAsync(copy));
    }

    [Fact]
    public async Task The_cookie_is_secure_strict_and_not_for_scripts_and_the_database_cannot_make_it()
    {
        var person = await cms.PersonAsync(app: false, (Role.Author, string.Empty));
        using var client = cms.Visitor();
        using var response = await client.SubmitAsync("/sign-in", "sign-in", ("email", person.Email!), ("passphrase", CmsFixture.Passphrase));
        var cookie = response.Headers.GetValues("Set-Cookie").Single(each => each.StartsWith("__Host-portal=", StringComparison.Ordinal));
        await using var database = cms.Database();
        var session = await database.Sessions.SingleAsync(session => session.AccountId == person.Id, Cancel);

        foreach (var attribute in new[] { "path=/", "secure", "samesite=strict", "httponly" }) Assert.Contains(attribute, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(64, session.Id.Length);
    }

    [Fact]
    public async Task One_can_end_another_session_of_ones_own()
    {
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        using var first = await cms.SignInByFormsAsync(person);
        cms.Clock.Advance(TimeSpan.FromSeconds(31));
        using var second = await cms.SignInByFormsAsync(person);
        var page = await second.PageAsync("/account");
        var end = page.QuerySelectorAll("input[name=_handler]").Select(input => input.GetAttribute("value")!).Single(name => name.StartsWith("end-", StringComparison.Ordinal));
        using var ended = await second.SubmitAsync(page, "/account", end);

        Assert.False(await IsInAsync(first));
        Assert.True(await IsInAsync(second));
    }

    [Fact]
    public async Task A_new_passphrase_ends_the_other_sessions()
    {
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        using var first = await cms.SignInByFormsAsync(person);
        cms.Clock.Advance(TimeSpan.FromSeconds(31));
        using var second = await cms.SignInByFormsAsync(person);
        using var wrong = await second.SubmitAsync("/account", "passphrase", ("current", "not the passphrase"), ("passphrase", "ladle harbour cobweb nineteen"));
        using var right = await second.SubmitAsync("/account", "passphrase", ("current", CmsFixture.Passphrase), ("passphrase", "ladle harbour cobweb nineteen"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.False(await IsInAsync(first));
        Assert.True(await IsInAsync(second));
    }

    private static async Task<bool> IsInAsync(HttpClient client)
    {
        using var response = await client.OpenAsync("/account");
        return response.StatusCode == HttpStatusCode.OK;
    }
}

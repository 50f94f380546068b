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

    [Fact]
    public async Task A_form_sent_after_the_session_is_not_acted_on_and_its_words_are_given_back()
    {
        using var client = await cms.ClientAsync(Role.Author);
        cms.Clock.Advance(TimeSpan.FromMinutes(15));

        using var answer = await SendAsync(client, "text/html", "Sec-Fetch-Site", "same-origin", ("f.title", "</textarea><b>Home</b>"), ("f.sources.1.name", "A source"), ("b.0.words", "One\r\nدو"), ("b.0.a.title", "Before you go"), ("s.nav.home", "Start"), ("comment", "I read it."), ("note", " "),
            ("b.0.kind", "hidden-1"), ("b.0.hash", "hidden-2"), ("revision", "hidden-3"), ("act", "hidden-4"), ("__RequestVerificationToken", "hidden-5"), ("_handler", "hidden-6"), ("passphrase", "hidden-7"), ("code", "hidden-8"), ("token", "hidden-9"));

        var page = await answer.DocumentAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("You are signed out, and nothing was saved", page.QuerySelector("main h1")!.TextContent);
        Assert.Equal(["</textarea><b>Home</b>", "A source", "One\nدو", "Before you go", "Start", "I read it."], page.QuerySelectorAll("textarea[readonly]").Select(field => field.TextContent));
        Assert.Equal(["Title", "Sources, 2, Name", "Block 1, Words", "Block 1, Title", "nav.home", "Comment"], page.QuerySelectorAll("label").Select(label => label.TextContent));
        Assert.Equal(page.QuerySelectorAll("textarea").Select(field => field.Id), page.QuerySelectorAll("label").Select(label => label.GetAttribute("for")));
        Assert.Equal("/sign-in?next=%2Fdocuments%2Fedit%2Fpages%2Fguides%2Fhome%2Fen.md%3Fa%3Db", page.QuerySelector("main a")!.GetAttribute("href"));
        Assert.Empty(page.QuerySelectorAll("form, input, button"));
        Assert.DoesNotContain("hidden-", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 0)]
    [InlineData("Origin", "https://elsewhere.example", 0)]
    [InlineData("Origin", "null", 0)]
    [InlineData("Accept-Language", "en", 0)]
    [InlineData("Origin", "https://localhost", 1)]
    public async Task Words_that_another_site_had_sent_are_not_shown_as_ours(string header, string value, int shown)
    {
        using var visitor = cms.Visitor();
        using var answer = await SendAsync(visitor, "text/html", header, value, ("f.title", "Ring this number"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(shown, (await answer.DocumentAsync()).QuerySelectorAll("textarea").Length);
    }

    [Fact]
    public async Task What_does_not_fit_on_the_page_is_told_and_a_script_is_told_plainly()
    {
        using var visitor = cms.Visitor();
        using var tooLong = await SendAsync(visitor, "text/html", "Sec-Fetch-Site", "same-origin", ("b.0.words", new string('a', PostedWords.Most + 1)), ("b.1.words", "Short."));
        using var huge = await SendAsync(visitor, "text/html", "Sec-Fetch-Site", "same-origin", ("b.0.words", new string('a', PostedWords.MostPosted)));
        using var script = await SendAsync(visitor, "*/*", "Sec-Fetch-Site", "same-origin", ("b.0.words", "Short."));

        var page = await tooLong.DocumentAsync();
        Assert.Equal(["Short."], page.QuerySelectorAll("textarea").Select(field => field.TextContent));
        Assert.Contains("more than fits", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("more than fits", (await huge.DocumentAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Unauthorized, string.Empty), (script.StatusCode, await script.Content.ReadAsStringAsync(Cancel)));
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string accept, string header, string value, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/documents/edit/pages/guides/home/en.md?a=b") { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.Add(header, value);
        return await client.SendAsync(request, Cancel);
    }

    private static async Task<bool> IsInAsync(HttpClient client)
    {
        using var response = await client.OpenAsync("/account");
        return response.StatusCode == HttpStatusCode.OK;
    }
}

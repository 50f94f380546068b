using System.Net;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

public sealed class StaffSignInTests(CmsFixture cms) : IClassFixture<CmsFixture>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passphrase_and_code_sign_in()
    {
        using var client = await cms.SignInByFormsAsync(await cms.PersonAsync(roles: (Role.Publisher, string.Empty)));
        using var page = await client.OpenAsync("/account");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task A_passphrase_alone_opens_nothing_where_a_factor_is_set_up()
    {
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        using var client = cms.Visitor();
        using var first = await client.SubmitAsync("/sign-in", "sign-in", ("email", person.Email!), ("passphrase", CmsFixture.Passphrase));
        using var account = await client.OpenAsync("/account");
        using var factors = await client.OpenAsync("/account/factors");

        Assert.Equal("/sign-in/second?next=%2Faccount", account.Target());
        Assert.Equal("/sign-in/second", factors.Target());
    }

    [Theory]
    [InlineData(Role.Reviewer, true)]
    [InlineData(Role.Publisher, true)]
    [InlineData(Role.Owner, true)]
    [InlineData(Role.Author, false)]
    [InlineData(Role.Auditor, false)]
    public async Task Who_may_publish_review_or_own_must_enrol_a_factor_first(Role role, bool must)
    {
        using var client = await cms.SignInByFormsAsync(await cms.PersonAsync(app: false, (role, string.Empty)));
        using var page = await client.OpenAsync("/account");

        Assert.Equal(must ? "/account/factors" : string.Empty, page.Target());
        Assert.Equal(must ? HttpStatusCode.Redirect : HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Enrolling_the_app_shows_ten_recovery_codes_once_and_each_works_once()
    {
        var person = await cms.PersonAsync(app: false, (Role.Publisher, string.Empty));
        using var client = await cms.SignInByFormsAsync(person);
        var page = await client.PageAsync("/account/factors");
        var secret = page.QuerySelector("p > code")!.TextContent.Replace(" ", string.Empty, StringComparison.Ordinal);
        using var wrong = await client.SubmitAsync(page, "/account/factors", "app", ("code", "000000"));
        using var right = await client.SubmitAsync(page, "/account/factors", "app", ("code", OneTimeCode.At(secret, OneTimeCode.Step(cms.Now))));
        var codes = (await right.DocumentAsync()).QuerySelectorAll("ul.codes code").Select(code => code.TextContent).ToList();
        using var account = await client.OpenAsync("/account");
        await using var database = cms.Database();
        var kept = await database.RecoveryCodes.Where(code => code.AccountId == person.Id).Select(code => code.Hash).ToListAsync(Cancel);

        Assert.NotNull(page.QuerySelector("svg.qr path"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(10, codes.Distinct().Count());
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
        Assert.Equal(10, kept.Count);
        Assert.Empty(kept.Intersect(codes));
        Assert.DoesNotContain(codes[0], await (await client.OpenAsync("/account/factors")).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await SecondAsync(codes[0]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SecondAsync(codes[0]));
        Assert.Equal(HttpStatusCode.Redirect, await SecondAsync(codes[1].ToUpperInvariant().Replace('-', ' ')));

        async Task<HttpStatusCode> SecondAsync(string code)
        {
            using var other = cms.Visitor();
            using var first = await other.SubmitAsync("/sign-in", "sign-in", ("email", person.Email!), ("passphrase", CmsFixture.Passphrase));
            using var second = await other.SubmitAsync("/sign-in/second", "code", ("code", code));
            return second.StatusCode;
        }
    }

    [Fact]
    public async Task A_wrong_code_and_a_code_given_twice_are_refused()
    {
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        using var first = await cms.SignInByFormsAsync(person);
        using var second = cms.Visitor();
        using var begun = await second.SubmitAsync("/sign-in", "sign-in", ("email", person.Email!), ("passphrase", CmsFixture.Passphrase));
        using var again = await second.SubmitAsync("/sign-in/second", "code", ("code", cms.Code()));
        using var wrong = await second.SubmitAsync("/sign-in/second", "code", ("code", "12345"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal("/sign-in/second?next=%2Faccount", (await second.OpenAsync("/account")).Target());
    }

    [Fact]
    public async Task An_unknown_account_a_wrong_passphrase_and_a_disabled_account_get_the_same_answer()
    {
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        var disabled = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        await using var database = cms.Database();
        await database.Users.Where(account => account.Id == disabled.Id).ExecuteUpdateAsync(set => set.SetProperty(account => account.Disabled, true), Cancel);
        var answers = new List<string?>();
        foreach (var (email, passphrase) in new[] { (person.Email!, "another passphrase"), ("nobody@example.org", "another passphrase"), (disabled.Email!, CmsFixture.Passphrase) })
        {
            using var response = await cms.Visitor().SubmitAsync("/sign-in", "sign-in", ("email", email), ("passphrase", passphrase));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
            answers.Add((await response.DocumentAsync()).QuerySelector(".errors")?.TextContent);
        }

        Assert.NotNull(Assert.Single(answers.Distinct()));
    }

    [Fact]
    public async Task Ten_wrong_tries_lock_the_passphrase_for_15_minutes()
    {
        var person = await cms.PersonAsync(app: false, (Role.Author, string.Empty));
        for (var n = 0; n < 10; n++) Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync("wrong every time"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(CmsFixture.Passphrase));
        cms.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(CmsFixture.Passphrase));
        cms.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, await TryAsync(CmsFixture.Passphrase));

        async Task<HttpStatusCode> TryAsync(string passphrase)
        {
            using var response = await cms.Visitor().SubmitAsync("/sign-in", "sign-in", ("email", person.Email!), ("passphrase", passphrase));
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Wrong_tries_from_elsewhere_do_not_lock_the_browser_that_its_owner_uses()
    {
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        using var own = await cms.SignInByFormsAsync(person);
        using var other = await cms.SignInByFormsAsync(await cms.PersonAsync(roles: (Role.Author, string.Empty)));
        for (var n = 0; n < 10; n++) await TryAsync(cms.Visitor(), "wrong every time");
        await LeaveAsync(own);
        await LeaveAsync(other);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(cms.Visitor(), CmsFixture.Passphrase));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(other, CmsFixture.Passphrase)); // It is known for somebody else.
        Assert.Equal(HttpStatusCode.Redirect, await TryAsync(own, CmsFixture.Passphrase));
        cms.Clock.Advance(TimeSpan.FromSeconds(30)); // A code is good once.
        using var second = await own.SubmitAsync("/sign-in/second", "code", ("code", cms.Code()));
        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);

        await LeaveAsync(own);
        for (var n = 0; n < 10; n++) Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(own, "wrong every time"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync(own, CmsFixture.Passphrase)); // It has ten of its own and no more.
        cms.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.Redirect, await TryAsync(own, CmsFixture.Passphrase));

        static async Task LeaveAsync(HttpClient client) => Assert.Equal("/sign-in", (await client.SubmitAtAsync("/account", "/sign-out")).Target());

        async Task<HttpStatusCode> TryAsync(HttpClient client, string passphrase)
        {
            using var response = await client.SubmitAsync("/sign-in", "sign-in", ("email", person.Email!), ("passphrase", passphrase));
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task One_address_has_20_tries_a_minute_and_others_are_not_hindered()
    {
        using var client = cms.Visitor();
        var page = await client.PageAsync("/sign-in");
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 21; n++)
        {
            using var response = await client.SubmitAsync(page, "/sign-in", "sign-in", ("email", $"nobody{n}@example.org"), ("passphrase", "wrong"));
            answers.Add(response.StatusCode);
        }

        using var other = await cms.Visitor().SubmitAsync("/sign-in", "sign-in", ("email", "nobody@example.org"), ("passphrase", "wrong"));

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, answers.Take(20));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[20]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Theory]
    [InlineData("/staff?page=2", "/staff?page=2")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("https://elsewhere.example/", "/")]
    public async Task Sign_in_leads_to_pages_of_this_host_only(string next, string target)
    {
        var person = await cms.PersonAsync(app: false, (Role.Author, string.Empty));
        using var response = await cms.Visitor().SubmitAsync($"/sign-in?next={Uri.EscapeDataString(next)}", "sign-in", ("email", person.Email!), ("passphrase", CmsFixture.Passphrase));

        Assert.Equal(target, response.Target());
    }

    [Fact]
    public async Task Sign_in_leads_back_through_the_second_step_to_the_page_that_was_asked_for()
    {
        var person = await cms.PersonAsync(roles: (Role.Auditor, string.Empty));
        using var client = cms.Visitor();
        using var asked = await client.OpenAsync("/audit?act=staff");
        using var first = await client.SubmitAsync(asked.Target(), "sign-in", ("email", person.Email!), ("passphrase", CmsFixture.Passphrase));
        using var between = await client.OpenAsync(first.Target());
        using var second = await client.SubmitAsync(between.Target(), "code", ("code", cms.Code()));

        Assert.Equal("/audit?act=staff", second.Target());
    }

    [Fact]
    public async Task On_plain_http_every_cookie_is_secure_all_the_same()
    {
        using var client = cms.Visitor();
        client.BaseAddress = new("http://localhost");
        using var page = await client.OpenAsync("/sign-in");
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.StartsWith("__Host-portal-form=", cookie, StringComparison.Ordinal);
        foreach (var attribute in new[] { "path=/", "secure", "samesite=strict", "httponly" }) Assert.Contains(attribute, cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/sign-in", "sign-in")]
    [InlineData("/setup", "setup")]
    [InlineData("/invite", "invite")]
    public async Task A_form_without_its_token_is_refused(string page, string form)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("_handler", form), KeyValuePair.Create("email", "a@example.org")]);
        using var response = await cms.Visitor().PostAsync(new Uri(page, UriKind.Relative), content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("/sign-out")]
    [InlineData("/keys/ask")]
    [InlineData("/keys/make")]
    [InlineData("/account")]
    [InlineData("/staff")]
    [InlineData("/audit")]
    public async Task A_post_of_somebody_signed_in_without_the_token_is_refused(string page)
    {
        using var client = await cms.SignInByFormsAsync(await cms.PersonAsync(roles: (Role.Owner, string.Empty)));
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "invite")]);
        using var response = await client.PostAsync(new Uri(page, UriKind.Relative), content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}

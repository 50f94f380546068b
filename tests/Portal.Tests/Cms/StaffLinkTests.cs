using System.Net;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

public sealed class StaffLinkTests
{
    private const string Passphrase = "ladle harbour cobweb nineteen";

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_database_has_no_account_and_a_set_up_link_is_told_and_not_logged()
    {
        await using var cms = await StartAsync();
        await using var database = cms.Database();
        using var response = await cms.Visitor().SubmitAsync("/sign-in", "sign-in", ("email", "admin"), ("passphrase", "password"));

        Assert.Empty(await database.Users.ToListAsync(Cancel));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.DoesNotContain(SetUp(cms)["/setup?token=".Length..], (await database.Links.SingleAsync(Cancel)).Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_set_up_link_makes_one_Owner_once_who_must_enrol_a_factor()
    {
        await using var cms = await StartAsync();
        using var client = cms.Visitor();
        using var weak = await client.SubmitAsync(SetUp(cms), "setup", ("name", "Ada Ember"), ("email", "ada@example.org"), ("passphrase", "password1234!"));
        var page = await client.PageAsync(SetUp(cms));
        using var made = await client.SubmitAsync(page, SetUp(cms), "setup", ("name", "Ada Ember"), ("email", "ada@example.org"), ("passphrase", Passphrase));
        using var staff = await client.OpenAsync("/staff");
        using var again = await cms.Visitor().OpenAsync(SetUp(cms));
        await using var database = cms.Database();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.StatusCode);
        Assert.Equal("/account/factors", made.Target());
        Assert.Equal("/account/factors", staff.Target());
        Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        Assert.Equal(Role.Owner, (await database.Grants.SingleAsync(Cancel)).Role);
    }

    [Fact]
    public async Task The_set_up_link_ends_after_24_hours()
    {
        await using var cms = await StartAsync();
        cms.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        using var before = await cms.Visitor().OpenAsync(SetUp(cms));
        cms.Clock.Advance(TimeSpan.FromSeconds(1));
        using var after = await cms.Visitor().OpenAsync(SetUp(cms));

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, after.StatusCode);
    }

    [Fact]
    public async Task An_Owner_in_the_settings_is_made_at_the_first_start_and_must_enrol_a_factor()
    {
        await using var cms = await CmsFixture.StartAsync(settings => settings with { Owner = new() { Email = "owner@example.org", Password = Passphrase } });
        using var client = cms.Visitor();
        using var first = await client.SubmitAsync("/sign-in", "sign-in", ("email", "owner@example.org"), ("passphrase", Passphrase));
        using var staff = await client.OpenAsync("/staff");

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal("/account/factors", staff.Target());
        Assert.DoesNotContain("/setup", cms.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weak_passphrase_in_the_settings_stops_the_start()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => CmsFixture.StartAsync(settings => settings with { Owner = new() { Email = "owner@example.org", Password = "password" } }));

        Assert.Contains("12 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_works_once_for_24_hours()
    {
        await using var cms = await CmsFixture.StartAsync();
        using var owner = await cms.ClientAsync(Role.Owner);
        using var invited = await owner.SubmitAsync("/staff", "invite", ("name", "Bo Fern"), ("email", "bo@example.org"), ("roles", nameof(Role.Author)), ("roles", nameof(Role.Translator)), ("languages", "pl, ur"));
        var link = LinkIn(await invited.DocumentAsync());
        using var client = cms.Visitor();
        var page = await client.PageAsync(link);
        using var used = await client.SubmitAsync(page, link, "invite", ("passphrase", Passphrase));
        using var account = await client.OpenAsync("/account");
        using var other = await cms.Visitor().OpenAsync(link);
        using var again = await owner.SubmitAsync("/staff", "invite", ("name", "Bo Fern"), ("email", "BO@example.org"), ("roles", nameof(Role.Author)));
        using var late = await owner.SubmitAsync("/staff", "invite", ("name", "Cy Moss"), ("email", "cy@example.org"), ("roles", nameof(Role.Author)));
        var lateLink = LinkIn(await late.DocumentAsync());
        cms.Clock.Advance(TimeSpan.FromHours(24));
        using var ended = await cms.Visitor().OpenAsync(lateLink);
        await using var database = cms.Database();
        var bo = await database.Users.SingleAsync(account => account.Email == "bo@example.org", Cancel);

        Assert.Equal(HttpStatusCode.Redirect, used.StatusCode);
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, other.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, ended.StatusCode);
        Assert.Equal(["", "pl", "ur"], await database.Grants.Where(grant => grant.AccountId == bo.Id).Select(grant => grant.Language).Order().ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_form_left_open_cannot_spend_the_link_a_second_time()
    {
        await using var cms = await CmsFixture.StartAsync();
        using var owner = await cms.ClientAsync(Role.Owner);
        using var invited = await owner.SubmitAsync("/staff", "invite", ("name", "Bo Fern"), ("email", "bo@example.org"), ("roles", nameof(Role.Author)));
        var link = LinkIn(await invited.DocumentAsync());
        using var first = cms.Visitor();
        using var second = cms.Visitor();
        var (one, two) = (await first.PageAsync(link), await second.PageAsync(link));
        using var used = await first.SubmitAsync(one, link, "invite", ("passphrase", Passphrase));
        using var late = await second.SubmitAsync(two, link, "invite", ("passphrase", "meadow ticket rhubarb eleven"));

        Assert.Equal(HttpStatusCode.Redirect, used.StatusCode);
        Assert.False(late.IsSuccessStatusCode);
        Assert.Equal("/sign-in?next=%2Faccount", (await second.OpenAsync("/account")).Target());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reset_link_ends_sessions_and_takes_factors_away_when_asked(bool alsoFactors)
    {
        await using var cms = await CmsFixture.StartAsync();
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        using var client = await cms.SignInAsync(person);
        using var owner = await cms.ClientAsync(Role.Owner);
        using var made = await owner.SubmitAsync($"/staff/{person.Id}", "reset", alsoFactors ? [("factors", "true")] : []);
        using var still = await client.OpenAsync("/account");
        using var visitor = cms.Visitor();
        using var used = await visitor.SubmitAsync(LinkIn(await made.DocumentAsync()), "invite", ("passphrase", Passphrase));
        using var account = await visitor.OpenAsync("/account");
        using var ended = await client.OpenAsync("/account");

        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, used.StatusCode);
        Assert.Equal(alsoFactors ? string.Empty : "/sign-in/second?next=%2Faccount", account.Target());
        Assert.Equal("/sign-in?next=%2Faccount", ended.Target());
    }

    [Fact]
    public async Task The_last_resort_prints_a_link_for_an_Owner_and_for_nobody_else()
    {
        await using var cms = await CmsFixture.StartAsync();
        var owner = await cms.PersonAsync(roles: (Role.Owner, string.Empty));
        var author = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        await using var output = new StringWriter();
        Assert.False(await OwnerReset.RunAsync(cms.Services, author.Email!, output, Cancel));
        Assert.True(await OwnerReset.RunAsync(cms.Services, owner.Email!.ToUpperInvariant(), output, Cancel));
        using var client = cms.Visitor();
        var address = output.ToString().Trim().Split("https://localhost")[1];
        using var used = await client.SubmitAsync(address, "invite", ("passphrase", Passphrase));

        Assert.Equal(HttpStatusCode.Redirect, used.StatusCode);
        Assert.Equal("/account/factors", (await client.OpenAsync("/account")).Target());
    }

    private static Task<CmsFixture> StartAsync() => CmsFixture.StartAsync();

    private static string SetUp(CmsFixture cms) => "/setup" + cms.Said.Split("/setup")[1].Trim();

    private static string LinkIn(AngleSharp.Html.Dom.IHtmlDocument page) => new Uri(page.QuerySelector("code.link")!.TextContent).PathAndQuery;
}

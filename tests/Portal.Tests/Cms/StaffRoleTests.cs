using System.Net;

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

public sealed class StaffRoleTests(CmsFixture cms) : IClassFixture<CmsFixture>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_needs_a_sign_in_unless_it_stands_on_the_list()
    {
        var routes = cms.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var open = new List<string>();
        var wrong = new List<string>();
        foreach (var route in routes)
        {
            var pattern = "/" + (route.RoutePattern.RawText ?? string.Empty).TrimStart('/');
            var address = string.Join('/', pattern.Split('/').Select(segment => segment.StartsWith('{') ? segment.Contains(":guid", StringComparison.Ordinal) ? Guid.Empty.ToString() : "1" : segment));
            var methods = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];
            if (route.Metadata.GetMetadata<IAllowAnonymous>() is not null) open.Add(pattern);
            foreach (var method in methods)
            {
                using var request = new HttpRequestMessage(new(method), new Uri(address, UriKind.Relative));
                using var response = await cms.Visitor().SendAsync(request, Cancel);
                var isRefused = response.StatusCode == HttpStatusCode.Unauthorized || response.Target().StartsWith("/sign-in?next=", StringComparison.Ordinal);
                if (isRefused == PublicRoutes.Contains(pattern)) wrong.Add($"{method} {pattern}: {response.StatusCode}");
            }
        }

        Assert.True(routes.Count > 12, $"{routes.Count} routes.");
        Assert.Equal([], wrong);
        Assert.Equal([], open.Where(pattern => !PublicRoutes.Contains(pattern)));
        Assert.Equal([], PublicRoutes.All.Where(entry => !open.Exists(pattern => pattern.StartsWith(entry, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task An_address_without_a_page_tells_a_visitor_nothing()
    {
        using var response = await cms.Visitor().OpenAsync("/no/such/page");

        Assert.StartsWith("/sign-in?next=", response.Target(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Author, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(Role.Publisher, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(Role.CommunicationsLead, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(Role.Owner, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData(Role.Auditor, HttpStatusCode.Forbidden, HttpStatusCode.OK)]
    public async Task Staff_is_for_Owners_and_the_log_for_Auditors_too(Role role, HttpStatusCode staff, HttpStatusCode audit)
    {
        using var client = await cms.ClientAsync(role);
        using var first = await client.OpenAsync("/staff");
        using var second = await client.OpenAsync("/audit");

        Assert.Equal(staff, first.StatusCode);
        Assert.Equal(audit, second.StatusCode);
    }

    [Fact]
    public async Task Nobody_may_do_what_no_grant_allows()
    {
        using var client = await cms.ClientAsync();
        using var staff = await client.OpenAsync("/staff");

        Assert.Equal(HttpStatusCode.Forbidden, staff.StatusCode);
        Assert.Equal([], Permissions.All.Where(new StaffUser().Can));
        Assert.False(new StaffUser().CanWrite("en"));
    }

    [Fact]
    public void Every_role_has_its_permissions_and_an_Auditor_reads_the_log_alone()
    {
        Assert.All(Enum.GetValues<Role>(), role => Assert.NotEmpty(Permissions.Of(role)));
        Assert.All(Enum.GetValues<Role>(), role => Assert.NotEmpty(RoleText.Does(role)));
        Assert.Equal([Permissions.Audit], Permissions.Of(Role.Auditor));
        Assert.Equal([], Permissions.All.Except(Enum.GetValues<Role>().SelectMany(Permissions.Of)));
    }

    [Fact]
    public async Task A_translator_writes_their_languages_and_no_other()
    {
        var person = await cms.PersonAsync(app: false, (Role.Translator, "pl"));
        var user = new StaffUser();
        user.Become(person, [new() { AccountId = person.Id, Role = Role.Translator, Language = "pl" }], Session(person.Id, secondFactor: false), hasSecondFactor: false);

        Assert.True(user.CanWrite("pl"));
        Assert.False(user.CanWrite("ur"));
        Assert.False(user.CanWrite("en"));
    }

    [Theory]
    [InlineData(false, false, Role.Author, SecondStep.None)]
    [InlineData(false, true, Role.Author, SecondStep.Give)]
    [InlineData(true, true, Role.Publisher, SecondStep.None)]
    [InlineData(false, false, Role.Publisher, SecondStep.Enrol)]
    [InlineData(true, false, Role.Publisher, SecondStep.Enrol)]
    public async Task What_is_missing_follows_from_role_factor_and_session(bool given, bool enrolled, Role role, SecondStep missing)
    {
        var person = await cms.PersonAsync(app: false);
        var user = new StaffUser();
        user.Become(person, [new() { AccountId = person.Id, Role = role }], Session(person.Id, given), enrolled);

        Assert.Equal(missing, user.Missing);
        Assert.Equal(missing == SecondStep.None, user.Can(Permissions.Read));
    }

    [Fact]
    public async Task The_last_Owner_stays_even_beside_one_who_never_came()
    {
        await using var own = await CmsFixture.StartAsync();
        var person = await own.PersonAsync(roles: (Role.Owner, string.Empty));
        using var owner = await own.SignInAsync(person);
        using var invited = await owner.SubmitAsync("/staff", "invite", ("name", "Bo Fern"), ("email", "bo@example.org"), ("roles", nameof(Role.Owner)));
        using var role = await owner.SubmitAsync($"/staff/{person.Id}", "edit", ("roles", nameof(Role.Author)));
        using var disabled = await owner.SubmitAsync($"/staff/{person.Id}", "edit", ("roles", nameof(Role.Owner)), ("disabled", "true"));
        await using var database = own.Database();

        Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, role.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, disabled.StatusCode);
        Assert.True(await database.Grants.AnyAsync(grant => grant.AccountId == person.Id && grant.Role == Role.Owner, Cancel));
    }

    [Fact]
    public async Task Two_Owners_cannot_take_the_role_from_one_another()
    {
        await using var own = await CmsFixture.StartAsync();
        var people = new[] { await own.PersonAsync(roles: (Role.Owner, string.Empty)), await own.PersonAsync(roles: (Role.Owner, string.Empty)) };
        using var first = await own.SignInAsync(people[0]);
        using var second = await own.SignInAsync(people[1]);
        var pages = new[] { await first.PageAsync($"/staff/{people[1].Id}"), await second.PageAsync($"/staff/{people[0].Id}") };
        await Task.WhenAll(
            first.SubmitAsync(pages[0], $"/staff/{people[1].Id}", "edit", ("roles", nameof(Role.Author))),
            second.SubmitAsync(pages[1], $"/staff/{people[0].Id}", "edit", ("roles", nameof(Role.Author))));
        await using var database = own.Database();

        Assert.Equal(1, await database.Grants.CountAsync(grant => grant.Role == Role.Owner, Cancel));
    }

    [Fact]
    public async Task The_second_of_two_who_edit_one_account_is_told_and_loses_nothing()
    {
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        using var first = await cms.ClientAsync(Role.Owner);
        using var second = await cms.ClientAsync(Role.Owner);
        var address = $"/staff/{person.Id}";
        var (one, two) = (await first.PageAsync(address), await second.PageAsync(address));
        using var saved = await first.SubmitAsync(one, address, "edit", ("roles", nameof(Role.Author)), ("roles", nameof(Role.Reviewer)));
        using var stale = await second.SubmitAsync(two, address, "edit", ("roles", nameof(Role.Publisher)));
        var told = await stale.DocumentAsync();
        await using var database = cms.Database();
        var kept = await database.Grants.Where(grant => grant.AccountId == person.Id).Select(grant => grant.Role).Order().ToListAsync(Cancel);
        using var again = await second.SubmitAsync(told, address, "edit", ("roles", nameof(Role.Publisher)));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal([Role.Author, Role.Reviewer], kept);
        Assert.Contains("Reviewer", told.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.True(told.QuerySelector("#role-Publisher")!.HasAttribute("checked"));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    [Fact]
    public async Task A_translator_without_a_language_and_an_account_without_a_role_are_refused()
    {
        using var owner = await cms.ClientAsync(Role.Owner);
        using var translator = await owner.SubmitAsync("/staff", "invite", ("name", "Bo Fern"), ("email", "bo2@example.org"), ("roles", nameof(Role.Translator)), ("languages", "en <b>"));
        using var nothing = await owner.SubmitAsync("/staff", "invite", ("name", "Bo Fern"), ("email", "bo2@example.org"), ("roles", "Emperor"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, translator.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
    }

    private StaffSession Session(Guid account, bool secondFactor) => new() { Id = "session", AccountId = account, CreatedAt = cms.Now, SeenAt = cms.Now, SecondFactor = secondFactor, Ticket = string.Empty };
}

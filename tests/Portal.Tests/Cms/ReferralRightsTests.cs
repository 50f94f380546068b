using System.Net;

using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Every address below /referrals with every role: the routes come from the running host, so that none is forgotten.</summary>
public sealed class ReferralRightsTests(CmsFixture cms) : IClassFixture<CmsFixture>
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private static readonly Role[] See = [Role.ReferralWorker, Role.SafeguardingLead, Role.ReferralAuditor];
    private static readonly Role[] Open = [Role.ReferralWorker, Role.SafeguardingLead];
    private static readonly Role[] Lead = [Role.SafeguardingLead];
    private static readonly Role[] Audit = [Role.SafeguardingLead, Role.ReferralAuditor];

    /// <summary>Who passes the door of each. A route that is missing here fails the test: say who may, then add it.</summary>
    private static readonly Dictionary<string, Role[]> Expected = new()
    {
        ["/referrals"] = See,
        ["/referrals/log"] = Audit,
        ["/referrals/{Id:guid}"] = Open,
        ["/referrals/{id:guid}/file"] = Open,
        ["/referrals/{id:guid}/read"] = Open,
        ["/referrals/{id:guid}/original"] = Open,
        ["/referrals/{id:guid}/export"] = Open,
        ["/referrals/{id:guid}/header"] = Open,
        ["/referrals/{Id:guid}/acts"] = Open,
        ["/referrals/{id:guid}/assign"] = Open,
        ["/referrals/{id:guid}/attempt"] = Open,
        ["/referrals/{id:guid}/need"] = Open,
        ["/referrals/{id:guid}/facts"] = Open,
        ["/referrals/{id:guid}/hand-over"] = Open,
        ["/referrals/{id:guid}/close"] = Open,
        ["/referrals/{id:guid}/reopen"] = Open,
        ["/referrals/{id:guid}/keep"] = Open,
        ["/referrals/rota"] = Open,
        ["/referrals/figures"] = Audit,
        ["/referrals/figures.csv"] = Audit,
        ["/referrals/keys"] = Open,
        ["/referrals/keys/common"] = Open,
        ["/referrals/keys/readers"] = Open,
        ["/referrals/keys/waiting"] = Open,
        ["/referrals/keys/recovery"] = Lead,
        ["/referrals/keys/recovery/test"] = Lead,
    };

    [Fact]
    public async Task Every_role_passes_exactly_the_doors_it_should()
    {
        var routes = Routes();
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<Role>())
        {
            using var client = await cms.SignInAsync(await cms.PersonAsync(roles: (role, role == Role.Translator ? "pl" : string.Empty)));
            foreach (var (pattern, method) in routes)
            {
                var passed = await IsLetInAsync(client, pattern, method);
                if (passed != Expected.GetValueOrDefault(pattern, []).Contains(role)) wrong.Add($"{role} {method} {pattern}: {(passed ? "let in" : "refused")}");
            }
        }

        Assert.Equal([], wrong);
    }

    [Fact]
    public void Every_route_has_somebody_who_may() =>
        Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), Routes().Select(route => route.Pattern).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Nobody_is_let_in_without_a_sign_in_and_a_second_factor()
    {
        using var visitor = cms.Visitor();
        using var half = await cms.SignInAsync(await cms.PersonAsync(app: false, roles: ReferralWorld.Only(Role.SafeguardingLead)));
        foreach (var (pattern, method) in Routes())
            foreach (var client in new[] { visitor, half }) Assert.False(await IsLetInAsync(client, pattern, method), $"{method} {pattern}");
    }

    private List<(string Pattern, string Method)> Routes() =>
    [
        .. cms.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Pattern: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), Methods: endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]))
            .Where(route => route.Pattern == "/referrals" || route.Pattern.StartsWith("/referrals/", StringComparison.Ordinal))
            .SelectMany(route => route.Methods.Select(method => (route.Pattern, method))),
    ];

    /// <summary>Past the door; what a message that is not there or a form without its token is told comes after it.</summary>
    private static async Task<bool> IsLetInAsync(HttpClient client, string pattern, string method)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(pattern.Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.OrdinalIgnoreCase), UriKind.Relative));
        using var answer = await client.SendAsync(request, Cancel);
        return answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.Redirect);
    }
}

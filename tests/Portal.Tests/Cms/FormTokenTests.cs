using System.Net;
using System.Text.RegularExpressions;

using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Every address that takes a post, by the routes of the running host: none of them listens to a form that no page of ours sent.</summary>
public sealed partial class FormTokenTests(CmsFixture cms) : IClassFixture<CmsFixture>
{
    private const string Token = "__RequestVerificationToken";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_without_its_token_or_with_another_visitor_s_is_refused_everywhere()
    {
        using var client = await cms.SignInAsync(await cms.PersonAsync(roles: [.. Enum.GetValues<Role>().Select(role => (role, role == Role.Translator ? "pl" : string.Empty))]));
        var foreign = (await cms.Visitor().PageAsync("/sign-in")).QuerySelector($"[name={Token}]")!.GetAttribute("value")!;
        var before = await cms.Database().Audit.CountAsync(Cancel);
        var routes = Routes();
        Assert.Contains("/places/confirm", routes);
        Assert.Contains("/settings/leave-check", routes);
        Assert.Contains("/documents/new", routes);

        var taken = new List<string>();
        foreach (var route in routes)
            foreach (var token in new[] { string.Empty, foreign })
            {
                using var content = new FormUrlEncodedContent([new(Token, token), new("_handler", "edit"), new("act", "save")]);
                using var answer = await client.PostAsync(new Uri(Place().Replace(route, Guid.Empty.ToString()), UriKind.Relative), content, Cancel);
                if (answer.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed)) taken.Add($"{route} answered {(int)answer.StatusCode}");
            }

        Assert.True(taken.Count == 0, string.Join('\n', taken));
        Assert.Equal(before, await cms.Database().Audit.CountAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, (await client.OpenAsync("/account")).StatusCode); // Not signed out either.
    }

    /// <summary>Whatever takes a post: pages name no method, and take one.</summary>
    private List<string> Routes() =>
    [
        .. cms.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods: var methods } || methods.Contains("POST"))
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct(),
    ];

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}

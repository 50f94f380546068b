using System.Net;

using Microsoft.AspNetCore.Http;

using Portal.Cms.Hosting;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Behind a proxy: whose word counts, and what a browser is told.</summary>
public sealed class ProxyTests
{
    private const string Proxy = "10.9.0.7";

    [Fact]
    public async Task Tries_are_counted_for_each_client_behind_a_named_proxy()
    {
        await using var cms = await CmsFixture.StartAsync(settings => settings with { Proxies = $"192.0.2.1, 10.9.0.0/24" });

        Assert.Equal(HttpStatusCode.TooManyRequests, await LastTryAsync(cms, Proxy, "198.51.100.1"));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, await TryAsync(cms, Proxy, "198.51.100.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(cms, Proxy, "203.0.113.9, 198.51.100.1")); // What the client itself put in front does not help it.
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.9.0.8")]
    public async Task What_somebody_else_says_of_themselves_does_not_count(string proxies)
    {
        await using var cms = await CmsFixture.StartAsync(settings => settings with { Proxies = proxies });

        Assert.Equal(HttpStatusCode.TooManyRequests, await LastTryAsync(cms, Proxy, "198.51.100.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(cms, Proxy, "198.51.100.2"));
    }

    [Theory]
    [InlineData(Proxy, "https://portal.example.org/sign-in?next=%2Fdocuments", "max-age=31536000")]
    [InlineData("10.9.0.8", "http://inside/sign-in?next=%2Fdocuments", null)]
    public async Task Scheme_and_host_come_from_a_named_proxy_alone(string from, string target, string? transport)
    {
        await using var cms = await CmsFixture.StartAsync(settings => settings with { Url = "https://portal.example.org", Proxies = Proxy });

        var answer = await cms.SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(from);
            (context.Request.Scheme, context.Request.Host, context.Request.Path) = ("http", new("inside"), "/documents");
            context.Request.Headers["X-Forwarded-Proto"] = "https";
            context.Request.Headers["X-Forwarded-Host"] = "portal.example.org";
            context.Request.Headers["X-Forwarded-For"] = "198.51.100.1";
        });

        Assert.Equal(target, answer.Headers.Location.ToString());
        Assert.Equal(transport, answer.Headers.StrictTransportSecurity.FirstOrDefault());
    }

    [Fact]
    public async Task A_host_that_is_not_ours_is_not_taken_over()
    {
        await using var cms = await CmsFixture.StartAsync(settings => settings with { Url = "https://portal.example.org", Proxies = Proxy });

        var answer = await cms.SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(Proxy);
            (context.Request.Scheme, context.Request.Host, context.Request.Path) = ("http", new("inside"), "/documents");
            context.Request.Headers["X-Forwarded-Host"] = "evil.example";
        });

        Assert.DoesNotContain("evil", answer.Headers.Location.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_cookie_is_bound_to_this_host_and_to_https()
    {
        await using var cms = await CmsFixture.StartAsync(settings => settings with { Url = "https://portal.example.org", Proxies = Proxy });
        using var client = cms.Visitor();
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        using var page = await client.OpenAsync("/sign-in");
        using var signedIn = await client.SubmitAsync("/sign-in", "sign-in", ("email", person.Email!), ("passphrase", CmsFixture.Passphrase));

        var cookies = page.Headers.GetValues("Set-Cookie").Concat(signedIn.Headers.GetValues("Set-Cookie")).ToList();
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-portal=", StringComparison.Ordinal));
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            foreach (var part in new[] { "secure", "httponly", "path=/", "samesite=strict" }) Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_is_told()
    {
        var refusal = await Assert.ThrowsAsync<StartException>(() => CmsFixture.StartAsync(settings => settings with { Proxies = "127.0.0.1, caddy" }));

        Assert.Contains("'caddy'", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> LastTryAsync(CmsFixture cms, string proxy, string client)
    {
        for (var n = 0; n < 20; n++) await TryAsync(cms, proxy, client);
        return await TryAsync(cms, proxy, client);
    }

    private static async Task<HttpStatusCode> TryAsync(CmsFixture cms, string proxy, string client)
    {
        var answer = await cms.SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(proxy);
            (context.Request.Method, context.Request.Scheme, context.Request.Host, context.Request.Path) = (HttpMethods.Post, "https", new("localhost"), "/sign-in");
            context.Request.Headers["X-Forwarded-For"] = client;
        });
        return (HttpStatusCode)answer.StatusCode;
    }
}

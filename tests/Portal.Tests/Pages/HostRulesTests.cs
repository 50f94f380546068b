using System.Security.Cryptography;
using System.Text;

using Portal.Site.Hosting;
using Portal.Theme;

using Xunit;

namespace Portal.Tests.Pages;

public sealed class HostRulesTests
{
    private static readonly HostRules Rules = StarterSite.Build.Rules!;

    [Fact]
    public void No_address_gets_a_header_twice()
    {
        foreach (var path in StarterSite.Output.Files.Keys)
        {
            var names = Rules.HeadersFor("/" + path.Replace("index.html", string.Empty, StringComparison.Ordinal)).Select(header => header.Name).ToList();
            Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
        }
    }

    [Fact]
    public void The_policy_allows_nothing_unsafe_and_the_guard_by_its_hash()
    {
        var policy = Rules.HeadersFor("/").Single(header => header.Name == "Content-Security-Policy").Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(StarterSite.Pages[0].Html.Scripts[0].TextContent)));

        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src 'self' 'sha256-{hash}'", policy, StringComparison.Ordinal);
        Assert.All(new[] { "default-src 'none'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'none'" }, part => Assert.Contains(part, policy, StringComparison.Ordinal));
        Assert.Equal(ThemeAssets.PolicyHash("guard.js"), "sha256-" + hash);
    }

    [Theory]
    [InlineData("Referrer-Policy", "no-referrer")]
    [InlineData("X-Content-Type-Options", "nosniff")]
    [InlineData("Cross-Origin-Opener-Policy", "same-origin")]
    [InlineData("Cross-Origin-Resource-Policy", "same-origin")]
    [InlineData("X-Robots-Tag", "noindex, nofollow")]
    public void Every_file_is_sent_with_it(string name, string value) =>
        Assert.All(StarterSite.Output.Files.Keys, path => Assert.Contains((name, value), Rules.HeadersFor("/" + path)));

    [Fact]
    public void Strict_transport_holds_for_two_years_and_no_feature_is_allowed()
    {
        Assert.Contains("max-age=63072000", Rules.HeadersFor("/").Single(header => header.Name == "Strict-Transport-Security").Value, StringComparison.Ordinal);
        Assert.Matches(@"^([a-z-]+=\(\)(, )?)+$", Rules.HeadersFor("/").Single(header => header.Name == "Permissions-Policy").Value);
    }

    [Fact]
    public void No_copy_is_stored_of_a_page_where_text_is_typed()
    {
        var typed = StarterSite.Pages.Where(page => page.Html.QuerySelector("main input, main textarea, main select") is not null).ToList();

        Assert.NotEmpty(typed);
        Assert.Equal([], typed.Where(page => !Rules.HeadersFor(page.Address).Contains(("Cache-Control", "no-store"))
            && page.Html.QuerySelector("main input:not([type=checkbox]):not([type=radio]), main textarea") is not null).Select(page => page.Path));
    }

    [Fact]
    public void Files_named_after_their_bytes_are_kept_for_a_year()
    {
        Assert.All(StarterSite.Output.Files.Keys.Where(path => path.StartsWith("assets/", StringComparison.Ordinal)), path =>
        {
            Assert.Matches(@"\.[0-9a-f]{8,10}\.[a-z0-9]+$", path);
            Assert.Contains(Rules.HeadersFor("/" + path), header => header.Name == "Cache-Control" && header.Value.Contains("immutable", StringComparison.Ordinal));
        });
        Assert.DoesNotContain(Rules.HeadersFor("/help-now/"), header => header.Name == "Cache-Control");
    }

    [Fact]
    public void Both_files_for_the_host_say_what_the_table_says()
    {
        var headers = StarterSite.Output.Page("_headers");

        Assert.Equal(Rules.ToHeadersFile(), headers);
        Assert.Equal(Rules.Headers.Select(rule => rule.Pattern), headers.Split('\n').Where(line => line.StartsWith('/')));
        Assert.Equal("/old/ /guides/ 301!\n", A.Output(A.Site()).Page("_redirects"));
    }

    [Theory]
    [InlineData("/*", "/", true)]
    [InlineData("/assets/*", "/assets/a.css", true)]
    [InlineData("/assets/*", "/asset", false)]
    [InlineData("/my-plan/", "/my-plan/", true)]
    [InlineData("/my-plan/", "/my-plan/x", false)]
    public void A_pattern_matches_its_addresses(string pattern, string address, bool matches) => Assert.Equal(matches, new HeaderRule(pattern, []).Matches(address));
}

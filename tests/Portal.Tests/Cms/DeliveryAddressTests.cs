using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Delivery;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Which addresses a webhook may have: none on the machines beside the CMS.</summary>
public sealed class DeliveryAddressTests(CmsFixture cms) : IClassFixture<CmsFixture>
{
    [Theory]
    [InlineData("http://example.org/hook")]
    [InlineData("https://localhost/hook")]
    [InlineData("https://127.0.0.1/hook")]
    [InlineData("https://10.1.2.3/hook")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://[::ffff:192.168.0.1]/hook")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    [InlineData("https://somebody:word@example.org/hook")]
    [InlineData("ftp://example.org/hook")]
    [InlineData("hook")]
    public async Task An_address_inside_is_refused_when_it_is_added(string url)
    {
        await using var scope = cms.Services.CreateAsyncScope();

        Assert.NotNull(scope.ServiceProvider.GetRequiredService<Webhooks>().Mistake(url));
    }

    [Fact]
    public async Task A_refused_address_is_told_and_not_kept()
    {
        var owner = await cms.ClientAsync(Role.Owner);
        var refused = await owner.SubmitAsync("/delivery", "webhook", ("url", "https://10.1.2.3/hook"), ("secret", "short"));
        var page = await refused.DocumentAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(["#url", "#secret"], page.QuerySelectorAll(".errors a").Select(link => link.GetAttribute("href")));
        Assert.DoesNotContain("short", page.QuerySelector("#secret")!.OuterHtml, StringComparison.Ordinal);
        Assert.False(await cms.Database().Webhooks.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2600::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:db8::1", false)]
    public void Addresses_on_the_internet_are_told_from_others(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.IsPublic(IPAddress.Parse(address)));
}

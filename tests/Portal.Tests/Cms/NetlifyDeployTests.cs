using System.Security.Cryptography;
using System.Text;

using Portal.Cms.Hosting;
using Portal.Cms.Publishing;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>One deploy, against a host that behaves and one that does not.</summary>
public sealed class NetlifyDeployTests : IAsyncLifetime
{
    private readonly List<TimeSpan> waits = [];
    private readonly List<string> begun = [];
    private readonly HttpClient client = new();
    private NetlifyStub host = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => host = await NetlifyStub.StartAsync();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_first_deploy_sends_every_file_once_and_waits_until_it_is_served()
    {
        host.Processing = 10; // The answers to the last files may count some of it down.
        await DeployAsync(File("index.html", "start"), File("guides/a b.html", "guide"), File("_headers", "/*\n  X: y"), File("_redirects", "/a /b 301"), File("copy.html", "start"));

        Assert.Equal(["/_headers", "/_redirects", "/copy.html", "/guides/a b.html", "/index.html"], host.Newest.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(4, host.Calls.Count(call => call.StartsWith("PUT", StringComparison.Ordinal)));
        Assert.Equal("/*\n  X: y", Encoding.UTF8.GetString(host.Files[host.Newest["/_headers"]]));
        Assert.Equal(["0"], begun);
        Assert.NotEmpty(waits);
    }

    [Fact]
    public async Task A_second_deploy_sends_what_changed_alone()
    {
        await DeployAsync(File("index.html", "start"), File("a.html", "old"));
        await DeployAsync(File("index.html", "start"), File("a.html", "new"));
        await DeployAsync(File("index.html", "start"), File("a.html", "new"));

        Assert.Equal(["PUT /api/v1/deploys/0/files/a.html", "PUT /api/v1/deploys/0/files/index.html", "PUT /api/v1/deploys/1/files/a.html"], host.Calls.Where(call => call.StartsWith("PUT", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("POST", "429")]
    [InlineData("PUT", "429")]
    [InlineData("GET", "429")]
    public async Task It_waits_as_long_as_the_host_asks(string method, string fault)
    {
        host.Fault = (called, before) => called == method && before == 0 ? fault : null;

        await DeployAsync(File("index.html", "start"));

        Assert.Contains(TimeSpan.FromSeconds(7), waits);
        Assert.Single(host.Files);
    }

    [Theory]
    [InlineData("POST", "500")]
    [InlineData("PUT", "500")]
    [InlineData("GET", "500")]
    [InlineData("PUT", "drop")]
    [InlineData("POST", "drop")]
    public async Task What_may_pass_is_tried_again_later_each_time(string method, string fault)
    {
        host.Fault = (called, before) => called == method && before < 3 ? fault : null;

        await DeployAsync(File("index.html", "start"));

        Assert.Equal([2, 4, 8], waits.Where(wait => wait != TimeSpan.Zero).Select(wait => (int)wait.TotalSeconds).Take(3));
        Assert.Single(host.Files);
    }

    [Fact]
    public async Task A_host_that_stays_down_ends_the_deploy_with_its_words()
    {
        host.Fault = (_, _) => "500";

        var error = await Assert.ThrowsAsync<NetlifyException>(() => DeployAsync(File("index.html", "start")));

        Assert.Equal("Netlify answered 500", error.Message);
    }

    [Fact]
    public async Task An_error_of_the_host_is_its_reason()
    {
        host.Error = "The site has no more credit";

        var error = await Assert.ThrowsAsync<NetlifyException>(() => DeployAsync(File("index.html", "start")));

        Assert.Equal("Netlify could not deploy the site: The site has no more credit", error.Message);
    }

    [Fact]
    public async Task A_deploy_that_was_cut_off_goes_on_and_one_that_is_gone_begins_anew()
    {
        host.Fault = (called, before) => called == "PUT" && before >= 1 ? "500" : null;
        DeployFile[] files = [File("index.html", "start"), File("a.html", "one"), File("b.html", "two")];
        await Assert.ThrowsAsync<NetlifyException>(() => DeployAsync(files));
        var first = host.Files.Count;
        host.Fault = (_, _) => null;

        await DeployAsync("0", files);
        Assert.Equal((1, 3), (first, host.Files.Count));
        Assert.Single(host.Calls, call => call.StartsWith("POST", StringComparison.Ordinal));

        await DeployAsync("gone", files);
        Assert.Equal(["0", "1"], begun);
    }

    [Fact]
    public async Task A_wrong_token_is_told_without_the_token()
    {
        const string token = "nfp_another-secret";

        var error = await Assert.ThrowsAsync<NetlifyException>(() => Deploy(token).RunAsync([File("index.html", "start")], null, _ => Task.CompletedTask, Cancel));

        Assert.Contains("401", error.Message, StringComparison.Ordinal);
        Assert.Contains("Portal__Netlify__Token", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, new CmsSettings { Netlify = new() { Token = token } }.ToString(), StringComparison.Ordinal);
        Assert.Empty(waits);
    }

    private Task DeployAsync(params DeployFile[] files) => DeployAsync(null, files);

    private Task DeployAsync(string? earlier, params DeployFile[] files) => Deploy(NetlifyStub.Token).RunAsync(
        files,
        earlier,
        id =>
        {
            begun.Add(id);
            return Task.CompletedTask;
        },
        Cancel);

    private NetlifyDeploy Deploy(string token) => new(new(client, new() { Token = token, Site = NetlifyStub.Site, Api = host.Api }, TimeProvider.System, (duration, _) =>
    {
        lock (waits) waits.Add(duration);
        return Task.CompletedTask;
    }));

#pragma warning disable CA5350 // What the interface asks for.
    private static DeployFile File(string path, string text) => new(path, Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text))), _ => Task.FromResult(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}

using System.Net;
using System.Net.Sockets;
using System.Text;

using Portal.Site.Building;
using Portal.Site.Hosting;

using Xunit;

namespace Portal.Tests.Pages;

/// <summary>The local server, in this process, over the small site.</summary>
public sealed class StaticServerTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-server").FullName;
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private HostRules rules = null!;
    private StaticServer server = null!;

    private string Url => server.Urls.First();

    public async ValueTask InitializeAsync()
    {
        var build = A.Build(A.Site());
        rules = build.Rules!;
        new OutputWriter(Path.Combine(folder, "output")).Place(build.Output!);
        await File.WriteAllTextAsync(Path.Combine(folder, "secret.txt"), "secret");
        server = new StaticServer(Path.Combine(folder, "output"), rules);
        await server.StartAsync("http://127.0.0.1:0", TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/pl/help-now/", "text/html; charset=utf-8")]
    [InlineData("/robots.txt", "text/plain; charset=utf-8")]
    [InlineData("/sitemap.xml", "application/xml")]
    [InlineData("/places/hall/times.ics", "text/calendar; charset=utf-8")]
    [InlineData("/files/kit/words.txt", "text/plain; charset=utf-8")]
    [InlineData("/.well-known/security.txt", "text/plain; charset=utf-8")]
    public async Task A_file_is_served_with_its_type_and_the_headers_of_the_table(string address, string type)
    {
        using var response = await Get(address);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.ToString());
        foreach (var (name, value) in rules.HeadersFor(address))
            Assert.Equal(value, string.Join(", ", response.Headers.TryGetValues(name, out var found) ? found : []), ignoreCase: true);
    }

    [Theory]
    [InlineData("/nowhere/")]
    [InlineData("/nowhere")]
    [InlineData("/_headers")]
    [InlineData("/_redirects")]
    [InlineData("/assets/")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/assets/..%2f..%2f..%2fsecret.txt")]
    [InlineData("/..%5csecret.txt")]
    [InlineData("//secret.txt")]
    public async Task What_is_no_part_of_the_site_gets_the_page_that_says_so(string address)
    {
        using var response = await Get(address);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("id=\"leave\"", body, StringComparison.Ordinal);
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/assets/../../secret.txt")]
    [InlineData("/./../secret.txt")]
    public async Task A_raw_path_does_not_leave_the_folder(string path)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(Url).Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nsecret", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/old/", "/guides/")]
    [InlineData("/help-now", "/help-now/")]
    [InlineData("/pl/help-now", "/pl/help-now/")]
    public async Task An_old_address_leads_to_the_new_one_for_good(string from, string to)
    {
        using var response = await Get(from);

        Assert.Equal((HttpStatusCode.MovedPermanently, to), (response.StatusCode, response.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task What_is_served_is_what_was_built()
    {
        var bytes = await client.GetByteArrayAsync(new Uri(Url + "/help-now/"), TestContext.Current.CancellationToken);

        Assert.Equal(A.Output(A.Site()).Files["help-now/index.html"], bytes);
    }

    private Task<HttpResponseMessage> Get(string address) =>
        client.GetAsync(new Uri(Url + address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), TestContext.Current.CancellationToken);
}

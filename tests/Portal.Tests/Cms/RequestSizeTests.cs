using System.Net;
using System.Text;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

using Portal.Cms.Hosting;
using Portal.Cms.Media;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>A form that is too large is told so on a page, whatever stands in it.</summary>
public sealed class RequestSizeTests(CmsFixture cms) : IClassFixture<CmsFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/media/upload", MediaType.MostUpload, "100 MB")]
    [InlineData("/places/import", RequestSizes.Most, "30 MB")]
    public async Task A_form_over_its_limit_gets_a_page_in_the_frame_of_the_site(string page, long most, string told)
    {
        var client = await cms.ClientAsync(Role.CommunicationsLead, Role.Author);
        using var content = new Promised(most + 1);

        var answer = await client.PostAsync(new Uri(page, UriKind.Relative), content, Cancel);
        var shown = await answer.DocumentAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("What you sent is too large", shown.QuerySelector("main h1")!.TextContent);
        Assert.Contains(told, shown.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(page, shown.QuerySelector("main p a")!.GetAttribute("href"));
        Assert.NotNull(shown.QuerySelector("nav[aria-label=Main] a[href='/media']"));
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_too_many_fields_gets_it_too()
    {
        var client = await cms.ClientAsync(Role.Author);
        using var content = new FormUrlEncodedContent(Enumerable.Range(0, 1100).Select(at => KeyValuePair.Create($"f.{at}", "x")));

        var answer = await client.PostAsync(new Uri("/places/import", UriKind.Relative), content, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("more fields", (await answer.DocumentAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The server itself counts what comes, so this one is a real one.</summary>
    [Fact]
    public async Task A_form_that_does_not_say_how_long_it_is_is_counted()
    {
        var folder = RamFolder.Create("portal-sizes-");
        var settings = await CmsTestDatabase.AddAsync(new() { Data = folder.FullName, Url = "http://localhost:5080", Listen = "http://127.0.0.1:0", SiteUrl = string.Empty, Content = string.Empty });
        await using (var app = CmsHost.Build(settings, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton(TextWriter.Null));
        }))
        {
            await CmsHost.PrepareAsync(app, Cancel);
            await app.StartAsync(Cancel);
            using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
            using var content = new Endless(RequestSizes.Most + 1);

            var answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), content, Cancel);

            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            Assert.Equal("What you sent is too large", (await answer.DocumentAsync()).QuerySelector("main h1")!.TextContent);
        }

        await CmsTestDatabase.DropAsync(settings);
        folder.Delete(recursive: true);
    }

    /// <summary>A file that comes in pieces, with a length that nobody says.</summary>
    private sealed class Endless : HttpContent
    {
        private const string Boundary = "--words\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
        private readonly long length;

        public Endless(long length)
        {
            this.length = length;
            Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=words");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Boundary));
            var piece = new byte[1 << 20];
            for (long sent = 0; sent < length; sent += piece.Length) await stream.WriteAsync(piece.AsMemory(0, (int)Math.Min(piece.Length, length - sent)));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>A form that says how long it is and never comes: nothing of it may be needed for the answer.</summary>
    private sealed class Promised : HttpContent
    {
        public Promised(long length)
        {
            Headers.ContentType = new("application/x-www-form-urlencoded");
            Headers.ContentLength = length;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

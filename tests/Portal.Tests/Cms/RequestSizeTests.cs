using System.Net;

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

using System.Net;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Sharing;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>A partner without an account sees one text as the page it would be, and nothing else.</summary>
public sealed class ShareTests : IAsyncLifetime
{
    private const string Guide = PublishedSite.Guide;

    private PublishedSite site = null!; // Set before each test.
    private Account writer = null!;
    private HttpClient author = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site = await PublishedSite.StartAsync();
        writer = await site.Cms.PersonAsync(true, (Role.Author, string.Empty));
        author = await site.Cms.SignInAsync(writer);
    }

    public ValueTask DisposeAsync()
    {
        author.Dispose();
        return site.DisposeAsync();
    }

    [Fact]
    public async Task A_link_shows_the_shared_revision_without_an_account_and_without_the_cms()
    {
        await WriteAsync("Shared words. See [help](/help-now/).\n\n::: download media=kit/words.txt label=Words\n:::\n");
        var link = await ShareAsync();
        await WriteAsync("Later words.\n");

        using var answer = await site.Cms.Visitor().OpenAsync(link);
        var page = await answer.DocumentAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Shared words.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Later words.", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("noindex, nofollow, noarchive", answer.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.All(page.QuerySelectorAll("[href]").Select(each => each.GetAttribute("href")!).Where(href => href.StartsWith('/')), href => Assert.True(href.StartsWith("/assets/", StringComparison.Ordinal) || href.StartsWith(link + "/files/", StringComparison.Ordinal), href));
        Assert.NotNull(page.QuerySelector("a[href='https://localhelp.example/help-now/']"));
        using var file = await site.Cms.Visitor().OpenAsync(page.QuerySelector($"a[href^='{link}/files/']")!.GetAttribute("href")!);
        Assert.Equal("Words to share.\n", await file.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Every_style_and_script_of_a_shared_page_loads_for_a_visitor()
    {
        await WriteAsync("Shared words.\n");
        var visitor = site.Cms.Visitor();
        var page = await visitor.PageAsync(await ShareAsync());
        var named = page.QuerySelectorAll("link[rel=stylesheet], script[src]").Select(each => each.GetAttribute("href") ?? each.GetAttribute("src")!).ToList();

        Assert.NotEmpty(named);
        foreach (var address in named)
        {
            using var answer = await visitor.OpenAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_picture_that_is_not_public_yet_loads_in_its_preview()
    {
        await using (var database = site.Cms.Database())
        {
            var bytes = await File.ReadAllBytesAsync(Directory.EnumerateFiles(Path.Combine(A.Repository, "content", "media", "pictures")).First(file => Portal.Site.Media.PictureEncoder.Handles(file)), Cancel);
            database.Files.Add(new StoredFile { Hash = "1", Bytes = bytes });
            database.Media.Add(new() { Path = "kit/new-picture.jpg", Hash = "1", Length = bytes.Length, AddedAt = site.Cms.Now, AddedBy = "test" });
            await database.SaveChangesAsync(Cancel);
        }

        await WriteAsync("::: image media=kit/new-picture.jpg alt=\"A door\"\n:::\n");
        var page = await author.PageAsync("/documents/preview/" + Guide);
        var source = page.QuerySelector("picture img")!.GetAttribute("src")!;

        Assert.False(File.Exists(Path.Combine(site.Cms.Site, source.TrimStart('/'))));
        using var answer = await site.Cms.Visitor().OpenAsync(source);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_link_ends_by_its_days_and_by_hand()
    {
        var (short_, other) = (await ShareAsync("1"), await ShareAsync("14"));
        site.Cms.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await site.Cms.Visitor().OpenAsync(short_)).StatusCode);
        site.Cms.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NotFound, (await site.Cms.Visitor().OpenAsync(short_)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Cms.Visitor().OpenAsync(short_ + "/files/kit/words.txt")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await site.Cms.Visitor().OpenAsync(other)).StatusCode);

        author.Dispose();
        author = await site.Cms.SignInAsync(await site.Cms.PersonAsync(true, (Role.Author, string.Empty)));
        var id = (await site.Cms.Database().Set<PreviewLink>().OrderByDescending(link => link.ExpiresAt).FirstAsync(Cancel)).Id;
        await PublishedSite.DoAsync(author, "/documents/share/" + Guide, $"revoke {id}");

        Assert.Equal(HttpStatusCode.NotFound, (await site.Cms.Visitor().OpenAsync(other)).StatusCode);
    }

    [Fact]
    public async Task A_link_ends_when_its_text_leaves_the_site_and_one_that_is_made_then_shows_what_is_written_since()
    {
        var (old, file) = (await ShareAsync(), "/files/kit/words.txt");
        Assert.Equal(HttpStatusCode.OK, (await site.Cms.Visitor().OpenAsync(old)).StatusCode);
        await PublishedSite.DoAsync(author, "/documents/publish/" + Guide, "withdraw", ("reason", "A number is wrong"));

        Assert.Equal(HttpStatusCode.NotFound, (await site.Cms.Visitor().OpenAsync(old)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Cms.Visitor().OpenAsync(old + file)).StatusCode);
        await WriteAsync("Mended words.\n");
        Assert.Contains("Mended words.", (await site.Cms.Visitor().PageAsync(await ShareAsync())).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pages/places/hall/en.md", true)]
    [InlineData("pages/places/hall/pl.md", true)]
    [InlineData("pages/places/quiet/en.md", true)]
    [InlineData("pages/places/hall/en.md", false)]
    public async Task A_place_marked_confidential_is_seen_through_no_link_whether_or_not_it_was_public(string path, bool saved)
    {
        var basis = path.Replace("pl.md", "en.md", StringComparison.Ordinal);
        if (path.Contains("quiet", StringComparison.Ordinal)) await site.WriteAsync(writer, path, EntryText.PlaceKind, A.Point("Quiet", "address: {line1: 2 Canary Lane, town: Maidstone}\n"));
        if (path != basis) await site.WriteAsync(writer, path, EntryText.PlaceKind, A.Translation("Sala", string.Empty));
        var link = await ShareAsync(path: path, by: await site.Cms.ClientAsync(Role.CommunicationsLead));
        Assert.NotEqual(HttpStatusCode.NotFound, (await site.Cms.Visitor().OpenAsync(link)).StatusCode);

        if (saved) await author.SubmitAsync("/documents/edit/" + basis, "edit", ("f.confidential", "true"), ("act", "save"));
        else await site.Cms.SetAsync(path, entry => (entry.Live, entry.Confidential) = (null, true)); // The last wall, should a program forget the link.

        Assert.Equal(HttpStatusCode.NotFound, (await site.Cms.Visitor().OpenAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Cms.Visitor().OpenAsync(link + "/files/kit/words.txt")).StatusCode);
        Assert.Equal(saved, (await site.Cms.Database().Set<PreviewLink>().SingleAsync(Cancel)).RevokedAt is not null);
    }

    [Fact]
    public async Task Only_the_hash_is_kept_and_what_happened_is_noted_without_the_token()
    {
        var link = await ShareAsync();
        var token = link["/preview/".Length..];
        await site.Cms.Visitor().OpenAsync(link);
        await site.Cms.Visitor().OpenAsync(link);
        var kept = await site.Cms.Database().Set<PreviewLink>().SingleAsync(Cancel);
        await PublishedSite.DoAsync(author, "/documents/share/" + Guide, $"revoke {kept.Id}");

        Assert.True(token.Length >= 43);
        Assert.Equal(Token.Hash(token), kept.Hash);
        Assert.Equal(["preview.share", "preview.open", "preview.revoke"], await site.ActsAsync(Guide));
        Assert.DoesNotContain(await site.Cms.Database().Audit.ToListAsync(Cancel), row => row.Detail.Contains(token, StringComparison.Ordinal) || row.Detail.Contains(kept.Hash, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("15")]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task A_link_lives_from_one_to_fourteen_days(string days)
    {
        using var answer = await author.SubmitAsync("/documents/share/" + Guide, "share", ("days", days));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Empty(await site.Cms.Database().Set<PreviewLink>().ToListAsync(Cancel));
    }

    [Fact]
    public async Task Whoever_may_only_read_makes_no_link()
    {
        var reader = await site.Cms.ClientAsync(Role.Reviewer);

        Assert.DoesNotContain((await reader.PageAsync("/documents/share/" + Guide)).Forms, form => form.TextContent.Contains("Make a link", StringComparison.Ordinal));
        using var answer = await reader.SubmitAsync(await author.PageAsync("/documents/share/" + Guide), "/documents/share/" + Guide, "share", ("days", "7"));
        Assert.False(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_translation_is_shared_in_its_language()
    {
        const string Polish = "pages/help-now/pl.md";
        var translator = await site.Cms.TranslatorAsync("pl");
        using var made = await translator.SubmitAsync("/documents/share/" + Polish, "share", ("days", "7"));
        var link = new Uri((await made.DocumentAsync()).QuerySelector("#link")!.GetAttribute("value")!).AbsolutePath;

        Assert.Equal("pl", (await site.Cms.Visitor().PageAsync(link)).DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task A_preview_stands_in_a_frame_at_the_width_and_language_asked_for()
    {
        const string Page = "/documents/preview-at/pages/help-now/en.md";
        var frame = (await author.PageAsync(Page + "?width=768&language=pl")).QuerySelector("iframe")!;

        Assert.Equal(("768", "/documents/preview/pages/help-now/pl.md?frame=yes"), (frame.GetAttribute("width"), frame.GetAttribute("src")));
        Assert.Equal("320", (await author.PageAsync(Page + "?width=5")).QuerySelector("iframe")!.GetAttribute("width"));
        using var framed = await author.OpenAsync(frame.GetAttribute("src")!);
        using var alone = await author.OpenAsync("/documents/preview/pages/help-now/pl.md");
        Assert.Contains("frame-ancestors 'self'", framed.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", alone.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await site.Cms.Visitor().OpenAsync(frame.GetAttribute("src")!)).StatusCode);
    }

    private Task WriteAsync(string body) => site.WriteAsync(writer, Guide, "guidance", A.Guide("Staying safe", body));

    /// <summary>Makes a link; its path.</summary>
    private async Task<string> ShareAsync(string days = "7", string path = Guide, HttpClient? by = null)
    {
        using var made = await (by ?? author).SubmitAsync("/documents/share/" + path, "share", ("days", days));
        return new Uri((await made.DocumentAsync()).QuerySelector("#link")!.GetAttribute("value")!).AbsolutePath;
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using NetVips;

using Portal.Cms.Documents;
using Portal.Cms.Media;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The media library through its forms: what comes in, who may change it, and what of it reaches the public.</summary>
public sealed class MediaTests : IAsyncLifetime
{
    internal const string Guide = "pages/guides/staying-safe/en.md";
    internal const string Notes = "# kept as it is\nabout: Drawn for us\nfocus: { x: 10, y: 50 }\nalt:\n  en: A band of light\n  pl: Pas światła\n";

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A site whose one guide shows a picture.</summary>
    internal static Content.Reading.ContentFiles Content => A.Site((Guide, A.Guide("Staying safe", "Words.\n\n::: image media=pictures/band.png alt=\"A band\" shape=wide\n:::\n\n::: image media=pictures/band.png decorative=yes\n:::\n")), ("media/pictures/band.png.yaml", Notes))
        .With(("media/pictures/band.png", MediaSamples.Png(90, 30)));

    public async ValueTask InitializeAsync()
    {
        cms = await CmsFixture.StartAsync();
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(Content, Cancel);
    }

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task An_import_and_an_export_keep_files_and_the_texts_beside_them_to_the_byte()
    {
        await using var scope = cms.Services.CreateAsyncScope();
        var saved = await scope.ServiceProvider.GetRequiredService<SiteContent>().SavedAsync(Cancel);

        Assert.Equal(Content.Paths, saved.Paths);
        Assert.All(Content.Paths, path => Assert.Equal(Content.Bytes(path), saved.Bytes(path)));
        Assert.Equal(0, (await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(saved, Cancel)).Media);
    }

    [Fact]
    public async Task Several_files_come_in_at_once_and_a_refused_one_keeps_no_other_out()
    {
        var author = await cms.ClientAsync(Role.Author);

        var answer = await UploadAsync(author, [("Lamp One.PNG", MediaSamples.Png()), ("lamp-two.png", MediaSamples.Jpeg()), ("..\\..\\three.txt", "Words\n"u8.ToArray())], ("folder", "winter/lamps"), ("about", "For the campaign"));
        var page = await answer.DocumentAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("it is a JPEG picture", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["winter/lamps/lamp-one.png", "winter/lamps/three.txt"], page.QuerySelectorAll(".notice a").Select(link => link.TextContent));
        Assert.Equal("about: For the campaign\n", (await cms.Database().Media.SingleAsync(file => file.Path == "winter/lamps/three.txt", Cancel)).Notes);
        Assert.Equal(["winter/lamps/lamp-one.png", "winter/lamps/three.txt"], await cms.Database().Audit.Where(row => row.Act == "media.add").OrderBy(row => row.Number).Select(row => row.Subject).ToListAsync(Cancel));
    }

    [Theory]
    [InlineData("../out", "")]
    [InlineData("/..", "")]
    [InlineData("Kit", "")]
    [InlineData("kit", "Abuse words")]
    [InlineData("kit", "Ring 07700900123")]
    public async Task A_folder_or_name_that_leads_out_or_gives_away_is_refused(string folder, string name)
    {
        var author = await cms.ClientAsync(Role.Author);
        var before = await cms.Database().Media.CountAsync(Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await UploadAsync(author, [("a.txt", "Words\n"u8.ToArray())], ("folder", folder), ("name", name))).StatusCode);

        Assert.Equal(before, await cms.Database().Media.CountAsync(Cancel));
    }

    [Fact]
    public async Task What_no_public_text_names_is_not_published()
    {
        await UploadAsync(await cms.ClientAsync(Role.Author), [("unused.txt", "Nobody asked for this\n"u8.ToArray())], ("folder", "kit"));
        await UploadAsync(await cms.ClientAsync(Role.Author), [("unused.png", MediaSamples.Png())], ("folder", "kit"));

        await cms.PublishAsync();
        var files = Directory.EnumerateFiles(cms.Site, "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();

        Assert.Contains("words.txt", files);
        Assert.Contains(files, file => file!.StartsWith("band-", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file!.Contains("unused", StringComparison.Ordinal) || file.EndsWith(".yaml", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_a_text_names_is_neither_deleted_nor_moved()
    {
        var lead = await cms.ClientAsync(Role.CommunicationsLead);
        var page = await lead.PageAsync("/media/file/pictures/band.png");
        Assert.Contains("public and saved", page.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/documents/edit/" + Guide, page.QuerySelector("table a")!.GetAttribute("href"));
        Assert.DoesNotContain(page.Forms, form => form.TextContent.Contains("New folder", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Conflict, (await lead.SubmitAsync("/media/file/pictures/band.png", "delete")).StatusCode);

        Assert.Equal(2, await cms.Database().Media.CountAsync(Cancel));
        await using var scope = cms.Services.CreateAsyncScope();
        var media = scope.ServiceProvider.GetRequiredService<MediaStore>();
        Assert.False(await media.MoveAsync((await media.FindAsync("pictures/band.png", Cancel))!, "pictures/other.png", Portal.Cms.Audit.Actor.Import, Cancel));
    }

    [Fact]
    public async Task A_file_named_in_a_saved_or_a_public_text_alone_is_used()
    {
        var lead = await cms.ClientAsync(Role.CommunicationsLead);
        await UploadAsync(lead, [("draft.png", MediaSamples.Png())], ("folder", "pictures"));
        await lead.SubmitAsync("/documents/edit/" + Guide, "edit", ("b.1.a.media", "pictures/draft.png"), ("b.2.a.media", "pictures/draft.png"), ("act", "save"));

        Assert.Contains("saved, not public", (await lead.PageAsync("/media/file/pictures/draft.png")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("public; the saved text", (await lead.PageAsync("/media/file/pictures/band.png")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await lead.SubmitAsync("/media/file/pictures/draft.png", "delete")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await lead.SubmitAsync("/media/file/pictures/band.png", "delete")).StatusCode);
        Assert.Equal(["kit/words.txt", "pictures/band.png", "pictures/draft.png"], Listed(await lead.PageAsync("/media?use=used")));
        Assert.Empty(Listed(await lead.PageAsync("/media?use=unused")));
    }

    [Fact]
    public async Task An_unused_file_is_moved_and_deleted_with_its_bytes()
    {
        var lead = await cms.ClientAsync(Role.CommunicationsLead);
        await UploadAsync(lead, [("old.png", MediaSamples.Png(33, 33))], ("folder", "pictures"));
        var hash = (await cms.Database().Media.SingleAsync(file => file.Path == "pictures/old.png", Cancel)).Hash;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lead.SubmitAsync("/media/file/pictures/old.png", "move", ("path", "pictures/new.txt"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lead.SubmitAsync("/media/file/pictures/old.png", "move", ("path", "pictures/band.png"))).StatusCode);
        Assert.Equal("/media/file/winter/new.png?saved=yes", (await lead.SubmitAsync("/media/file/pictures/old.png", "move", ("path", "winter/new.png"))).Target());
        Assert.Equal("/media", (await lead.SubmitAsync("/media/file/winter/new.png", "delete")).Target());

        Assert.False(await cms.Database().Files.AnyAsync(file => file.Hash == hash, Cancel));
        Assert.Equal(["media.add", "media.move", "media.delete"], await cms.Database().Audit.Where(row => row.Act.StartsWith("media.")).OrderBy(row => row.Number).Select(row => row.Act).ToListAsync(Cancel));
    }

    [Fact]
    public async Task The_editor_offers_files_and_what_the_library_says_of_the_picture()
    {
        var page = await (await cms.ClientAsync(Role.Author)).PageAsync("/documents/edit/" + Guide);

        Assert.Equal("media-names", page.QuerySelector("[name='b.1.a.media']")!.GetAttribute("list"));
        Assert.Equal(["kit/words.txt", "pictures/band.png"], page.QuerySelectorAll("#media-names option").Select(option => option.GetAttribute("value")));
        Assert.Equal("A band of light", page.QuerySelector("#alt-names option")!.GetAttribute("value"));
        Assert.Equal("alt-names", page.QuerySelector("[name='b.1.a.alt']")!.GetAttribute("list"));
        Assert.Contains("In the library: A band of light", page.GetElementById("b.1.a.alt.hint")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/media/file/pictures/band.png", page.GetElementById("b.1.a.media.hint")!.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Files_are_found_by_name_description_folder_and_type()
    {
        var author = await cms.ClientAsync(Role.Author);

        Assert.Equal(["pictures/band.png"], Listed(await author.PageAsync("/media?q=drawn")));
        Assert.Equal(["kit/words.txt"], Listed(await author.PageAsync("/media?q=WORDS")));
        Assert.Equal(["kit/words.txt"], Listed(await author.PageAsync("/media?folder=kit")));
        Assert.Equal(["pictures/band.png"], Listed(await author.PageAsync("/media?type=picture")));
        Assert.Empty(Listed(await author.PageAsync("/media?type=video")));
    }

    [Fact]
    public async Task The_raw_bytes_run_as_nothing_and_a_thumbnail_is_a_small_picture()
    {
        var author = await cms.ClientAsync(Role.Author);
        var (picture, words, small) = (await author.OpenAsync("/media/raw/pictures/band.png"), await author.OpenAsync("/media/raw/kit/words.txt"), await author.OpenAsync("/media/thumb/240/pictures/band.png"));

        Assert.All([picture, words], answer => Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal));
        Assert.All([picture, words, small], answer => Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Null(picture.Content.Headers.ContentDisposition);
        Assert.Equal(("attachment", "words.txt"), (words.Content.Headers.ContentDisposition!.DispositionType, words.Content.Headers.ContentDisposition.FileName));
        Assert.Equal("image/webp", small.Content.Headers.ContentType!.MediaType);
        using var image = Image.NewFromBuffer(await small.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal((90, 30), (image.Width, image.Height));
        Assert.Equal(HttpStatusCode.NotFound, (await author.OpenAsync("/media/thumb/9000/pictures/band.png")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await author.OpenAsync("/media/raw/..%2f..%2fportal.db")).StatusCode);
    }

    [Fact]
    public async Task Only_who_may_write_uploads_and_only_the_lead_replaces_or_deletes()
    {
        var (reviewer, author) = (await cms.ClientAsync(Role.Reviewer), await cms.ClientAsync(Role.Author));
        await UploadAsync(author, [("mine.txt", "Words\n"u8.ToArray())], ("folder", "kit"));

        Assert.Equal(HttpStatusCode.Forbidden, (await reviewer.OpenAsync("/media/upload")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await cms.ClientAsync(Role.Auditor)).OpenAsync("/media/raw/kit/words.txt")).StatusCode);
        var lead = await (await cms.ClientAsync(Role.CommunicationsLead)).PageAsync("/media/file/kit/mine.txt");
        var page = await author.PageAsync("/media/file/kit/mine.txt");
        Assert.Equal(["describe"], page.Forms.Select(form => form.QuerySelector("input[name=_handler]")?.GetAttribute("value")).OfType<string>());
        using var forged = new FormUrlEncodedContent([new("_handler", "delete"), new("__RequestVerificationToken", page.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!)]);
        Assert.False((await author.PostAsync(new Uri("/media/file/kit/mine.txt", UriKind.Relative), forged, Cancel)).IsSuccessStatusCode);
        Assert.Equal(["describe", "replace", "move", "delete"], lead.Forms.Select(form => form.QuerySelector("input[name=_handler]")?.GetAttribute("value")).OfType<string>());
        Assert.True(await cms.Database().Media.AnyAsync(file => file.Path == "kit/mine.txt", Cancel));
    }

    [Fact]
    public async Task An_upload_without_its_token_is_refused()
    {
        var author = await cms.ClientAsync(Role.Author);
        using var content = Multipart("upload", string.Empty, [("a.txt", "Words\n"u8.ToArray())], []);

        Assert.Equal(HttpStatusCode.BadRequest, (await author.PostAsync(new Uri("/media/upload", UriKind.Relative), content, Cancel)).StatusCode);
        Assert.Equal(2, await cms.Database().Media.CountAsync(Cancel));
    }

    [Fact]
    public void Large_requests_are_taken_by_the_pages_that_take_files_alone()
    {
        var large = cms.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata>()?.MaxRequestBodySize == MediaType.MostUpload);

        Assert.Equal(["/media/file/{*Path}", "/media/upload"], large.Select(route => route.RoutePattern.RawText).Order(StringComparer.Ordinal));
    }

    private static List<string> Listed(AngleSharp.Html.Dom.IHtmlDocument page) => [.. page.QuerySelectorAll(".media a").Select(link => link.TextContent.Trim())];

    private static Task<HttpResponseMessage> UploadAsync(HttpClient client, (string Name, byte[] Bytes)[] files, params (string, string)[] fields) =>
        SendAsync(client, "/media/upload", "upload", files, fields);

    /// <summary>Sends a form of a page with files, as a browser does.</summary>
    internal static async Task<HttpResponseMessage> SendAsync(HttpClient client, string page, string form, (string Name, byte[] Bytes)[] files, (string, string)[] fields) =>
        await SendAsync(client, await client.PageAsync(page), page, form, files, fields);

    /// <summary>As above, from a page that was opened earlier.</summary>
    internal static async Task<HttpResponseMessage> SendAsync(HttpClient client, AngleSharp.Html.Dom.IHtmlDocument opened, string page, string form, (string Name, byte[] Bytes)[] files, (string, string)[] fields)
    {
        var token = opened.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var hidden = opened.QuerySelectorAll("main form").Where(each => each.QuerySelector("input[name=_handler]")?.GetAttribute("value") == form).SelectMany(each => each.QuerySelectorAll("input[name=hash]"));
        using var content = Multipart(form, token, files, [.. fields, .. hidden.Select(input => ("hash", input.GetAttribute("value")!))]);
        return await client.PostAsync(new Uri(page, UriKind.Relative), content, Cancel);
    }

    private static MultipartFormDataContent Multipart(string form, string token, (string Name, byte[] Bytes)[] files, (string Name, string Value)[] fields)
    {
        var content = new MultipartFormDataContent { { new StringContent(form), "_handler" }, { new StringContent(token), "__RequestVerificationToken" } };
        foreach (var (name, value) in fields) content.Add(new StringContent(value, Encoding.UTF8), name);
        foreach (var (name, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/png"); // Whatever a browser says: nobody asks it.
            content.Add(part, "files", name);
        }

        return content;
    }
}

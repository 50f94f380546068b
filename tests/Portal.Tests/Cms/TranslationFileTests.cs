using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Staff;
using Portal.Cms.Translations;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Files for agencies and interface words through the forms.</summary>
public sealed class TranslationFileTests : IAsyncLifetime
{
    private const string Page = "/translations/xliff";
    private const string Strings = "/translations/strings/pl";
    private const string Path = "pages/home/pl.md";

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsFixture.StartAsync();
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site(), Cancel);
    }

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task A_file_is_tried_first_and_then_taken_in()
    {
        var translator = await cms.TranslatorAsync("pl");
        var file = await translator.GetStringAsync(new Uri(Page + "/chosen?language=pl&documents=home", UriKind.Relative), Cancel);
        Assert.Equal("home", (string?)Assert.Single(XDocument.Parse(file).Root!.Elements(XliffText.Core + "file")).Attribute("original"));
        var changed = file.Replace(">Ty decydujesz.<", ">Ty wybierasz.<", StringComparison.Ordinal);
        Assert.NotEqual(file, changed);

        var tried = await UploadAsync(translator, "pl", changed, "try");
        Assert.Contains("What the file would change", tried.Text, StringComparison.Ordinal);
        Assert.Equal(1, await RevisionsAsync());
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync(translator, "pl", changed, "take")).Status);

        Assert.Equal(2, await RevisionsAsync());
        var entry = await cms.Database().Entries.SingleAsync(entry => entry.Path == Path, Cancel);
        Assert.Equal("needs-review", entry.Progress);
        Assert.Equal(1, await cms.Database().Audit.CountAsync(row => row.Act == "translation.import", Cancel));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>")]
    [InlineData("<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\"/>")]
    [InlineData("<xliff version=\"2.1\" trgLang=\"ur\" xmlns=\"urn:oasis:names:tc:xliff:document:2.0\"/>")]
    [InlineData("no xml")]
    public async Task A_file_of_another_sort_is_refused_whole(string file)
    {
        var refused = await UploadAsync(await cms.TranslatorAsync("pl"), "pl", file, "take");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.DoesNotContain("root:", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await cms.Database().Audit.CountAsync(row => row.Act == "translation.import", Cancel));
    }

    [Fact]
    public async Task A_translator_of_Polish_takes_no_Urdu_file_in()
    {
        var urdu = await (await cms.TranslatorAsync("ur")).GetStringAsync(new Uri(Page + "/ur.xlf", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, (await UploadAsync(await cms.TranslatorAsync("pl"), "ur", urdu.Replace("آغاز", "شروع", StringComparison.Ordinal), "take")).Status);

        Assert.Equal(1, await cms.Database().Revisions.CountAsync(revision => revision.Path == "pages/home/ur.md", Cancel));
    }

    [Fact]
    public async Task Interface_words_are_saved_key_by_key_and_keep_every_other_byte()
    {
        var translator = await cms.TranslatorAsync("pl");
        var before = A.Site().Text("strings/pl.yaml");

        Assert.Equal(HttpStatusCode.Redirect, (await translator.SubmitAsync(Strings, "edit", ("s.skip", "Do treści: teraz"), ("act", "save"))).StatusCode);

        Assert.Equal(before.Replace("skip: Przejdź do głównej treści", "skip: \"Do treści: teraz\"", StringComparison.Ordinal), await HeadAsync("strings/pl.yaml"));
        Assert.Equal(HttpStatusCode.OK, (await translator.OpenAsync("/documents/publish/strings/pl.yaml")).StatusCode);
    }

    [Fact]
    public async Task Placeholders_stay_and_a_missing_key_is_named()
    {
        var translator = await cms.TranslatorAsync("pl");

        var refused = await translator.SubmitAsync(Strings, "edit", ("s.demo", "Bez numeru."), ("s.skip", " "), ("act", "save"));
        var page = await refused.DocumentAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("'demo' has no name in braces where English has {number}.", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("'skip' has no words.", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("input[name='s.safety.link'][lang=pl]"));
        Assert.Equal(1, await cms.Database().Revisions.CountAsync(revision => revision.Path == "strings/pl.yaml", Cancel));
    }

    [Fact]
    public async Task English_interface_words_are_the_communications_lead_s()
    {
        var (author, lead) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.CommunicationsLead));

        Assert.Equal(HttpStatusCode.Forbidden, (await author.SubmitAsync("/translations/strings/en", "edit", ("s.skip", "Skip"), ("act", "save"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await lead.SubmitAsync("/translations/strings/en", "edit", ("s.skip", "Skip"), ("act", "save"))).StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string Text)> UploadAsync(HttpClient client, string language, string file, string act)
    {
        var form = (await client.PageAsync(Page)).Forms.Single(each => each.QuerySelector("input[name=_handler]")?.GetAttribute("value") == "import");
        using var content = new MultipartFormDataContent();
        foreach (var input in form.QuerySelectorAll("input[type=hidden]")) content.Add(new StringContent(input.GetAttribute("value")!), input.GetAttribute("name")!);
        content.Add(new StringContent(language), "language");
        content.Add(new StringContent(act), "act");
        var bytes = new ByteArrayContent(Encoding.UTF8.GetBytes(file));
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/xliff+xml");
        content.Add(bytes, "file", "words.xlf");
        using var response = await client.PostAsync(new Uri(Page, UriKind.Relative), content, Cancel);
        return (response.StatusCode, (await response.DocumentAsync()).Body!.TextContent);
    }

    private Task<int> RevisionsAsync() => cms.Database().Revisions.CountAsync(revision => revision.Path == Path, Cancel);

    private async Task<string> HeadAsync(string path)
    {
        await using var database = cms.Database();
        var head = (await database.Entries.SingleAsync(entry => entry.Path == path, Cancel)).Head;
        return (await database.Revisions.SingleAsync(revision => revision.Id == head, Cancel)).Text;
    }
}

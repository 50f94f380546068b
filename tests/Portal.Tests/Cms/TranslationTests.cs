using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;
using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Translations beside their English: what is stale, who may touch it, what goes live.</summary>
public sealed class TranslationTests : IAsyncLifetime
{
    private const string Id = "guides/staying-safe";
    private const string English = "pages/guides/staying-safe/en.md";
    private const string Polish = "pages/guides/staying-safe/pl.md";
    private const string Urdu = "pages/guides/staying-safe/ur.md";
    private const string EditEnglish = "/documents/edit/" + English;
    private const string InPolish = "/translations/edit/pl/" + Id;
    private const string InUrdu = "/translations/edit/ur/" + Id;

    private static readonly string Basis = A.Guide("Staying safe", "First words.\n\n## Second\n\nSecond words.\n\n::: callout title=Third\nThird words.\n:::\n");
    private static readonly string PolishText = Stamped(A.Translation("Bezpieczeństwo", "Pierwsze.\n\n## Drugie\n\nDrugie.\n\n::: callout title=Trzecie\nTrzecie.\n:::\n"));
    private static readonly string UrduText = Stamped(A.Translation("حفاظت", "پہلا۔\n\n## دوسرا\n\nدوسرا۔\n\n::: callout title=تیسرا\nتیسرا۔\n:::\n"));

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsFixture.StartAsync();
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site((English, Basis), (Polish, PolishText), (Urdu, UrduText)), Cancel);
    }

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task One_changed_English_block_is_stale_in_every_language_and_only_that_one()
    {
        var author = await cms.ClientAsync(Role.Author);
        Assert.Equal((6, 0), await CountAsync(Polish));

        await SaveAsync(author, ("b.1.words", "## Second\n\nOther words."));

        Assert.Equal((6, 1), await CountAsync(Polish));
        Assert.Equal((6, 1), await CountAsync(Urdu));
        var page = await (await cms.TranslatorAsync("pl")).PageAsync(InPolish);
        Assert.Equal("the English changed", Assert.Single(page.QuerySelectorAll(".tag--stale"), tag => tag.TextContent == "the English changed").TextContent);
        Assert.Contains("Other", page.QuerySelector("#b\\.1 ins")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("## Drugie\n\nDrugie.", page.QuerySelector("textarea[name='b.1.words']")!.TextContent);
        Assert.Equal("pl", page.QuerySelector("textarea[name='b.1.words']")!.GetAttribute("lang"));
        Assert.Equal("rtl", (await (await cms.TranslatorAsync("ur")).PageAsync(InUrdu)).QuerySelector("textarea[name='b.1.words']")!.GetAttribute("dir"));
    }

    [Fact]
    public async Task A_save_without_a_change_makes_no_revision_and_nothing_stale()
    {
        var (author, translator) = (await cms.ClientAsync(Role.Author), await cms.TranslatorAsync("pl"));

        await SaveAsync(author);
        Assert.Equal(HttpStatusCode.Redirect, (await translator.SubmitAsync(InPolish, "edit", ("act", "save"))).StatusCode);

        Assert.Equal(PolishText, await TextAsync(Polish));
        Assert.Equal(1, await cms.Database().Revisions.CountAsync(revision => revision.Path == Polish, Cancel));
        Assert.Equal((6, 0), await CountAsync(Polish));
    }

    [Fact]
    public async Task A_moved_English_block_makes_nothing_stale()
    {
        var author = await cms.ClientAsync(Role.Author);
        var moved = await (await author.SubmitAsync(EditEnglish, "edit", ("act", "up:2"))).DocumentAsync();

        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync(moved, EditEnglish, "edit", ("act", "save"))).StatusCode);

        Assert.Contains("Third words.\n:::\n\n## Second", await TextAsync(English), StringComparison.Ordinal);
        Assert.Equal((6, 0), await CountAsync(Polish));
    }

    [Fact]
    public async Task A_stale_block_becomes_fresh_by_new_words_or_by_a_tick_and_not_by_saving()
    {
        var (author, translator) = (await cms.ClientAsync(Role.Author), await cms.TranslatorAsync("pl"));
        await SaveAsync(author, ("b.1.words", "## Second\n\nOther words."), ("b.2.words", "Other third words."));

        await translator.SubmitAsync(InPolish, "edit", ("f.summary", "Inaczej."), ("act", "save"));
        Assert.Equal((6, 2), await CountAsync(Polish));
        await translator.SubmitAsync(InPolish, "edit", ("b.1.words", "## Drugie\n\nInne."), ("act", "save"));
        Assert.Equal((6, 1), await CountAsync(Polish));
        await translator.SubmitAsync(InPolish, "edit", ("b.2.right", "yes"), ("act", "save"));

        Assert.Equal((6, 0), await CountAsync(Polish));
        Assert.Equal(Stamp.OfBlocks(DocumentText.Parse(await TextAsync(English))), string.Join(' ', TranslationMatch.HashesOf(DocumentText.Parse(await TextAsync(Polish)))));
        Assert.Contains("Trzecie.", await TextAsync(Polish), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_translation_is_made_block_by_block_with_the_facts_of_the_English()
    {
        var translator = await cms.TranslatorAsync("pl");
        const string page = "/translations/edit/pl/guides/marriage-choice";
        var opened = await translator.PageAsync(page);
        Assert.Contains("missing", opened.QuerySelector(".bar .tag")!.TextContent, StringComparison.Ordinal);

        var copied = await (await translator.SubmitAsync(page, "edit", ("act", "copy:1"))).DocumentAsync();
        Assert.Equal("## What you can do\n\nTake your time.", copied.QuerySelector("textarea[name='b.1.words']")!.TextContent);
        Assert.Null(await cms.Database().Entries.FirstOrDefaultAsync(entry => entry.Path == "pages/guides/marriage-choice/pl.md", Cancel));

        Assert.Equal(HttpStatusCode.Redirect, (await translator.SubmitAsync(page, "edit", ("f.title", "Twój wybór"), ("b.1.words", "## Co możesz zrobić\n\nNie spiesz się."), ("act", "save"))).StatusCode);

        var entry = await cms.Database().Entries.SingleAsync(entry => entry.Path == "pages/guides/marriage-choice/pl.md", Cancel);
        Assert.Equal(("needs-review", 5, 3, "Twój wybór"), (entry.Progress, entry.Parts, entry.Stale, entry.Title));
        Assert.Contains("in translation (3 of 5 parts to do)", (await translator.PageAsync("/translations?q=marriage")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_translation_whose_blocks_would_come_apart_is_not_saved()
    {
        var translator = await cms.TranslatorAsync("pl");

        var refused = await translator.SubmitAsync(InPolish, "edit", ("b.1.words", "## Drugie\n\nA\n\n## Trzecie\n\nB"), ("act", "save"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("comes apart", (await refused.DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(PolishText, await TextAsync(Polish));
    }

    [Fact]
    public async Task Facts_that_are_sent_with_a_translation_are_not_taken()
    {
        var translator = await cms.TranslatorAsync("pl");

        await translator.SubmitAsync(InPolish, "edit", ("b.2.kind", "action"), ("b.2.a.href", "https://example.org/"), ("b.2.a.tone", "danger"), ("f.owner", "Mine"), ("b.2.words", "Inne."), ("act", "save"));

        Assert.Contains("::: callout title=Trzecie\nInne.\n:::\n", await TextAsync(Polish), StringComparison.Ordinal);
        Assert.DoesNotContain("owner", await TextAsync(Polish), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_save_gets_both_texts_and_loses_none()
    {
        var (one, other) = (await cms.TranslatorAsync("pl"), await cms.TranslatorAsync("pl"));
        var theirs = await other.PageAsync(InPolish);
        await one.SubmitAsync(InPolish, "edit", ("b.0.words", "Jedno."), ("act", "save"));

        var refused = await other.SubmitAsync(theirs, InPolish, "edit", ("b.0.words", "Drugie."), ("act", "save"));
        var page = await refused.DocumentAsync();

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Contains("Jedno", page.QuerySelector(".errors ins")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Drugie.", page.QuerySelector("textarea[name='b.0.words']")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await other.SubmitAsync(page, InPolish, "edit", ("act", "save"))).StatusCode);
        Assert.Contains("Drugie.", await TextAsync(Polish), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reviewed_needs_a_second_person_and_ends_with_the_next_change()
    {
        var (translator, second, author) = (await cms.TranslatorAsync("pl"), await cms.TranslatorAsync("pl"), await cms.ClientAsync(Role.Author));
        await translator.SubmitAsync(InPolish, "edit", ("b.0.words", "Inne."), ("state", "needs-review"), ("act", "save"));
        Assert.Null(Form(await translator.PageAsync(InPolish), "review"));
        Assert.Contains("You wrote part of this.", (await translator.PageAsync(InPolish)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(Form(await author.PageAsync(InPolish), "review"));

        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync(InPolish, "review")).StatusCode);

        Assert.Contains("state: reviewed\n", await TextAsync(Polish), StringComparison.Ordinal);
        Assert.Contains("reviewedOn: 2026-12-01\n", await TextAsync(Polish), StringComparison.Ordinal);
        Assert.Contains("reviewed (Person", (await second.PageAsync("/translations?language=pl&q=staying")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await cms.Database().Audit.CountAsync(row => row.Act == "translation.review", Cancel));
        await second.SubmitAsync(InPolish, "edit", ("b.0.words", "Znowu inne."), ("state", "reviewed"), ("act", "save"));
        Assert.Contains("state: needs-review\n", await TextAsync(Polish), StringComparison.Ordinal);
        Assert.DoesNotContain("reviewedBy", await TextAsync(Polish), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_keeps_what_is_typed_and_a_stale_block_stale()
    {
        var (author, translator) = (await cms.ClientAsync(Role.Author), await cms.TranslatorAsync("pl"));
        await SaveAsync(author, ("b.1.words", "## Second\n\nOther words."));
        var page = await translator.PageAsync(InPolish);
        using var typed = new FormUrlEncodedContent(page.QuerySelectorAll("form.editor input[name], form.editor textarea[name]").Where(input => input.GetAttribute("type") != "checkbox")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("name") == "b.1.words" ? "## Drugie\n\nPół zda" : input.GetAttribute("value") ?? input.TextContent)));

        Assert.Equal(HttpStatusCode.NoContent, (await translator.PostAsync(new Uri("/translations/draft/pl/" + Id, UriKind.Relative), typed, Cancel)).StatusCode);

        var again = await translator.PageAsync(InPolish);
        Assert.Equal("## Drugie\n\nPół zda", again.QuerySelector("textarea[name='b.1.words']")!.TextContent);
        Assert.NotNull(again.QuerySelector("input[name='b.1.right']"));
        Assert.Equal(PolishText, await TextAsync(Polish));
        await translator.SubmitAsync(InPolish, "edit", ("act", "save"));
        Assert.Equal((6, 0), await CountAsync(Polish));
    }

    [Fact]
    public async Task The_matrix_filters_by_state_and_counts_each_language()
    {
        var author = await cms.ClientAsync(Role.Author);
        await SaveAsync(author, ("b.1.words", "## Second\n\nOther words."));

        var stale = await author.PageAsync("/translations?state=stale&language=pl&q=staying");

        Assert.Equal("Staying safe", Assert.Single(stale.QuerySelectorAll("table.matrix tbody th a")).TextContent);
        Assert.Equal("stale (1 of 6 parts)", stale.QuerySelector("table.matrix td a")!.TextContent);
        Assert.Contains(stale.QuerySelectorAll("a"), link => link.GetAttribute("aria-label") == "Polish, Stale: 4");
        Assert.DoesNotContain((await author.PageAsync("/translations?state=missing&language=pl")).QuerySelectorAll("table.matrix tbody th a"), link => link.TextContent == "Staying safe");
        Assert.Empty((await author.PageAsync("/translations?state=reviewed")).QuerySelectorAll("table.matrix"));
    }

    [Theory]
    [InlineData("/documents/edit/" + Urdu + "?whole=yes")]
    [InlineData("/documents/checks/" + Urdu)]
    [InlineData("/documents/share/" + Urdu)]
    [InlineData("/documents/preview-at/" + Urdu)]
    [InlineData("/documents/history/" + Urdu)]
    [InlineData("/documents/preview/" + Urdu)]
    [InlineData("/documents/publish/" + Urdu)]
    [InlineData("/translations/edit/ur/" + Id)]
    [InlineData("/translations/xliff/ur.xlf")]
    [InlineData("/translations/xliff/chosen?language=ur&documents=" + Id)]
    [InlineData("/translations/strings/ur")]
    public async Task A_translator_of_Polish_finds_no_Urdu(string page)
    {
        var (polish, urdu) = (await cms.TranslatorAsync("pl"), await cms.TranslatorAsync("ur"));

        Assert.Equal(HttpStatusCode.NotFound, (await polish.OpenAsync(page)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await urdu.OpenAsync(page)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await polish.OpenAsync("/documents/history/" + English)).StatusCode);
    }

    [Theory]
    [InlineData("/documents/draft/" + Urdu)]
    [InlineData("/translations/draft/ur/" + Id)]
    [InlineData("/translations/strings-draft/ur")]
    public async Task A_translator_of_Polish_keeps_no_Urdu_draft(string address)
    {
        var polish = await cms.TranslatorAsync("pl");
        var token = (await polish.PageAsync(InPolish)).QuerySelector("form.editor input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var typed = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);

        Assert.Equal(HttpStatusCode.NotFound, (await polish.PostAsync(new Uri(address, UriKind.Relative), typed, Cancel)).StatusCode);
        Assert.Equal(0, await cms.Database().Drafts.CountAsync(Cancel));
    }

    [Fact]
    public async Task Lists_show_a_translator_their_language_and_English_alone()
    {
        var polish = await cms.TranslatorAsync("pl");

        var documents = await polish.PageAsync("/documents?q=staying");
        Assert.Equal(["en", "pl"], documents.QuerySelectorAll("table.list tbody tr td:nth-child(3)").Select(cell => cell.TextContent).Order());
        var matrix = await polish.PageAsync("/translations");
        Assert.DoesNotContain("Urdu", matrix.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Polish", matrix.Body.TextContent, StringComparison.Ordinal);
        Assert.Empty((await polish.PageAsync("/translations?language=ur")).QuerySelectorAll("table.matrix td"));
    }

    [Fact]
    public async Task A_grant_names_a_language_the_site_has()
    {
        var owner = await cms.ClientAsync(Role.Owner);

        var refused = await owner.SubmitAsync("/staff", "invite", ("name", "Jo"), ("email", "jo@example.org"), ("roles", "Translator"), ("languages", "pl xx"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("The site has no language xx.", (await refused.DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await owner.SubmitAsync("/staff", "invite", ("name", "Jo"), ("email", "jo@example.org"), ("roles", "Translator"), ("languages", "pl ur"))).StatusCode);
    }

    private static AngleSharp.Html.Dom.IHtmlFormElement? Form(AngleSharp.Html.Dom.IHtmlDocument page, string name) =>
        page.Forms.SingleOrDefault(each => each.QuerySelector("input[name=_handler]")?.GetAttribute("value") == name);

    private static string Stamped(string translation) => TranslationStamps.Write(DocumentText.Parse(translation), DocumentText.Parse(Basis), typeof(Guidance)).ToString();

    private static async Task SaveAsync(HttpClient author, params (string Name, string Value)[] fields) =>
        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync(EditEnglish, "edit", [.. fields, ("act", "save")])).StatusCode);

    private async Task<(int Parts, int Stale)> CountAsync(string path)
    {
        var entry = await cms.Database().Entries.AsNoTracking().SingleAsync(entry => entry.Path == path, Cancel);
        return (entry.Parts, entry.Stale);
    }

    private async Task<string> TextAsync(string path)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<SiteContent>().SavedAsync(Cancel)).Text(path);
    }
}

using System.Net;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What somebody typed and did not save: wherever it was typed it stands there again, and nobody's text goes under for it.</summary>
public sealed class DraftTests : IAsyncLifetime
{
    private const string Guide = "pages/guides/staying-safe/en.md";
    private const string Edit = "/documents/edit/" + Guide;
    private const string Beside = "/translations/edit/pl/guides/staying-safe";
    private const string Safe = "pages/places/somewhere-safe/en.md";

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cms = await CmsContent.TakeInAsync(A.Site((Guide, A.Guide("Staying safe", "First words.\n")), (Safe, A.Point("Somewhere safe", string.Empty, "refuge"))));

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task Whoever_comes_back_to_a_draft_is_told_what_was_saved_since()
    {
        var (one, other) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Author));
        Assert.Equal(HttpStatusCode.NoContent, (await one.KeepAsync(await one.PageAsync(Edit), ("b.0.words", "Mine."))).StatusCode);
        await other.SubmitAsync(Edit, "edit", ("b.0.words", "Theirs."), ("act", "save"));

        var page = await one.PageAsync(Edit);

        Assert.Contains("Theirs", page.QuerySelector(".errors ins")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Mine.", page.QuerySelector("[name='b.0.words']")!.TextContent);
    }

    [Fact]
    public async Task A_draft_typed_in_a_page_that_was_open_before_somebody_saved_tells_it_too()
    {
        var (one, other) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Author));
        var open = await one.PageAsync(Edit);
        await other.SubmitAsync(Edit, "edit", ("b.0.words", "Theirs."), ("act", "save"));
        await one.KeepAsync(open, ("b.0.words", "Mine."));

        Assert.NotNull((await one.PageAsync(Edit)).QuerySelector(".errors ins"));

        await one.KeepAsync(await one.PageAsync(Edit), ("b.0.words", "Mine, and I saw theirs."));
        Assert.Null((await one.PageAsync(Edit)).QuerySelector(".errors"));
    }

    [Fact]
    public async Task A_draft_of_the_whole_text_is_shown_whole_where_the_other_screen_would_leave_part_of_it_out()
    {
        const string whole = "/documents/edit/pages/guides/staying-safe/pl.md?whole=yes";
        var translator = await cms.TranslatorAsync("pl");
        await translator.SubmitAsync(Beside, "edit", ("f.title", "Tytul"), ("act", "save"));
        Assert.Equal(HttpStatusCode.OK, (await translator.OpenAsync(Beside)).StatusCode);

        var longer = await (await translator.SubmitAsync(whole, "edit", ("act", "add:quote"))).DocumentAsync();
        var added = longer.QuerySelectorAll("textarea[name^='b.']")[^1].GetAttribute("name")!;
        Assert.Equal(HttpStatusCode.NoContent, (await translator.KeepAsync(longer, (added, "Dodane."))).StatusCode);

        Assert.Equal(whole, (await translator.OpenAsync(Beside)).Target());
        Assert.Equal(whole + "&saved=yes", (await translator.OpenAsync(Beside + "?saved=yes")).Target());
        Assert.Equal(Beside + "?saved=yes", (await translator.OpenAsync("/documents/edit/pages/guides/staying-safe/pl.md?saved=yes")).Target());
        Assert.Contains("Dodane.", (await translator.PageAsync(whole)).QuerySelectorAll("textarea").Select(area => area.TextContent));
    }

    [Fact]
    public async Task A_translation_and_interface_words_tell_it_too()
    {
        var (one, other) = (await cms.TranslatorAsync("pl"), await cms.TranslatorAsync("pl"));
        await one.SubmitAsync(Beside, "edit", ("f.title", "Tytul"), ("act", "save"));
        await one.KeepAsync(await one.PageAsync(Beside), ("f.title", "Moj"));
        await other.SubmitAsync(Beside, "edit", ("f.title", "Ich"), ("act", "save"));
        const string strings = "/translations/strings/pl";
        var input = (await one.PageAsync(strings)).QuerySelector("form.editor input[lang='pl'], form.editor textarea[lang='pl']")!.GetAttribute("name")!;
        await one.KeepAsync(await one.PageAsync(strings), (input, "Moje"));
        await other.SubmitAsync(strings, "edit", (input, "Ich"), ("act", "save"));

        Assert.Contains("Ich", (await one.PageAsync(Beside)).QuerySelector(".errors ins")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ich", (await one.PageAsync(strings)).QuerySelector(".errors ins")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_place_beside_the_English_text_is_refused_with_the_words_kept()
    {
        var translator = await cms.TranslatorAsync("pl");
        const string page = "/translations/edit/pl/places/somewhere-safe";

        var refused = await translator.SubmitAsync(page, "edit", ("f.title", "Dom, ME14 1XX"), ("act", "save"));
        var shown = await refused.DocumentAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("A refuge's place is never written down", shown.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Dom, ME14 1XX", shown.QuerySelector("[name='f.title']")!.GetAttribute("value"));
        var kept = await translator.KeepAsync(await translator.PageAsync(page), ("f.title", "Dom, ME14 1XX"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, kept.StatusCode);
        Assert.StartsWith("A refuge's place", await kept.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_the_database_refuses_keeps_a_translators_words()
    {
        var translator = await cms.TranslatorAsync("pl");
        await CmsTestDatabase.RefuseAsync(cms.Database(), "Revisions");

        var failed = await translator.SubmitAsync(Beside, "edit", ("f.title", "Tytul"), ("act", "save"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Equal("Tytul", (await failed.DocumentAsync()).QuerySelector("[name='f.title']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Settings_and_tables_keep_what_was_typed_for_its_writer_alone()
    {
        var (owner, other) = (await cms.ClientAsync(Role.Owner), await cms.ClientAsync(Role.Owner));
        const string rows = "/data/bank-holidays.yaml";
        const string file = "/data/towns.csv";
        var before = await cms.SavedAsync("data/towns.csv");
        var typed = before + "Whitstable, half a r";

        Assert.Equal(HttpStatusCode.NoContent, (await owner.KeepAsync(await owner.PageAsync("/settings"), ("f.leave.url", "https://www.example.org/half"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.KeepAsync(await owner.PageAsync(rows), ("f.days.0.title", "Half a ti"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.KeepAsync(await owner.PageAsync(file), ("text", typed))).StatusCode);

        Assert.Equal("https://www.example.org/half", (await owner.PageAsync("/settings")).QuerySelector("[name='f.leave.url']")!.GetAttribute("value"));
        Assert.Equal("Half a ti", (await owner.PageAsync(rows)).QuerySelector("[name='f.days.0.title']")!.GetAttribute("value"));
        Assert.Equal(typed, (await owner.PageAsync(file)).QuerySelector("[name='text']")!.TextContent);
        Assert.Equal(before, (await other.PageAsync(file)).QuerySelector("[name='text']")!.TextContent);
        Assert.Equal([rows, file, "/settings"], (await owner.PageAsync("/")).QuerySelectorAll("main a").Select(link => link.GetAttribute("href")).Where(link => link is "/settings" or rows or file).Order(StringComparer.Ordinal));
        await owner.SubmitAsync(file, "discard");
        Assert.Equal(before, (await owner.PageAsync(file)).QuerySelector("[name='text']")!.TextContent);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.SubmitAsync(rows, "edit", ("act", "save"))).StatusCode);
        Assert.Contains("title: Half a ti", await cms.SavedAsync("data/bank-holidays.yaml"), StringComparison.Ordinal);
        Assert.Null((await owner.PageAsync(rows)).QuerySelector("form.editor ~ .notice, .notice form"));
    }

    [Fact]
    public async Task Settings_typed_as_text_are_shown_as_text_where_the_form_would_leave_part_of_them_out()
    {
        var owner = await cms.ClientAsync(Role.Owner, Role.CommunicationsLead);
        var typed = await cms.SavedAsync("settings.yaml") + "# Why it is so.\n";
        Assert.Equal(HttpStatusCode.NoContent, (await owner.KeepAsync(await owner.PageAsync("/settings?as=text"), ("text", typed))).StatusCode);

        Assert.Equal(typed, (await owner.PageAsync("/settings")).QuerySelector("[name='text']")?.TextContent);

        await owner.SubmitAsync("/redirects", "add", ("from", "/staying-out/"), ("to", "/guides/staying-safe/"));
        var page = await owner.PageAsync("/settings");
        Assert.Equal(typed, page.QuerySelector("[name='text']")?.TextContent);
        Assert.Contains("/staying-out/", page.QuerySelector(".errors ins")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_submitted_a_text_and_writes_on_is_not_told_that_somebody_saved()
    {
        const string publish = "/documents/publish/" + Guide;
        var (author, reviewer, translator) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Reviewer), await cms.TranslatorAsync("pl"));
        await author.SubmitAsync(Edit, "edit", ("b.0.words", "Second."), ("act", "save"));
        var open = await author.PageAsync(Edit);
        await author.SubmitAsync(publish, "submit");
        await author.KeepAsync(open, ("b.0.words", "Third."));
        Assert.Null((await author.PageAsync(Edit)).QuerySelector(".errors"));

        Assert.Equal(HttpStatusCode.Redirect, (await reviewer.SubmitAsync(publish, "decide", ("act", "approve"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync(open, Edit, "edit", ("b.0.words", "Third."), ("act", "save"))).StatusCode);
        Assert.Contains("Third.", await cms.SavedAsync(Guide), StringComparison.Ordinal);

        await translator.SubmitAsync(Beside, "edit", ("f.title", "Tytul"), ("act", "save"));
        var beside = await translator.PageAsync(Beside);
        await translator.SubmitAsync("/documents/publish/pages/guides/staying-safe/pl.md", "submit");
        Assert.Equal(HttpStatusCode.Redirect, (await translator.SubmitAsync(beside, Beside, "edit", ("f.title", "Inny"), ("act", "save"))).StatusCode);
    }

    [Fact]
    public async Task An_act_beside_the_editor_leaves_the_draft_in_it()
    {
        var owner = await cms.ClientAsync(Role.Owner, Role.CommunicationsLead, Role.Author);
        await owner.KeepAsync(await owner.PageAsync("/settings"), ("f.leave.url", "https://www.example.org/half"));
        var added = await owner.SubmitAsync("/redirects", "add", ("from", "/staying-out/"), ("to", "/guides/staying-safe/"));
        Assert.True(added.StatusCode == HttpStatusCode.Redirect, (await added.DocumentAsync()).QuerySelector(".errors")?.TextContent);

        var page = await owner.PageAsync("/settings");

        Assert.Equal("https://www.example.org/half", page.QuerySelector("[name='f.leave.url']")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector(".errors ins, .errors del"));
        Assert.Equal(HttpStatusCode.Redirect, (await owner.SubmitAsync(page, "/settings", "edit", ("act", "save"))).StatusCode);
        Assert.Contains("/staying-out/", await cms.SavedAsync("settings.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_whoever_may_change_a_table_keeps_a_draft_of_it()
    {
        var author = await cms.ClientAsync(Role.Author);
        var token = (await author.PageAsync("/data/towns.csv")).QuerySelector("form[data-autosave] [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        async Task<HttpStatusCode> PostAsync(string path, string sent)
        {
            using var content = new FormUrlEncodedContent([new("text", "x"), new("__RequestVerificationToken", sent)]);
            return (await author.PostAsync(new Uri("/site/draft/" + path, UriKind.Relative), content, Cancel)).StatusCode;
        }

        Assert.NotEqual(HttpStatusCode.NoContent, await PostAsync("data/towns.csv", token));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("data/towns.csv", "none"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(Guide, token));
        Assert.Empty(cms.Database().Drafts);
    }

    [Theory]
    [InlineData(Edit)]
    [InlineData(Beside)]
    [InlineData("/translations/strings/pl")]
    [InlineData("/settings")]
    [InlineData("/data/bank-holidays.yaml")]
    [InlineData("/data/towns.csv")]
    public async Task Each_form_that_keeps_a_draft_has_one_line_to_say_so(string address)
    {
        var client = await cms.SignInAsync(await cms.PersonAsync(roles: [(Role.Author, string.Empty), (Role.Owner, string.Empty), (Role.Translator, "pl")]));

        var line = Assert.Single((await client.PageAsync(address)).QuerySelectorAll("form[data-autosave] [role=status]"));

        Assert.Equal("span", line.LocalName);
    }
}

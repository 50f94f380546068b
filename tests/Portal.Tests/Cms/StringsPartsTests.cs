using System.Net;

using AngleSharp.Html.Dom;

using Microsoft.EntityFrameworkCore;

using Portal.Content.Languages;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Interface words are written in two parts, and saved as one text: nothing that was typed in the other part is lost for it.</summary>
public sealed class StringsPartsTests : IAsyncLifetime
{
    private const string Pages = "/translations/strings/pl";
    private const string Form = Pages + "?part=form";

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => cms = await CmsContent.TakeInAsync(A.Site());

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task Each_word_stands_in_one_part()
    {
        var translator = await cms.TranslatorAsync("pl");

        var (pages, form) = (Inputs(await translator.PageAsync(Pages)), Inputs(await translator.PageAsync(Form)));

        Assert.All(form, name => Assert.StartsWith("s.form.", name, StringComparison.Ordinal));
        Assert.DoesNotContain(pages, name => name.StartsWith("s.form.", StringComparison.Ordinal));
        Assert.Equal(StringsText.Parse(A.Site().Text("strings/pl.yaml")).Values.Keys.Select(key => "s." + key).Order(StringComparer.Ordinal), pages.Concat(form).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_typed_in_both_parts_is_kept_and_saved_together()
    {
        var translator = await cms.TranslatorAsync("pl");
        await translator.KeepAsync(await translator.PageAsync(Pages), ("s.skip", "Dalej"));
        await translator.KeepAsync(await translator.PageAsync(Form), ("s.form.send", "Nadaj"));

        Assert.Equal("Dalej", Typed(await translator.PageAsync(Pages), "s.skip"));
        Assert.Equal("Nadaj", Typed(await translator.PageAsync(Form), "s.form.send"));
        await translator.SubmitAsync(Form, "edit", ("s.form.title", "List"), ("act", "save"));

        var saved = await HeadAsync();
        Assert.Equal(("Dalej", "Nadaj", "List"), (saved["skip"], saved["form.send"], saved["form.title"]));
        Assert.Equal(0, await cms.Database().Drafts.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_word_that_was_typed_back_is_typed_no_more()
    {
        var (translator, other) = (await cms.TranslatorAsync("pl"), await cms.TranslatorAsync("pl"));
        var was = Typed(await translator.PageAsync(Pages), "s.skip");
        await translator.KeepAsync(await translator.PageAsync(Pages), ("s.skip", "Dalej"));
        await translator.KeepAsync(await translator.PageAsync(Pages), ("s.skip", was));
        Assert.Equal(0, await cms.Database().Drafts.CountAsync(Cancel));
        await translator.KeepAsync(await translator.PageAsync(Pages), ("s.demoLabel", "Pokaz"));
        await other.SubmitAsync(Pages, "edit", ("s.skip", "Ich"), ("act", "save"));

        await translator.SubmitAsync(Form, "edit", ("s.form.title", "List"), ("act", "save"));

        var saved = await HeadAsync();
        Assert.Equal(("Ich", "Pokaz", "List"), (saved["skip"], saved["demoLabel"], saved["form.title"]));
    }

    [Fact]
    public async Task A_mistake_in_the_other_part_is_shown_with_its_field()
    {
        var translator = await cms.TranslatorAsync("pl");
        await translator.KeepAsync(await translator.PageAsync(Pages), ("s.demo", "Bez numeru."));

        var refused = await translator.SubmitAsync(Form, "edit", ("s.form.title", "List"), ("act", "save"));
        var page = await refused.DocumentAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("#s.demo", page.QuerySelector(".errors a")!.GetAttribute("href"));
        Assert.Equal("Bez numeru.", Typed(page, "s.demo"));
        Assert.Equal("List", Typed(page, "s.form.title"));
    }

    [Fact]
    public async Task Words_that_somebody_else_saved_meanwhile_stay_where_only_they_changed_them()
    {
        var (one, other) = (await cms.TranslatorAsync("pl"), await cms.TranslatorAsync("pl"));
        var open = await one.PageAsync(Pages);
        await other.SubmitAsync(Pages, "edit", ("s.skip", "Ich"), ("s.demoLabel", "Ich"), ("act", "save"));

        var told = await one.SubmitAsync(open, Pages, "edit", ("s.demoLabel", "Moje"), ("act", "save"));
        var page = await told.DocumentAsync();

        Assert.Equal(HttpStatusCode.PreconditionFailed, told.StatusCode);
        Assert.Equal(("Ich", "Moje"), (Typed(page, "s.skip"), Typed(page, "s.demoLabel")));
        await one.SubmitAsync(page, Pages, "edit", ("act", "save"));
        var saved = await HeadAsync();
        Assert.Equal(("Ich", "Moje"), (saved["skip"], saved["demoLabel"]));
    }

    private static List<string> Inputs(IHtmlDocument page) => [.. page.QuerySelectorAll("form.editor .pair [name]").Select(each => each.GetAttribute("name")!)];

    private static string Typed(IHtmlDocument page, string name)
    {
        var control = page.QuerySelector($"[name='{name}']")!;
        return control.GetAttribute("value") ?? control.TextContent;
    }

    private async Task<IReadOnlyDictionary<string, string>> HeadAsync()
    {
        await using var database = cms.Database();
        var head = (await database.Entries.SingleAsync(entry => entry.Path == "strings/pl.yaml", Cancel)).Head;
        return StringsText.Parse((await database.Revisions.SingleAsync(revision => revision.Id == head, Cancel)).Text).Values;
    }
}

using System.Net;

using AngleSharp.Html.Parser;

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

using Portal.Cms.Documents;
using Portal.Cms.Layout;
using Portal.Cms.Media;
using Portal.Cms.Staff;
using Portal.Cms.Translations;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Reading;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Whoever opens a text in an editor and saves it as it stands changes no byte of it.</summary>
public sealed class UnchangedSaveTests
{
    private const string Table = "pages/what-helps/en.md";
    private const string Translated = "pages/what-helps/pl.md";

    private static readonly ContentFiles Starter = ContentFiles.FromFolder(System.IO.Path.Combine(A.Repository, "content"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A table of questions whose words a translator wrote anew; the facts in it are the English ones.</summary>
    private static string PolishTable => Starter.Text(Table).Replace("kind: page\n", string.Empty, StringComparison.Ordinal).Replace("view: triage\n", "source: unstamped\nstate: machine-draft\n", StringComparison.Ordinal).Replace("say: \"No", "say: \"Nie", StringComparison.Ordinal);

    private static IEnumerable<(string Path, string Text)> Documents => Starter.Paths.Where(path => path.StartsWith("pages/", StringComparison.Ordinal)).Select(path => (path, Starter.Text(path))).Append((Translated, PolishTable));

    [Fact]
    public async Task Every_document_of_the_starter_content_comes_out_of_the_editor_as_it_went_in()
    {
        await using var pages = new Pages();
        foreach (var (path, text) in Documents)
        {
            var (kind, language) = (KindOf(path), EntryText.LanguageOf(path));
            var form = EditorForm.Of(DocumentText.Parse(text), kind, language);

            var inputs = await pages.InputsAsync(builder => Edit(builder, form, language));

            var before = DocumentText.Parse(text);
            Assert.Equal(text, TranslationStamps.Follow(before, EditorForm.Posted(inputs, kind, language).Apply(before)).ToString());
        }
    }

    [Fact]
    public async Task Every_translation_of_the_starter_content_comes_out_from_beside_its_English_text_as_it_went_in()
    {
        await using var pages = new Pages();
        foreach (var (path, text) in Documents.Where(each => EntryText.LanguageOf(each.Path) is not ("en" or "en-simple") && each.Path != Translated))
        {
            var (kind, head, english) = (KindOf(path), DocumentText.Parse(text), DocumentText.Parse(Starter.Text(BasisOf(path))));

            var inputs = await pages.InputsAsync(builder => Beside(builder, TranslationForm.Of(english, kind, head)));
            inputs["state"] = TranslationWords.StateIn(head);

            var input = new TranslationInput(english, kind, head, new Dictionary<string, string>());
            Assert.Equal(text, input.Read(inputs, confirm: true).ToString());
            Assert.Empty(input.Problems);
        }
    }

    [Fact]
    public async Task A_text_of_each_sort_is_opened_and_saved_in_each_editor_and_has_no_new_revision()
    {
        await using var cms = await CmsContent.TakeInAsync(A.Site());
        var entries = (await cms.Database().Entries.AsNoTracking().OrderBy(entry => entry.Path).ToListAsync(Cancel)).DistinctBy(entry => entry.Document is null ? entry.Path : entry.Kind + entry.Language);
        var client = await cms.SignInAsync(await cms.PersonAsync(roles: [(Role.Author, string.Empty), (Role.CommunicationsLead, string.Empty), (Role.Owner, string.Empty), (Role.Translator, "pl"), (Role.Translator, "ur"), (Role.Translator, "en-simple")]));

        foreach (var editor in entries.SelectMany(EditorsOf))
        {
            using var saved = await client.SubmitAsync(editor, "edit", ("act", "save"));
            Assert.True(saved.StatusCode == HttpStatusCode.Redirect, $"{editor}: {saved.StatusCode}");
        }

        Assert.Equal([], await cms.Database().Revisions.Where(revision => revision.Number > 1).Select(revision => revision.Path).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Whoever_rewords_an_answer_of_a_translated_table_keeps_where_each_answer_leads()
    {
        await using var pages = new Pages();
        var (before, kind) = (DocumentText.Parse(PolishTable), typeof(Content.Documents.Page));
        var inputs = await pages.InputsAsync(builder => Edit(builder, EditorForm.Of(before, kind, "pl"), "pl"));
        inputs["f.questions.0.answers.0.say"] = "Teraz";

        var after = EditorForm.Posted(inputs, kind, "pl").WithEntry("less:f.questions.1").Apply(before).ToString();

        Assert.Contains("say: Teraz\n        go: /help-now/", after, StringComparison.Ordinal);
        Assert.Contains("id: home", after, StringComparison.Ordinal);
        Assert.DoesNotContain("id: unsure", after, StringComparison.Ordinal);
    }

    private static string BasisOf(string path) => EntryText.PathOf(DocumentId.Parse(EntryText.DocumentOf(path)!), Language.Base.Code);

    private static Type KindOf(string path) => DocumentKind.Find(EntryText.KindOf(path, string.Empty, Starter.Text(BasisOf(path))))!.Type;

    private static IEnumerable<string> EditorsOf(Entry entry)
    {
        yield return EntryAccess.EditorOf(entry) + (entry.Document is null ? string.Empty : "?whole=yes");
        if (entry.Document is { } document && entry.Language != Language.Base.Code && entry.Language != Language.Simple.Code) yield return TranslationPaths.Edit(entry.Language, document);
        if (entry.Kind is "settings" or "data") yield return EntryAccess.EditorOf(entry) + "?as=text";
    }

    private static void Edit(RenderTreeBuilder builder, EditorForm form, string code)
    {
        var language = new Language(code, code, code, code, IsRightToLeft: false);
        foreach (var parts in new[] { EditorPart.Main, EditorPart.Side })
        {
            builder.OpenComponent<EditorParts>(0);
            builder.AddComponentParameter(1, nameof(EditorParts.Form), form);
            builder.AddComponentParameter(2, nameof(EditorParts.Language), language);
            builder.AddComponentParameter(3, nameof(EditorParts.Parts), parts);
            builder.CloseComponent();
        }

        builder.OpenComponent<CascadingValue<MediaShelf>>(4);
        builder.AddComponentParameter(5, "Value", new MediaShelf([], language));
        builder.AddComponentParameter(6, "ChildContent", (RenderFragment)(inner =>
        {
            for (var at = 0; at < form.Blocks.Count; at++)
            {
                inner.OpenComponent<BlockInput>(0);
                inner.AddComponentParameter(1, nameof(BlockInput.Block), form.Blocks[at]);
                inner.AddComponentParameter(2, nameof(BlockInput.Number), at);
                inner.CloseComponent();
            }
        }));
        builder.CloseComponent();
    }

    private static void Beside(RenderTreeBuilder builder, TranslationForm form)
    {
        foreach (var side in form.Fields)
        {
            builder.OpenComponent<TranslationField>(0);
            builder.AddComponentParameter(1, nameof(TranslationField.Side), side);
            builder.AddComponentParameter(2, nameof(TranslationField.To), Language.Base);
            builder.CloseComponent();
        }

        for (var at = 0; at < form.Blocks.Count; at++)
        {
            builder.OpenComponent<TranslationBlock>(3);
            builder.AddComponentParameter(4, nameof(TranslationBlock.Side), form.Blocks[at]);
            builder.AddComponentParameter(5, nameof(TranslationBlock.Number), at);
            builder.AddComponentParameter(6, nameof(TranslationBlock.To), Language.Base);
            builder.CloseComponent();
        }
    }

    /// <summary>The components of an editor, drawn as a page draws them and read as a browser reads them.</summary>
    private sealed class Pages : IAsyncDisposable
    {
        private readonly ServiceProvider services = new ServiceCollection().AddScoped<ComponentTurn>().BuildServiceProvider();
        private readonly HtmlParser parser = new();

        public async Task<Dictionary<string, StringValues>> InputsAsync(Action<RenderTreeBuilder> form)
        {
            await using var scope = services.CreateAsyncScope();
            await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
            var html = await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync<Fragment>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Fragment.Draw)] = form }))).ToHtmlString());
            return Forms.Standing(await parser.ParseDocumentAsync(html)).GroupBy(input => input.Name).ToDictionary(group => group.Key, group => new StringValues([.. group.Select(input => input.Value)]));
        }

        public ValueTask DisposeAsync() => services.DisposeAsync();

        private sealed class Fragment : ComponentBase
        {
            [Parameter]
            public Action<RenderTreeBuilder> Draw { get; set; } = null!; // Given with each drawing.

            protected override void BuildRenderTree(RenderTreeBuilder builder) => Draw(builder);
        }
    }
}

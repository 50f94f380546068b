using System.Text.RegularExpressions;

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Portal.Cms.Staff;
using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Text;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>The rich text editor in a real browser, held against the reader that makes the public page.</summary>
public sealed partial class CmsRichTextTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const string Rewrite = "texts => texts.map(customElements.get('rich-text').rewrite)";

    private const string Keeps = "texts => texts.map(customElements.get('rich-text').keeps)";

    [Fact]
    public async Task Two_thousand_made_up_texts_keep_their_meaning()
    {
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Author);
        var page = await OpenAsync(context, "guides/x-fuzz", "Words.\n");
        var texts = new MarkdownMaker(7).Take(2000);

        var written = await page.EvaluateAsync<string[]>(Rewrite, texts);
        var again = await page.EvaluateAsync<string[]>(Rewrite, written);

        NoneOf(texts.Zip(written).Where(pair => Meaning(pair.First) != Meaning(pair.Second)).Select(pair => $"changed:\n{pair.First}\n=>\n{pair.Second}\n{Meaning(pair.First)}\n{Meaning(pair.Second)}"));
        NoneOf(texts.Zip(await page.EvaluateAsync<bool[]>(Keeps, texts)).Where(pair => !pair.Second).Select(pair => $"left plain: {pair.First}"));
        NoneOf(written.Zip(again).Where(pair => pair.First != pair.Second).Select(pair => $"not stable:\n{pair.First}\n=>\n{pair.Second}"));
        Assert.True(texts.Distinct().Count() > 1900, "Too many texts are alike.");
    }

    [Fact]
    public async Task Every_text_of_the_starter_content_keeps_its_meaning()
    {
        var server = await cms.ServerAsync();
        var documents = await server.WithDatabaseAsync(database => database.Entries.Where(entry => entry.Document != null)
            .Join(database.Revisions, entry => entry.Head, revision => revision.Id, (entry, revision) => new { entry.Path, entry.Kind, revision.Text }).ToListAsync(Cancel));
        var texts = documents.Where(document => !document.Path.StartsWith("pages/guides/x-", StringComparison.Ordinal)).SelectMany(document => TextsOf(document.Kind, DocumentText.Parse(document.Text))).Where(text => text.Length > 0).Distinct().ToArray();
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Author);
        var page = await OpenAsync(context, "guides/x-starter", "Words.\n");

        var written = await page.EvaluateAsync<string[]>(Rewrite, texts);

        Assert.True(texts.Length > 500, $"{texts.Length} texts.");
        NoneOf(texts.Zip(written).Where(pair => Meaning(pair.First) != Meaning(pair.Second)).Select(pair => $"{pair.First}\n=>\n{pair.Second}"));
        NoneOf(texts.Zip(await page.EvaluateAsync<bool[]>(Keeps, texts)).Where(pair => !pair.Second).Select(pair => $"left plain: {pair.First}"));
    }

    [Fact]
    public async Task Bold_lists_and_links_are_made_by_keyboard_and_saved()
    {
        var server = await cms.ServerAsync();
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Author);
        var page = await OpenAsync(context, "guides/x-rich", "First words.\n");
        var box = page.GetByRole(AriaRole.Textbox, new() { Name = "Words", Exact = true });

        await box.ClickAsync();
        await page.WaitForTimeoutAsync(100); // The editor sets its selection once more a moment after it has the focus; no hand is quicker.
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Control+b");
        await page.Keyboard.TypeAsync("Strong");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Bold" }).First).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Keyboard.PressAsync("Control+b");
        await page.Keyboard.TypeAsync(" plain ");
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Link" })).ToBeVisibleAsync();
        Assert.Empty(await AxeRun.ViolationsAsync(page));
        await page.Keyboard.TypeAsync("the safety plan");
        await page.GetByLabel("Address").FillAsync("javascript:alert(1)");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Address")).ToBeFocusedAsync();
        await Expect(page.Locator("dialog .error:visible")).ToContainTextAsync("Begin with /");
        await page.GetByLabel("Address").FillAsync("/my-plan/");
        await page.Keyboard.PressAsync("Enter");
        await Expect(box).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("- one");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("two <b> & :::");
        await page.ClickAsync(".savebar button");
        await Expect(page.Locator(".notice")).ToContainTextAsync("Saved as revision 2.");

        var text = await server.WithDatabaseAsync(database => database.Revisions.Where(revision => revision.Path == "pages/guides/x-rich/en.md" && revision.Number == 2).Select(revision => revision.Text).SingleAsync(Cancel));
        Assert.EndsWith("---\nFirst words.\n\n**Strong** plain [the safety plan](/my-plan/)\n\n- one\n- two \\<b> \\& :::\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_toolbar_is_one_stop_and_arrows_move_in_it()
    {
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Author);
        var page = await OpenAsync(context, "guides/x-toolbar", "Words.\n");
        var bar = page.GetByRole(AriaRole.Toolbar).First;

        await bar.GetByRole(AriaRole.Button, new() { Name = "Bold" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("Italic", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("End");
        Assert.Equal("Redo", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("Bold", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("textbox", await page.EvaluateAsync<string>("document.activeElement.getAttribute('role')"));
        await page.Keyboard.PressAsync("Tab");
        Assert.False(await page.EvaluateAsync<bool>("!!document.activeElement.closest('rich-text .ProseMirror')"));
    }

    [Fact]
    public async Task A_text_the_editor_could_not_keep_stays_plain()
    {
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Author);
        var page = await OpenAsync(context, "guides/x-plain", "A `code` and <b>this</b>.\n");

        await Expect(page.Locator(".rich__note").First).ToContainTextAsync("only plain text keeps");
        Assert.Equal("A `code` and <b>this</b>.", await page.InputValueAsync("[name='b.0.words']"));
    }

    [Fact]
    public async Task Urdu_runs_from_right_to_left_in_the_editor()
    {
        await using var context = await cms.SignInAsync(browsers.Browser, Role.Translator);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/documents/edit/pages/will-you-tell/ur.md?whole=yes");

        var box = page.Locator(".blocks .ProseMirror").First;
        await Expect(box).ToHaveAttributeAsync("lang", "ur");
        await Expect(box).ToHaveAttributeAsync("dir", "rtl");
        await Expect(box).ToHaveCSSAsync("direction", "rtl");
    }

    private async Task<IPage> OpenAsync(IBrowserContext context, string id, string body)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/documents/edit/" + await (await cms.ServerAsync()).DocumentAsync(id, body: body));
        await page.UntilAsync("customElements.get('rich-text')");
        return page;
    }

    /// <summary>Everything of a document that the editor shows as rich text.</summary>
    private static IEnumerable<string> TextsOf(string kind, DocumentText text)
    {
        foreach (var block in BlockValue.Read(text).Where(block => block.Kind != "table" && BlockShape.Find(block.Kind)?.HoldsWords == true)) yield return block.Words;
        if (DocumentKind.Find(kind)?.Type is not { } type) yield break;
        var values = FieldValues.Read(text, type);
        foreach (var field in FieldMap.Of(type).Fields.Where(field => field.IsMarkdown))
            if (values.GetValueOrDefault(field.Key) is FieldValue.Words words) yield return words.Text;
    }

    /// <summary>What the public page would say: our HTML with its links led home, and the faults our reader tells.</summary>
    private static string Meaning(string markdown)
    {
        var problems = new List<Problem>();
        var text = new MarkdownReader("text", problems).Read(markdown, 0);
        var html = text.Html(link => new($"<a href=\"{link.Target}\">", "</a>"));
        var line = Wordless().Replace(string.Join(' ', html.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), "$&#");
        return string.Concat(Runs(line)) + string.Concat(problems.Select(problem => "\n" + problem.What));
    }

    /// <summary>Each run of letters with what it stands in: bold around a link and a link around bold say the same.</summary>
    private static IEnumerable<string> Runs(string html)
    {
        var within = new List<string>();
        var last = string.Empty;
        foreach (Match part in Parts().Matches(html))
        {
            var name = part.Groups["name"].Value;
            if (name.Length == 0)
            {
                var marks = part.Value[0] == '<' ? string.Empty : string.Concat(within.Order(StringComparer.Ordinal));
                yield return marks.Length > 0 && marks == last ? part.Value : $"\n{marks}{part.Value}";
                last = marks;
            }
            else if (part.Groups["close"].Length > 0) within.RemoveAt(within.FindLastIndex(each => each.StartsWith("<" + name, StringComparison.Ordinal)));
            else within.Add(part.Value);
        }
    }

    [GeneratedRegex("<(?<close>/?)(?<name>a|em|strong)\\b[^>]*>|<[^>]+>|[^<]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Parts();

    /// <summary>The opening tag of a link without words of its own.</summary>
    [GeneratedRegex("<a [^>]*>(?=</a>)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Wordless();

    private static void NoneOf(IEnumerable<string> faults)
    {
        var all = faults.ToList();
        Assert.True(all.Count == 0, $"{all.Count}:\n{string.Join("\n\n", all.Take(5))}");
    }
}

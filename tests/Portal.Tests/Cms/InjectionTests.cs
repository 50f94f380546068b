using System.Net;

using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Staff;
using Portal.Content.Blocks;
using Portal.Content.Documents;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Every field of every form takes what was typed, keeps it as typed, and shows it as words.</summary>
public sealed class InjectionTests(InjectionTests.Site site) : IClassFixture<InjectionTests.Site>
{
    private const string Guide = "pages/guides/staying-safe/en.md";

    private static readonly string[] Running = ["href", "src", "action", "formaction", "data", "srcset", "poster", "xlink:href", "content"];
    private static readonly string[] Foreigners = ["//evil.example", "https://evil.example", "http://evil.example"];
    private static readonly string[] Foreign = ["iframe", "object", "embed", "base", "style", "applet", "frame", "animate", "mglyph"];

    private readonly CmsFixture cms = site.Cms;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [.. DocumentKind.All.Select(kind => kind.Name)];

    [Fact]
    public void There_are_sixty_of_them_and_no_two_alike() => Assert.Equal(60, Injections.All.Distinct().Count());

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_script_in_any_field_of_a_document_stays_words(string kind)
    {
        using var author = await cms.ClientAsync(Role.Author);
        var path = $"guides/injected-{kind}";
        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync("/documents/new", "new", ("kind", kind), ("path", path), ("title", "Plain"))).StatusCode);
        var edit = $"/documents/edit/pages/{path}/en.md";
        if (kind == DocumentKind.All[0].Name) // One form draws the blocks of every kind.
            foreach (var shape in BlockShape.All) await SaveAsync(author, edit, ("act", $"add:{shape.Name}"));

        var page = await author.PageAsync(edit);
        foreach (var (number, injection) in Injections.All.Index())
        {
            var fields = Words(page).Select(name => (name, injection)).Append(("act", "save")).ToArray();
            using var saved = await author.SubmitAsync(page, edit, "edit", fields);
            if (saved.StatusCode != HttpStatusCode.Redirect) Harmless(await saved.DocumentAsync(), injection);
            page = await author.PageAsync(edit);
            Harmless(page, injection);
            Assert.Equal(injection, Value(page, "f.title"));
            if ((number + kind.Length) % 6 != 0) continue; // Over all kinds each of them is previewed, and no kind all of them.
            using var preview = await author.OpenAsync($"/documents/preview/pages/{path}/en.md");
            if (preview.StatusCode == HttpStatusCode.OK) Harmless(await preview.DocumentAsync(), injection);
            else Assert.Equal("text/plain", preview.Content.Headers.ContentType?.MediaType);
        }

        foreach (var list in new[] { "/documents?q=injected", $"/documents/history/pages/{path}/en.md", $"/documents/publish/pages/{path}/en.md", "/" }) Harmless(await author.PageAsync(list), list);
    }

    [Fact]
    public async Task A_script_in_a_search_a_reason_a_name_or_a_comment_stays_words()
    {
        using var everything = await cms.ClientAsync(Role.Author, Role.Publisher, Role.Owner, Role.Reviewer, Role.CommunicationsLead);
        foreach (var injection in Injections.All)
        {
            var typed = Uri.EscapeDataString(injection);
            foreach (var list in new[] { $"/documents?q={typed}&kind={typed}&language={typed}&state={typed}&topic={typed}&owner={typed}&sort={typed}", $"/audit?act={typed}&actor={typed}&subject={typed}", $"/documents/history/{Guide}?revision={typed}", $"/places?q={typed}&district={typed}&check={typed}" })
                Harmless(await everything.PageAsync(list), injection);
            using var invited = await everything.SubmitAsync("/staff", "invite", ("name", injection), ("email", injection));
            if (invited.StatusCode != HttpStatusCode.Redirect) Harmless(await invited.DocumentAsync(), injection);
            using var renamed = await everything.SubmitAsync("/account", "rename", ("name", injection));
            Harmless(await everything.PageAsync("/account"), injection);
            using var refused = await everything.SubmitAsync($"/documents/publish/{Guide}", "expire", ("until", injection));
            Harmless(await refused.DocumentAsync(), injection);
        }

        using var withdrawn = await everything.SubmitAsync($"/documents/publish/{Guide}", "withdraw", ("reason", string.Concat(Injections.All)));
        foreach (var list in new[] { "/audit", "/staff", "/", "/publishing", "/reviews" }) Harmless(await everything.PageAsync(list), list);
    }

    [Theory]
    [InlineData("<p><x-mark></p>")]
    [InlineData("<p data-mark=1></p>")]
    [InlineData("<p onclick=x></p>")]
    [InlineData("<a href=' JavaScript:x'></a>")]
    [InlineData("<script>x</script>")]
    [InlineData("<script src=//evil.example/x></script>")]
    [InlineData("<base href=/>")]
    public void What_is_harmful_is_found(string page) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Harmless(new HtmlParser().ParseDocument(page), page));

    /// <summary>Names of the fields of the editor that take words.</summary>
    private static IEnumerable<string> Words(IHtmlDocument page) => page.QuerySelectorAll("form input:not([type=hidden]):not([type=checkbox]), form textarea")
        .Select(input => input.GetAttribute("name")).OfType<string>().Where(name => name.StartsWith("f.", StringComparison.Ordinal) || name.StartsWith("b.", StringComparison.Ordinal) || name == "note");

    private static string Value(IHtmlDocument page, string name) => page.QuerySelector($"[name='{name}']") switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlInputElement input => input.Value,
        _ => string.Empty,
    };

    private static async Task SaveAsync(HttpClient client, string page, params (string, string)[] fields)
    {
        // An act that changes the form keeps what it shows only when it is saved.
        var changed = await (await client.SubmitAsync(page, "edit", fields)).DocumentAsync();
        using var saved = await client.SubmitAsync(changed, page, "edit", ("act", "save"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
    }

    private static void Harmless(IHtmlDocument page, string because)
    {
        foreach (var element in page.All)
        {
            if (element.LocalName.StartsWith("x-", StringComparison.Ordinal) || Foreign.Contains(element.LocalName)) Tell("the element", element);
            if (element is IHtmlScriptElement script && (script.Source?.StartsWith("/assets/", StringComparison.Ordinal) != true || script.TextContent.Length > 0)) Tell("the script", element);
            foreach (var attribute in element.Attributes)
            {
                if (attribute.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.LocalName.Contains("mark", StringComparison.OrdinalIgnoreCase)) Tell("an attribute of", element);
                if (!Running.Contains(attribute.Name)) continue;
                var value = string.Concat(attribute.Value.Where(letter => letter > ' ')).ToLowerInvariant();
                if (Foreigners.Concat(["javascript:", "vbscript:", "data:text"]).Any(start => value.StartsWith(start, StringComparison.Ordinal))) Tell("the address of", element);
            }
        }

        // Writing an element out costs more than looking at it: only for what is wrong.
        void Tell(string what, IElement element) => Assert.Fail($"{because}\nmade {what} {(element.OuterHtml is { Length: > 300 } text ? text[..300] : element.OuterHtml)}");
    }

    /// <summary>One CMS for all of them: each test writes to texts of its own.</summary>
    public sealed class Site : IAsyncLifetime
    {
        public CmsFixture Cms { get; private set; } = null!; // Set before the first test.

        public async ValueTask InitializeAsync()
        {
            Cms = await CmsFixture.StartAsync();
            await using var scope = Cms.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site((Guide, A.Guide("Staying safe", "Words.\n"))), Cancel);
        }

        public ValueTask DisposeAsync() => Cms.DisposeAsync();
    }
}

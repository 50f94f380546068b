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
        // One kind takes each by itself, the others six at a time.
        foreach (var injection in kind == DocumentKind.All[0].Name ? Injections.All : Injections.By(6))
        {
            var fields = Words(page).Select(name => (name, injection)).Append(("act", "save")).ToArray();
            using var saved = await author.SubmitAsync(page, edit, "edit", fields);
            if (saved.StatusCode != HttpStatusCode.Redirect) Harm.None(await saved.DocumentAsync(), injection);
            page = await author.PageAsync(edit);
            Harm.None(page, injection);
            Assert.Equal(injection, Value(page, "f.title"));
        }

        // No document at all comes of a date that is none, so nothing is drawn.
        using var preview = await author.OpenAsync($"/documents/preview/pages/{path}/en.md");
        Assert.Equal("text/plain", preview.Content.Headers.ContentType?.MediaType);
        foreach (var list in new[] { "/documents?q=injected", $"/documents/history/pages/{path}/en.md", $"/documents/publish/pages/{path}/en.md", "/" }) Harm.None(await author.PageAsync(list), list);
    }

    [Fact]
    public async Task A_script_in_the_words_of_a_page_is_words_on_the_page()
    {
        using var author = await cms.ClientAsync(Role.Author);
        var plain = await DrawAsync("Plain words");
        foreach (var injection in Injections.By(3).Select(each => each.Replace('\n', ' '))) // A title is one line.
        {
            var page = await DrawAsync(injection);
            Assert.Equal(injection.Trim(), page.QuerySelector("h1")!.TextContent.Trim());
            Assert.Equal(Build(plain), Build(page)); // Not an element and not an attribute more or less.
        }

        async Task<IHtmlDocument> DrawAsync(string words)
        {
            using var saved = await author.SubmitAsync($"/documents/edit/{Guide}", "edit", ("f.title", words), ("f.summary", words), ("f.closing", words), ("f.warning", words), ("act", "save"));
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
            using var preview = await author.OpenAsync($"/documents/preview/{Guide}");
            Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
            return await preview.DocumentAsync();
        }

        static IEnumerable<string> Build(IHtmlDocument page) => page.All.Select(element => $"{element.LocalName} {string.Join(' ', element.Attributes.Select(attribute => attribute.Name))}");
    }

    [Fact]
    public async Task A_script_in_a_search_a_reason_a_name_or_a_comment_stays_words()
    {
        using var everything = await cms.ClientAsync(Role.Author, Role.Publisher, Role.Owner, Role.Reviewer, Role.CommunicationsLead);
        foreach (var injection in Injections.By(6))
        {
            var typed = Uri.EscapeDataString(injection);
            foreach (var list in new[] { $"/documents?q={typed}&kind={typed}&language={typed}&state={typed}&topic={typed}&owner={typed}&sort={typed}", $"/audit?act={typed}&actor={typed}&subject={typed}", $"/documents/history/{Guide}?revision={typed}", $"/places?q={typed}&district={typed}&check={typed}" })
                Harm.None(await everything.PageAsync(list), injection);
            using var invited = await everything.SubmitAsync("/staff", "invite", ("name", injection), ("email", injection));
            if (invited.StatusCode != HttpStatusCode.Redirect) Harm.None(await invited.DocumentAsync(), injection);
            using var renamed = await everything.SubmitAsync("/account", "rename", ("name", injection));
            Harm.None(await everything.PageAsync("/account"), injection);
            using var refused = await everything.SubmitAsync($"/documents/publish/{Guide}", "expire", ("until", injection));
            Harm.None(await refused.DocumentAsync(), injection);
        }

        using var withdrawn = await everything.SubmitAsync($"/documents/publish/{Guide}", "withdraw", ("reason", string.Concat(Injections.All)));
        foreach (var list in new[] { "/audit", "/staff", "/", "/publishing", "/reviews" }) Harm.None(await everything.PageAsync(list), list);
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
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Harm.None(new HtmlParser().ParseDocument(page), page));

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

using Xunit;

namespace Portal.Tests.Pages;

public sealed class LinkTests
{
    [Fact]
    public void Every_internal_link_and_fragment_resolves()
    {
        var host = StarterSite.Library.Settings.BaseUrl;
        var pages = StarterSite.Pages.ToDictionary(page => page.Address);
        var broken = new List<string>();
        foreach (var page in StarterSite.Pages)
        {
            foreach (var link in page.Html.QuerySelectorAll("[href]").Select(element => element.GetAttribute("href")!.Replace(host, string.Empty, StringComparison.Ordinal)).Where(href => href.StartsWith('/') || href.StartsWith('#')))
            {
                var (path, fragment) = (link.Split('#')[0], link.Contains('#', StringComparison.Ordinal) ? link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..] : string.Empty);
                var target = path.Length == 0 ? page : pages.GetValueOrDefault(path);
                var found = target is not null || StarterSite.Output.Files.ContainsKey(path[1..]);
                if (!found || (fragment.Length > 0 && target?.Html.GetElementById(fragment) is null) || link.Contains('?', StringComparison.Ordinal)) broken.Add($"{page.Path}: {link}");
            }
        }

        Assert.Equal([], broken.Distinct());
    }

    [Fact]
    public void Links_lead_to_the_readers_language_and_else_to_english_marked_so()
    {
        var output = A.Output(A.Site());
        var page = output.Page("pl/guides/safer-devices/index.html");

        Assert.Contains("<a href=\"/pl/help-now/\">pomoc</a>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/guides/relationships/\" hreflang=\"en-GB\">przewodnik</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_to_a_page_in_another_language_says_so()
    {
        var tags = StarterSite.Pages.ToDictionary(page => page.Address, page => page.Html.DocumentElement.GetAttribute("lang"));
        var wrong = StarterSite.Pages.SelectMany(page => page.Html.QuerySelectorAll("body a[href^='/']").Select(link =>
        {
            var leads = tags.GetValueOrDefault(link.GetAttribute("href")!.Split('#')[0]);
            var said = link.GetAttribute("hreflang") ?? tags[page.Address];
            return leads is null || leads == said ? null : $"{page.Path}: {link.OuterHtml}";
        })).OfType<string>();

        Assert.Equal([], wrong.Distinct().Take(20));
    }

    [Fact]
    public void Every_language_has_its_own_search_page_and_header_and_menu_lead_to_it()
    {
        var pages = StarterSite.Pages.ToDictionary(page => page.Address);
        foreach (var language in StarterSite.Library.Languages.Where(language => !language.IsSimple))
        {
            var address = Portal.Content.Reading.Addresses.In(language, "/search/");
            Assert.NotNull(pages[address].Html.QuerySelector($".p-search[data-index*='index-{language.Code}.'] form"));
            Assert.NotNull(pages[Portal.Content.Reading.Addresses.In(language, "/help-now/")].Html.QuerySelector($"header a.p-tool[href='{address}']"));
            Assert.NotNull(pages["/search/"].Html.QuerySelector($".p-languages a[href='{address}']"));
        }
    }

    [Fact]
    public void A_helpline_without_words_shows_its_number()
    {
        var page = A.Output(A.Site()).Page("guides/relationships/index.html");

        Assert.Contains("<a class=\"p-phone\" href=\"tel:+448081689111\"><bdi dir=\"ltr\">0808 168 9111</bdi></a>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/help-now/\">help now</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_language_menu_leads_to_the_same_page_or_says_that_it_does_not()
    {
        var html = new AngleSharp.Html.Parser.HtmlParser();
        var output = A.Output(A.Site());
        var links = html.ParseDocument(output.Page("help-now/index.html")).QuerySelectorAll(".p-languages a").Select(link => (link.GetAttribute("href"), link.TextContent)).ToList();

        Assert.Equal(["/help-now/", "/pl/help-now/", "/ur/", "/simple/help-now/"], links.Select(link => link.Item1));
        Assert.Contains(A.Library(A.Site()).Strings["ur"]["language.nearest"], links[2].TextContent, StringComparison.Ordinal);
        Assert.Equal("Polski", links[1].TextContent);
    }

    [Fact]
    public void In_the_live_stage_an_open_language_has_its_core_and_the_rest_in_english_marked_so()
    {
        var live = A.Output(A.LiveSite("[{code: pl, coreBy: Ewa Nowak, coreOn: 2026-11-01}]"));
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(live.Page("pl/help-now/index.html"));
        var words = A.Library(A.Site()).Strings["pl"];

        Assert.Equal(["pl/help-now/index.html", "pl/index.html"], live.Files.Keys.Where(path => path.StartsWith("pl/", StringComparison.Ordinal)));
        Assert.Equal("pl", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal(words["leave.label"], page.GetElementById("leave")!.TextContent);
        Assert.Contains(words["danger.title"], page.QuerySelector("aside.p-danger")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Help now", page.QuerySelector("h1")!.TextContent);
        Assert.NotNull(page.QuerySelector("h1")!.Closest("[lang='en-GB']"));
        Assert.NotNull(page.QuerySelector("nav.p-nav")!.Closest("[lang='en-GB']"));
        Assert.NotNull(page.QuerySelector("a[href='/search/'][hreflang='en-GB'] .p-tool__text")!.Closest("[lang='en-GB'][dir=ltr]"));
        Assert.NotNull(page.QuerySelector(".p-languages summary span")!.Closest("[lang='en-GB'][dir=ltr]"));
        Assert.NotNull(page.QuerySelector("nav.p-languages__panel")!.Closest("[lang='en-GB']"));
        Assert.NotNull(page.QuerySelector("aside.p-notice")!.Closest("[lang='en-GB']"));
        Assert.DoesNotContain("Ty decydujesz", page.Body!.TextContent, StringComparison.Ordinal);
    }
}

using System.Text;

using AngleSharp.Dom;

using Portal.Content.Languages;
using Portal.Content.Rules;
using Portal.Theme;

using Xunit;

namespace Portal.Tests.Pages;

/// <summary>What every page of the starter site has, whatever it is about.</summary>
public sealed class FrameTests
{
    private static readonly string LeaveUrl = StarterSite.Library.Settings.Leave.Url;

    [Fact]
    public void The_leave_link_comes_second_after_the_skip_link_on_every_page() => OnEveryPage(page =>
    {
        var first = page.Html.QuerySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]").Take(2).ToList();
        Assert.Equal("#main", first[0].GetAttribute("href"));
        var leave = first[1];
        Assert.Equal(("leave", LeaveUrl), (leave.Id, leave.GetAttribute("href")));
        Assert.Equal(["nofollow", "noopener", "noreferrer"], leave.GetAttribute("rel")!.Split(' ').Order(StringComparer.Ordinal));
        Assert.False(leave.HasAttribute("target"));
        Assert.StartsWith(leave.TextContent, leave.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.All(new[] { "data-two", "data-one", "data-over", "data-escape" }, name => Assert.NotEmpty(leave.GetAttribute(name)!));
    });

    [Fact]
    public void The_leave_link_says_the_same_on_all_pages_of_a_language()
    {
        var labels = StarterSite.Pages.Select(page => (LanguageOf(page).Code, page.Html.GetElementById("leave")!.OuterHtml)).Distinct();

        Assert.Equal([], labels.GroupBy(label => label.Code).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void The_guard_is_the_first_script_before_title_and_style_sheet_and_the_only_inline_one() => OnEveryPage(page =>
    {
        var head = page.Html.Head!.Children.ToList();
        Assert.Equal("META", head[0].TagName);
        Assert.Equal("utf-8", head[0].GetAttribute("charset"));
        Assert.Equal(ThemeAssets.ReadText("guard.js"), head[1].TextContent);
        Assert.DoesNotContain(page.Html.Scripts.Skip(1), script => script.Source is null && script.Type != "application/ld+json");
        Assert.All(page.Html.Scripts.Where(script => script.Source is not null), script => Assert.True(script.HasAttribute("defer")));
    });

    [Fact]
    public void The_guard_is_smaller_than_a_kilobyte() => Assert.InRange(ThemeAssets.Read("guard.js").Length, 1, 1023);

    [Fact]
    public void No_page_tells_where_a_visitor_came_from() => OnEveryPage(page =>
    {
        Assert.Equal("no-referrer", page.Html.QuerySelector("meta[name=referrer]")?.GetAttribute("content"));
        Assert.All(page.Html.QuerySelectorAll("a[href^='http']"), link =>
        {
            Assert.StartsWith("https://", link.GetAttribute("href"), StringComparison.Ordinal);
            Assert.Contains("noreferrer", link.GetAttribute("rel"), StringComparison.Ordinal);
            Assert.False(link.HasAttribute("target"));
        });
    });

    [Fact]
    public void Titles_are_neutral_and_distinct_in_each_language()
    {
        var words = StarterSite.Library.Data.SensitiveWords;
        OnEveryPage(page => Assert.Null(NeutralNames.Find(page.Html.Title!, words, LanguageOf(page))));

        Assert.Equal([], StarterSite.Pages.GroupBy(page => (LanguageOf(page).Code, page.Html.Title)).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(page => page.Path))}"));
    }

    [Fact]
    public void Paths_and_file_names_are_neutral() =>
        Assert.Equal([], StarterSite.Output.Files.Keys.Where(path => NeutralNames.Find(path, StarterSite.Library.Data.SensitiveWords, Language.Base) is not null));

    [Fact]
    public void Every_page_has_one_first_heading() => OnEveryPage(page => Assert.Single(page.Html.QuerySelectorAll("h1")));

    [Fact]
    public void No_heading_skips_a_level() => OnEveryPage(page =>
    {
        var levels = page.Html.QuerySelectorAll("main :is(h1, h2, h3, h4, h5, h6)").Select(heading => heading.TagName[1] - '0').ToList();
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.First}, then h{pair.Second}"));
    });

    [Fact]
    public void Ids_are_distinct_on_every_page() => OnEveryPage(page =>
        Assert.Equal([], page.Html.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(group => group.Count() > 1).Select(group => group.Key)));

    [Fact]
    public void Language_and_direction_follow_the_address() => OnEveryPage(page =>
    {
        var language = LanguageOf(page);
        Assert.Equal((language.Tag, language.Direction), (page.Html.DocumentElement.GetAttribute("lang"), page.Html.DocumentElement.GetAttribute("dir")));
    });

    [Fact]
    public void Telephone_numbers_run_from_left_to_right_and_can_be_called() => OnEveryPage(page =>
        Assert.All(page.Html.QuerySelectorAll("a[href^='tel:']"), link =>
        {
            Assert.Matches(@"^tel:\+?\d+$", link.GetAttribute("href"));
            Assert.True(LanguageOf(page) is { IsRightToLeft: false } || !link.TextContent.Any(char.IsAsciiDigit) || link.TextContent.Any(char.IsLetter) || link.QuerySelector("bdi[dir=ltr]") is not null, link.OuterHtml);
        }));

    [Fact]
    public void Alternate_languages_lead_to_one_another()
    {
        var host = StarterSite.Library.Settings.BaseUrl;
        var alternates = StarterSite.Pages.ToDictionary(page => host + page.Address, page => page.Html.QuerySelectorAll("link[rel=alternate][hreflang]")
            .Select(link => (Tag: link.GetAttribute("hreflang")!, Href: link.GetAttribute("href")!)).ToHashSet());

        foreach (var (address, links) in alternates.Where(page => page.Value.Count > 0 && !page.Key.StartsWith(host + "/simple/", StringComparison.Ordinal)))
        {
            Assert.Contains(links, link => link.Href == address);
            Assert.Contains(links, link => link.Tag == "x-default");
            Assert.All(links, link => Assert.True(links.SetEquals(alternates[link.Href]), $"{link.Href} does not lead back to {address}."));
        }
    }

    [Fact]
    public void The_danger_box_with_999_and_55_and_the_safety_note_stand_on_every_page() => OnEveryPage(page =>
    {
        var danger = page.Html.QuerySelector("aside.p-danger")!;
        Assert.Contains("999", danger.QuerySelector("a[href='tel:999']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("55", danger.TextContent, StringComparison.Ordinal);
        Assert.NotNull(danger.QuerySelector("a[href='tel:+448081689111']"));

        var note = page.Html.QuerySelector("aside.p-safety")!;
        Assert.True(page.Text.IndexOf("p-safety", StringComparison.Ordinal) < page.Text.IndexOf("<main", StringComparison.Ordinal));
        Assert.EndsWith("/guides/safer-devices/", note.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
    });

    [Fact]
    public void The_demonstration_is_named_and_kept_from_search_engines_on_every_page() => OnEveryPage(page =>
    {
        Assert.Contains(StarterSite.Library.WordsOf(LanguageOf(page))["demoLabel"], page.Html.QuerySelector("aside.p-demo")!.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal("noindex", page.Html.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    });

    [Fact]
    public void Nothing_is_fetched_early_installed_or_advertised() => OnEveryPage(page =>
    {
        Assert.Empty(page.Html.QuerySelectorAll("link[rel~=prefetch], link[rel~=prerender], link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=manifest], script[type=speculationrules]"));
        Assert.Empty(page.Html.QuerySelectorAll("meta[property], meta[name^='twitter:'], iframe, object, embed, base, meta[http-equiv]"));
        Assert.Equal(["data:,"], page.Html.QuerySelectorAll("link[rel~=icon]").Select(link => link.GetAttribute("href")));
    });

    [Fact]
    public void No_element_carries_a_style_or_a_handler_of_its_own() => OnEveryPage(page =>
    {
        Assert.Empty(page.Html.QuerySelectorAll("style"));
        Assert.Equal([], page.Html.All.SelectMany(element => element.Attributes).Select(attribute => attribute.Name)
            .Where(name => name == "style" || name.StartsWith("on", StringComparison.Ordinal)).Distinct());
    });

    [Fact]
    public void Nothing_is_asked_of_another_host() => OnEveryPage(page =>
    {
        var asked = page.Html.QuerySelectorAll("[src], [srcset], [poster], [action], link[rel~=stylesheet], link[rel~=icon], [data-gazetteer], [data-index]")
            .SelectMany(element => new[] { "src", "srcset", "poster", "action", "data-gazetteer", "data-index" }.Select(element.GetAttribute).Append(element.TagName == "LINK" ? element.GetAttribute("href") : null)).OfType<string>();
        Assert.All(asked, address => Assert.True(address == "data:," || (address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal)), address));
    });

    [Fact]
    public void What_is_typed_is_never_suggested_or_checked_elsewhere() => OnEveryPage(page =>
        Assert.All(page.Html.QuerySelectorAll("input:not([type=checkbox]):not([type=radio]), textarea"), field =>
        {
            Assert.Equal(("off", "false", "false", "off"),
                (field.GetAttribute("autocomplete"), field.GetAttribute("spellcheck"), field.GetAttribute("writingsuggestions"), field.GetAttribute("autocapitalize")));
            Assert.False(field.HasAttribute("name"), field.OuterHtml);
        }));

    [Fact]
    public void A_page_that_leads_to_other_sites_says_what_that_leaves_behind() => OnEveryPage(page =>
    {
        if (page.Html.QuerySelectorAll("main a[href^='https:']").Length == 0) return;
        Assert.Contains(StarterSite.Library.WordsOf(LanguageOf(page))["external"], page.Html.Body!.TextContent, StringComparison.Ordinal);
    });

    private static Language LanguageOf(BuiltPage page) =>
        StarterSite.Library.Languages.FirstOrDefault(language => !language.IsBase && page.Path.StartsWith(language.Prefix + "/", StringComparison.Ordinal)) ?? Language.Base;

    private static void OnEveryPage(Action<BuiltPage> check)
    {
        Assert.NotEmpty(StarterSite.Pages);
        var failures = new StringBuilder();
        foreach (var page in StarterSite.Pages)
        {
            try
            {
                check(page);
            }
            catch (Exception error) when (error is Xunit.Sdk.XunitException or NullReferenceException)
            {
                failures.Append(page.Path).Append(": ").AppendLine(error.Message);
                if (failures.Length > 4_000) break;
            }
        }

        Assert.Equal(string.Empty, failures.ToString());
    }
}

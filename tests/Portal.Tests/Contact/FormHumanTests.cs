using System.Text;
using System.Text.Json;

using Xunit;

namespace Portal.Tests.Contact;

/// <summary>The check for humans as the site is built with it: one more source in the policy, two sentences beside the page, and nothing in it.</summary>
public sealed class FormHumanTests
{
    private const string Intake = "https://write.example";

    private static readonly Lazy<FormSite> Off = new(() => FormSite.Of(Intake, FormSite.Keys));
    private static readonly Lazy<FormSite> On = new(() => FormSite.Of(Intake, FormSite.Keys, Asking));

    private static IEnumerable<string> Languages => On.Value.Map.Edition.Languages.Where(language => !language.IsSimple).Select(language => language.Code);

    [Fact]
    public void The_policy_lets_a_page_of_the_intake_be_framed_and_changes_in_nothing_else()
    {
        var (off, on) = (Policy(Off.Value), Policy(On.Value));

        Assert.Equal(off, on.Where(each => each != $"frame-src {Intake}"));
        Assert.Single(on, each => each == $"frame-src {Intake}");
        Assert.Contains("require-trusted-types-for 'script'", on);
        Assert.Equal(Off.Value.Rules.Headers.Select(rule => rule.Pattern), On.Value.Rules.Headers.Select(rule => rule.Pattern));
    }

    [Fact]
    public void While_the_form_is_closed_or_there_is_none_nothing_is_framed()
    {
        foreach (var site in new[] { FormSite.Of(Intake, FormSite.Keys with { Open = false }, Asking), FormSite.Of(null, FormSite.Keys, Asking) })
            Assert.DoesNotContain(Policy(site), each => each.StartsWith("frame-src", StringComparison.Ordinal));
    }

    /// <summary>Its words stand in the data file, so the page is as light as without it.</summary>
    [Fact]
    public void The_page_itself_is_the_same_but_for_the_name_of_its_data()
    {
        foreach (var language in Languages)
        {
            var (off, on) = (Off.Value.Page("/contact/write/", language), On.Value.Page("/contact/write/", language));
            var (before, after) = (Rest(off), Rest(on));
            Assert.Equal(off.DocumentElement.OuterHtml, on.DocumentElement.OuterHtml.Replace(after, before, StringComparison.Ordinal));
            Assert.DoesNotContain("Google", on.DocumentElement.OuterHtml, StringComparison.Ordinal);

            using var file = JsonDocument.Parse(On.Value.Files[after[1..]]);
            var human = file.RootElement.GetProperty("human");
            Assert.Equal((Word("form.human.tick", language), Word("form.human.notice", language)), (human.GetProperty("tick").GetString(), human.GetProperty("notice").GetString()));
            Assert.DoesNotContain("human", Encoding.UTF8.GetString(Off.Value.Files[before[1..]]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_privacy_notice_says_what_is_told_to_whom_where_it_is_on()
    {
        foreach (var language in Languages.Where(code => On.Value.Map.Find("/privacy/", On.Value.Map.Edition.Languages.First(each => each.Code == code)) is not null))
        {
            Assert.Contains(Word("form.human.fact", language), On.Value.Page("/privacy/", language).QuerySelectorAll("main li").Select(line => line.TextContent));
            Assert.DoesNotContain("Google", Off.Value.Page("/privacy/", language).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }
    }

    private static string Asking(string settings) => settings.Replace("\nhumanCheck:\n", "\nhumanCheck: the-site-key\n", StringComparison.Ordinal);

    private static string Word(string key, string language) => On.Value.Map.Edition.Library.WordsOf(On.Value.Map.Edition.Languages.First(each => each.Code == language))[key];

    private static string Rest(AngleSharp.Html.Dom.IHtmlDocument page) => page.QuerySelector("[data-ask]")!.GetAttribute("data-rest")!;

    private static string[] Policy(FormSite site) => site.Rules.HeadersFor("/contact/write/").Single(header => header.Name == "Content-Security-Policy").Value.Split("; ");
}

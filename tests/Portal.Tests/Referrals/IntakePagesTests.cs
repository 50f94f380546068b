using System.Text;

using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

using Microsoft.AspNetCore.Components;

using Portal.Cms.Referrals.Intake;
using Portal.Content.Referrals;
using Portal.Site.Rendering;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>The intake's pages in every language of the site.</summary>
public sealed class IntakePagesTests
{
    private static readonly IntakeSite Site = new(StarterSite.Map.Edition, "http://127.0.0.1:5081/");

    public static TheoryData<string> Languages => [.. StarterSite.Library.Languages.Where(language => !language.IsSimple).Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Each_page_speaks_the_language_and_leads_out(string code)
    {
        var view = Site.View(code);
        var english = Site.View("en");
        foreach (var (page, heading) in Pages(view))
        {
            Assert.Equal((view.Language.Tag, view.Language.Direction), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
            Assert.Equal(view[heading], page.QuerySelectorAll("h1").Single().TextContent);
            if (code != "en") Assert.NotEqual(english[heading], view[heading]);
            Assert.Equal(view.Settings.Leave.Url, page.QuerySelector("#leave")!.GetAttribute("href"));
            Assert.Contains(view.Number, page.QuerySelector(".p-demo")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
            Assert.DoesNotContain("{", page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("[style], script:not([src]):not(:first-of-type), style"));
            Assert.All(page.QuerySelectorAll("link[rel=stylesheet], script[src]"), asset => Assert.StartsWith("/intake/assets/", asset.GetAttribute("href") ?? asset.GetAttribute("src"), StringComparison.Ordinal));
            Assert.All(page.QuerySelectorAll("form input:not([type=hidden]):not([type=radio]):not([type=checkbox]), form textarea, form select"), control => Assert.NotNull(control.GetAttribute("autocomplete")));
            Assert.All(page.QuerySelectorAll("[aria-describedby]"), control => Assert.All(control.GetAttribute("aria-describedby")!.Split(' '), id => Assert.NotNull(page.GetElementById(id))));
            Assert.Empty(page.QuerySelectorAll("[id]").GroupBy(element => element.Id).Where(group => group.Count() > 1).Select(group => group.Key));
        }
    }

    [Fact]
    public void Every_field_that_can_be_wrong_says_so_beside_itself()
    {
        foreach (var route in new[] { ReferralRoutes.Me, ReferralRoutes.Someone, ReferralRoutes.Work })
        {
            var typed = new Dictionary<string, string> { ["route"] = ReferralForm.NameOf(route) };
            var answers = ReferralAnswers.Check(typed, Site.Districts, Site.Languages);
            var page = Draw<AgainPage>((nameof(AgainPage.View), Site.View("en")), (nameof(AgainPage.Form), new FormAgain(typed, route, answers.Mistakes, "now", null)));
            Assert.Equal(answers.Mistakes.Count, page.QuerySelectorAll(".p-field__error").Length);
            Assert.Equal(answers.Mistakes.Select(mistake => "#" + mistake.Field), page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
        }
    }

    /// <summary>Age and place bring guidance, here as on the form's own page, and never an end (clause 7).</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void Whoever_is_under_16_moves_or_lives_elsewhere_is_told_where_help_is(string code)
    {
        var view = Site.View(code);
        var form = new FormAgain(new Dictionary<string, string>(), ReferralRoutes.Me, [], "now", null);
        var page = Draw<AgainPage>((nameof(AgainPage.View), view), (nameof(AgainPage.Form), form));

        var told = page.QuerySelectorAll("form [data-tell]").ToDictionary(each => each.GetAttribute("data-tell")!, each => each.TextContent);
        Assert.Equal(["age under16", "district moving", "district outside"], told.Keys);
        Assert.Equal($"""
            {view["form.about.under16"]}{view.Words.Fill("form.about.under16Help", ("number", view.Line("childline")))}{view["form.work.children"]}, Kent: 03000 41 11 11{view["form.work.children"]}, Medway: 01634 334466
            """, told["age under16"]);
        Assert.Equal(view["form.about.moving"] + view["form.about.movingHelp"], told["district moving"]);
        Assert.Equal(view["form.about.outside"] + view.Words.Fill("form.about.outsideHelp", ("number", view.Number)), told["district outside"]);
        Assert.Equal(4, page.QuerySelectorAll("form [data-tell] a[href^='tel:']").Length);
        Assert.Equal((view.Home + "privacy/", null), page.QuerySelector("form a[href$='/privacy/']") is { } link ? (link.GetAttribute("href"), link.GetAttribute("hreflang")) : default);
    }

    [Fact]
    public void A_line_that_is_not_public_is_not_shown()
    {
        var site = new IntakeSite(A.Edition(A.Site(
            ("pages/lines/kent-csc/en.md", A.Line("Kent children", "03000 41 11 11", ready: "false")), ("pages/lines/medway-csc/en.md", A.Line("Medway children", "01634 334466")))), string.Empty);
        var page = Draw<AgainPage>((nameof(AgainPage.View), site.View("en")), (nameof(AgainPage.Form), new FormAgain(new Dictionary<string, string>(), ReferralRoutes.Me, [], "now", null)));

        Assert.Contains("Medway: 01634 334466", page.QuerySelector("[data-tell='age under16']")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("03000 41 11 11", page.DocumentElement.TextContent, StringComparison.Ordinal);
    }

    /// <summary>A friend gets advice: the minimal form asks no more of them.</summary>
    [Fact]
    public void A_friend_is_asked_again_for_no_more_than_advice_needs()
    {
        var page = Draw<AgainPage>((nameof(AgainPage.View), Site.View("en")), (nameof(AgainPage.Form), new FormAgain(new Dictionary<string, string>(), ReferralRoutes.Someone, [], "now", null)));

        Assert.Equal([], new[] { "district", "language", "otherLanguage", "interpreter", "access", "worker", "client" }.Where(name => page.QuerySelector($"[name={name}]") is not null));
        Assert.NotNull(page.QuerySelector("[name=age]"));
    }

    /// <summary>The message is stored by then, and staff see it whatever is pressed.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void Whoever_is_asked_to_confirm_is_told_that_the_message_has_come(string code)
    {
        var view = Site.View(code);
        foreach (var failed in new[] { false, true })
        {
            var page = Draw<ConfirmPage>((nameof(ConfirmPage.View), view), (nameof(ConfirmPage.Token), "t"), (nameof(ConfirmPage.Stamp), "s"), (nameof(ConfirmPage.Failed), failed));
            var main = page.QuerySelector("main")!;
            Assert.Contains(view.Words.Fill("form.confirm.text", ("number", view.Number)), main.TextContent, StringComparison.Ordinal);
            Assert.Equal(view["form.confirm.yes"], main.QuerySelector("button")!.TextContent);
            Assert.NotEqual(view["form.send"], view["form.confirm.yes"]);
            Assert.DoesNotContain(view["form.failed.title"], main.TextContent, StringComparison.Ordinal);
            Assert.Contains(view.Words.Fill("form.nobodyReads", ("number", view.Number)), main.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_code_that_is_no_language_is_English() => Assert.Equal(("en", "en", "en"), (Site.View(null).Language.Code, Site.View("xx").Language.Code, Site.View("../en").Language.Code));

    [Fact]
    public void The_copy_of_a_demonstration_may_send_and_in_the_live_stage_the_site_alone()
    {
        var settings = StarterSite.Library.Settings;
        Assert.Equal([settings.BaseUrl, "http://127.0.0.1:5081"], Site.Origins);
        var live = new Portal.Content.Publishing.Edition(StarterSite.Library.With(settings with { Stage = Portal.Content.Reading.Stage.Live }), StarterSite.At);
        Assert.Equal([settings.BaseUrl], new IntakeSite(live, "http://127.0.0.1:5081/").Origins);
    }

    private static IEnumerable<(IHtmlDocument Page, string Heading)> Pages(IntakeView view)
    {
        var form = new FormAgain(new Dictionary<string, string>(), ReferralRoutes.None, [new("route", "form.errors.who")], "now", "form.failed.busy");
        yield return (Draw<AgainPage>((nameof(AgainPage.View), view), (nameof(AgainPage.Form), form)), "form.title");
        yield return (Draw<ConfirmPage>((nameof(ConfirmPage.View), view), (nameof(ConfirmPage.Token), "t"), (nameof(ConfirmPage.Stamp), "s"), (nameof(ConfirmPage.Failed), true)), "form.confirm.title");
        yield return (Draw<UsedPage>((nameof(UsedPage.View), view)), "form.used.title");
        yield return (Draw<SentPage>((nameof(SentPage.View), view), (nameof(SentPage.Reference), "ABCD-EFGH"), (nameof(SentPage.Urgent), false)), "form.sent.title");
        yield return (Draw<RefusedPage>((nameof(RefusedPage.View), view)), "form.failed.title");
    }

    private static IHtmlDocument Draw<T>(params (string Name, object? Value)[] parameters)
        where T : ComponentBase
    {
        using var renderer = new PageRenderer();
        return new HtmlParser().ParseDocument(Encoding.UTF8.GetString(renderer.Render(typeof(T), parameters.ToDictionary(each => each.Name, each => each.Value))));
    }
}

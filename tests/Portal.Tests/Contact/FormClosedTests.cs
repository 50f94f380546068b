using Portal.Content.Languages;
using Portal.Content.Referrals;

using Xunit;

namespace Portal.Tests.Contact;

/// <summary>Without somebody who reads there is no form: no field, no address, and the phones in its place.</summary>
public sealed class FormClosedTests
{
    private const string Intake = "https://write.example";

    public static TheoryData<string> Reasons => ["closed by somebody", "nobody in the team", "nobody to lead", "nothing written by the intake"];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void While_nothing_is_taken_the_page_has_phones_and_no_field(string reason)
    {
        var site = FormSite.Of(Intake, reason switch
        {
            "closed by somebody" => FormSite.Keys with { Open = false },
            "nobody in the team" => FormSite.Keys with { Team = [] },
            "nobody to lead" => FormSite.Keys with { Lead = [] },
            _ => null,
        });
        var page = site.Page("/contact/write/", "pl");

        Assert.Empty(page.QuerySelectorAll("form, input, select, textarea, [data-ask]"));
        Assert.Contains("Formularz jest w tej chwili zamknięty.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("main a[href='tel:+448081689111']"));
        Assert.DoesNotContain(page.Scripts, script => script.Source?.Contains("referral", StringComparison.Ordinal) == true);

        Assert.Contains("The form is closed at the moment.", site.Page("/contact/").QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Null(site.Page("/contact/").QuerySelector("a[href='/contact/write/']"));
        Assert.DoesNotContain("Who reads it", site.Page("/privacy/").QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        var headers = site.Rules.HeadersFor("/contact/write/").ToList();
        Assert.DoesNotContain(headers, header => header.Name == "Cache-Control");
        Assert.Contains("; connect-src 'self'; form-action 'none'; ", headers.Single(header => header.Name == "Content-Security-Policy").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Files.Keys, path => path.StartsWith("assets/form-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_site_without_an_intake_has_no_such_page_and_does_not_speak_of_it()
    {
        var site = FormSite.Of(intake: null, FormSite.Keys);

        Assert.DoesNotContain(site.Map.Pages, page => page.Neutral == "/contact/write/");
        Assert.Null(site.Page("/contact/").QuerySelector("a[href='/contact/write/']"));
        Assert.DoesNotContain("form is closed", site.Page("/contact/").QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>A language whose words nobody has reviewed leads to the English form, and says so.</summary>
    [Fact]
    public void In_the_live_stage_only_languages_with_reviewed_words_have_a_form()
    {
        var edition = A.Edition(A.Site(
            ("settings.yaml", SmallSite.Settings("live", "[{code: pl, coreBy: A, coreOn: 2026-11-01, wordsBy: A, wordsOn: 2026-11-01}, {code: ur, coreBy: A, coreOn: 2026-11-01}]") + $"intake: {Intake}\n"),
            (IntakeSetting.File, $"keySet: x\nopen: true\nteam: [{FormSite.Keys.Team[0]}]\nlead: [{FormSite.Keys.Lead[0]}]\n")));
        var map = new Site.Map.SiteMap(edition);

        Assert.Equal(["en", "pl"], map.Pages.Where(page => page.Neutral == "/contact/write/").Select(page => page.Language.Code).Order(StringComparer.Ordinal));
        Assert.Contains(edition.Languages, language => language.Code == "ur");
        Assert.Equal(Language.Base, map.Nearest("/contact/write/", edition.Languages.First(language => language.Code == "ur"))!.Language);
    }

    /// <summary>A message names the version of the notice that was shown, so there has to be one.</summary>
    [Fact]
    public void Without_a_privacy_notice_there_is_no_form()
    {
        var files = A.Site(("settings.yaml", SmallSite.Settings() + $"intake: {Intake}\n"), (IntakeSetting.File, $"keySet: x\nopen: true\nteam: [{FormSite.Keys.Team[0]}]\nlead: [{FormSite.Keys.Lead[0]}]\n"));

        Assert.Equal(Intake, Site.Contact.ContactPages.IntakeOf(A.Edition(files)));
        Assert.Null(Site.Contact.ContactPages.IntakeOf(A.Edition(files.Without("pages/privacy/en.md"))));
    }

    /// <summary>The whole of a small site: no link of these pages leads nowhere, and no name gives it away.</summary>
    [Fact]
    public void A_site_with_a_form_builds_whole()
    {
        var output = A.Output(A.Site(("settings.yaml", SmallSite.Settings() + $"intake: {Intake}\n"), (IntakeSetting.File, $"keySet: x\nopen: true\nteam: [{FormSite.Keys.Team[0]}]\nlead: [{FormSite.Keys.Lead[0]}]\n")));

        Assert.Contains("id=\"ask\"", output.Page("ur/contact/write/index.html"), StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' https://write.example;", output.Page("_headers"), StringComparison.Ordinal);
    }
}

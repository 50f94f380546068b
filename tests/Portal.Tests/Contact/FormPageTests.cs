using System.IO.Compression;
using System.Text;
using System.Text.Json;

using AngleSharp.Html.Dom;

using Portal.Content.Referrals;
using Portal.Content.Rules;
using Portal.Theme;

using Xunit;

namespace Portal.Tests.Contact;

/// <summary>The form as it is drawn: what it asks, of whom, and what of it is never sent.</summary>
public sealed class FormPageTests
{
    private const string Intake = "https://write.example";
    private const int MostOfPage = 14_000;
    private const int MostOfModule = 25_000;

    /// <summary>In a post beside the fields: the page's language, the keys, the version of the notice, the trap, and whom it is about.</summary>
    private static readonly string[] Beside = ["page", "keyset", "notice", "website", "route"];

    private static readonly Lazy<FormSite> Open = new(() => FormSite.Of(Intake, FormSite.Keys));

    public static TheoryData<string> Languages => [.. FormLanguages];

    private static IEnumerable<string> FormLanguages => Open.Value.Map.Edition.Languages.Where(language => !language.IsSimple).Select(language => language.Code);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_asks_all_there_is_to_ask_and_nothing_else(string language)
    {
        var page = Open.Value.Page("/contact/write/", language);
        var form = (IHtmlFormElement)page.GetElementById("ask")!;

        Assert.Equal((Intake + "/intake/v1/form", "post", "off"), (form.Action, form.Method, form.GetAttribute("autocomplete")));
        var names = form.QuerySelectorAll("[name]:not([form])").Select(control => control.GetAttribute("name")!).Distinct().ToList();
        Assert.Equal(Beside, names.Take(5));
        Assert.Equal(ReferralForm.Fields.Select(field => field.Name), names.Skip(5));
        Assert.Equal((language, FormSite.Keys.KeySet, "2026-11-23"), (Hidden("page"), Hidden("keyset"), Hidden("notice")));
        Assert.Equal(ReferralForm.Steps.Select(step => step.Name), page.QuerySelectorAll("[data-step]").Skip(3).Select(step => step.GetAttribute("data-step")));

        string Hidden(string name) => page.QuerySelector($"input[type=hidden][name={name}]")!.GetAttribute("value")!;
    }

    /// <summary>What safe operation says is never asked, whatever a field is called.</summary>
    [Fact]
    public void Nothing_is_asked_that_must_never_be_asked()
    {
        string[] never = ["address", "postcode", "birth", "dob", "immigration", "visa", "nino", "nhs", "employer", "bank", "child", "abuser", "partner", "file", "photo", "ethnic", "religion", "gender", "heard", "score"];
        var form = Open.Value.Page("/contact/write/").GetElementById("ask")!;

        Assert.Equal([], ReferralForm.Fields.Where(field => never.Any(word => field.Name.Contains(word, StringComparison.OrdinalIgnoreCase))).Select(field => field.Name));
        Assert.Empty(form.QuerySelectorAll("input[type=file], input[type=date], input[type=password]"));
    }

    /// <summary>They belong to another form, which is never sent.</summary>
    [Fact]
    public void Danger_and_device_are_asked_first_and_never_sent()
    {
        var page = Open.Value.Page("/contact/write/");

        Assert.Equal(["danger", "who", "device"], page.QuerySelectorAll("[data-step]").Take(3).Select(step => step.GetAttribute("data-step")));
        Assert.All(page.QuerySelectorAll("[name=danger], [name=device]"), choice => Assert.Equal("gate", choice.GetAttribute("form")));
        Assert.Equal(4, page.QuerySelectorAll("[data-gate][hidden] input").Length);
        Assert.False(page.GetElementById("gate")!.HasAttribute("action"));
        Assert.Contains("999", page.QuerySelector("[data-tell='danger yes']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("0808 168 9111", page.QuerySelector("[data-tell='device no']")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_field_is_kept_in_mind_by_a_browser_or_a_keyboard_but_the_professionals_own(string language)
    {
        foreach (var field in ReferralForm.Fields.Where(field => field.Control is ReferralControl.Line or ReferralControl.Phone or ReferralControl.Email or ReferralControl.Text))
        {
            var control = Open.Value.Page("/contact/write/", language).GetElementById("f-" + field.Name)!;
            var quiet = field.Asked == ReferralRoutes.Work && field.Autocomplete != "off" ? (field.Autocomplete, null, null, null) : ("off", "false", "false", field.Control == ReferralControl.Email ? null : "off");
            Assert.Equal(quiet, (control.GetAttribute("autocomplete"), control.GetAttribute("spellcheck"), control.GetAttribute("writingsuggestions"), control.GetAttribute("autocapitalize")));
            Assert.Equal((field.LimitAtWork ?? field.Limit).ToString(), control.GetAttribute("maxlength"));
        }
    }

    /// <summary>Clause 7: what somebody is told is guidance, and never an end.</summary>
    [Fact]
    public void Young_people_and_people_elsewhere_are_told_who_else_can_help()
    {
        var page = Open.Value.Page("/contact/write/");

        Assert.NotNull(page.QuerySelector("[data-tell='district moving']"));
        Assert.Contains("0808 168 9111", page.QuerySelector("[data-tell='district outside']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("MARAC", page.GetElementById("f-risks-hint")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["", .. Open.Value.Map.Edition.Library.Data.Gazetteer.Districts.Select(district => district.Id), "moving", "outside", "unsure"], page.QuerySelectorAll("#f-district option").Select(option => option.GetAttribute("value")));
    }

    [Fact]
    public void The_form_and_the_privacy_notice_say_the_same_of_a_message()
    {
        var site = FormSite.Of(Intake, FormSite.Keys with { DaysAfterHandOver = 21, DaysAfterReading = 77 });
        var said = site.Page("/contact/write/").QuerySelectorAll("[data-step=privacy] li").Select(line => line.TextContent).ToList();

        Assert.Contains("How long: until 21 days after we have passed you to somebody who helps, and at most 77 days after we have read it. Then it is deleted. For a reason that is noted we may keep it longer, at most 365 days.", said);
        Assert.Equal(said, site.Page("/privacy/").QuerySelectorAll("main ul li").Select(line => line.TextContent).Where(said.Contains));
        Assert.NotNull(site.Page("/contact/write/").QuerySelector("[data-intro] a[href='/privacy/']"));
    }

    [Fact]
    public void What_happens_next_names_the_services_own_hours_or_that_there_are_none()
    {
        var unknown = FormSite.Of(Intake, FormSite.Keys with { UrgentHours = null });

        Assert.Equal("We aim to do this within 24 hours.", Open.Value.Rest("en", "later", "urgent"));
        Assert.Equal("We aim to do this within 72 hours.", Open.Value.Rest("en", "later", "other"));
        Assert.Equal("The service has not yet published how soon it answers.", unknown.Rest("en", "later", "urgent"));
        Assert.Equal(["busy", "hint", "someone", "urgent", "other", "leave"], Open.Value.Page("/contact/write/").QuerySelectorAll("[data-later]").Select(place => place.GetAttribute("data-later")));
    }

    [Fact]
    public void The_contact_page_leads_to_it_near_its_head()
    {
        Assert.All(FormLanguages, language =>
        {
            var first = Open.Value.Page("/contact/", language).QuerySelector("article .p-action a")!;
            Assert.Equal(Open.Value.Map.Edition.Library.WordsOf(Open.Value.Map.Edition.Languages.First(each => each.Code == language))["form.title"], first.TextContent);
            Assert.Equal("/" + Open.Value.Path("/contact/write/", language).Replace("index.html", string.Empty, StringComparison.Ordinal), first.GetAttribute("href"));
        });
        Assert.Equal(("/contact/write/", "en-GB"), (Simple().GetAttribute("href"), Simple().GetAttribute("hreflang") ?? "en-GB"));

        static AngleSharp.Dom.IElement Simple() => Open.Value.Page("/contact/", "en-simple").QuerySelector("article .p-action a")!;
    }

    [Fact]
    public void A_message_may_go_to_the_intake_alone_and_no_copy_is_stored()
    {
        var headers = Open.Value.Rules.HeadersFor("/contact/write/").ToDictionary(header => header.Name, header => header.Value);

        Assert.Contains($"; connect-src 'self' {Intake}; form-action {Intake}; ", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(("no-store", "no-referrer"), (headers["Cache-Control"], headers["Referrer-Policy"]));
        Assert.All(FormLanguages, language => Assert.Contains(("Cache-Control", "no-store"), Open.Value.Rules.HeadersFor("/" + Open.Value.Path("/contact/write/", language).Replace("index.html", string.Empty, StringComparison.Ordinal))));
    }

    [Fact]
    public void Titles_are_neutral_and_nothing_else_has_them()
    {
        var words = Open.Value.Map.Edition.Library.Data.SensitiveWords;
        foreach (var page in Open.Value.Map.Pages.Where(page => page.Neutral == "/contact/write/"))
        {
            Assert.Null(NeutralNames.Find(page.TabTitle, words, page.Language));
            Assert.Null(NeutralNames.Find(Open.Value.Map.Edition.Library.WordsOf(page.Language)["form.sent.tab"], words, page.Language));
            Assert.Single(Open.Value.Map.Pages, other => other.Language == page.Language && other.TabTitle == page.TabTitle);
        }
    }

    [Fact]
    public void It_is_as_light_as_any_page_and_what_seals_comes_later_and_is_small()
    {
        var weights = FormLanguages.Select(language => (Language: language, Bytes: Weigh(Open.Value.Path("/contact/write/", language)))).ToList();

        TestContext.Current.SendDiagnosticMessage($"form: {weights.MaxBy(each => each.Bytes)}; module: {Compressed(ThemeAssets.Read("seal.js").Span)} bytes (gzip)");
        Assert.Equal([], weights.Where(each => each.Bytes > MostOfPage));
        Assert.InRange(Compressed(ThemeAssets.Read("seal.js").Span), 1, MostOfModule);
        Assert.DoesNotContain(Open.Value.Page("/contact/write/").Scripts, script => script.Source?.Contains("seal", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void The_keys_and_words_beside_it_are_those_that_were_published()
    {
        foreach (var language in FormLanguages)
        {
            var page = Open.Value.Page("/contact/write/", language).QuerySelector("[data-ask]")!;
            using var file = JsonDocument.Parse(Open.Value.Files[page.GetAttribute("data-rest")![1..]]);
            var keys = file.RootElement.GetProperty("keys");
            Assert.Equal(FormSite.Keys.Team, keys.GetProperty("team").EnumerateArray().Select(key => key.GetString()));
            Assert.Equal(FormSite.Keys.Lead, keys.GetProperty("lead").EnumerateArray().Select(key => key.GetString()));
            Assert.Equal(IntakeSetting.IdOf(FormSite.Keys.Team, FormSite.Keys.Lead), keys.GetProperty("id").GetString());
            Assert.True(Open.Value.Files.ContainsKey(page.GetAttribute("data-module")![1..]));
        }
    }

    private static int Weigh(string path)
    {
        var page = Open.Value.Files[path];
        var html = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Encoding.UTF8.GetString(page));
        return Brotli(page) + html.QuerySelectorAll("link[rel=stylesheet]").Sum(link => Brotli(Open.Value.Files[link.GetAttribute("href")![1..]]))
            + html.QuerySelectorAll("script[src]").Sum(script => Brotli(Open.Value.Files[script.GetAttribute("src")![1..]]));
    }

    private static int Brotli(byte[] bytes)
    {
        using var result = new MemoryStream();
        using (var brotli = new BrotliStream(result, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(bytes);
        return (int)result.Length;
    }

    private static int Compressed(ReadOnlySpan<byte> bytes)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(bytes);
        return (int)result.Length;
    }
}

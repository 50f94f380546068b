using AngleSharp.Dom;
using AngleSharp.Html.Parser;

using Portal.Content.Referrals;

using Xunit;

namespace Portal.Tests.Contact;

/// <summary>What the form says of itself is so, also where its script never runs; and it asks and tells what the design says.</summary>
public sealed class FormPromiseTests
{
    private const string Intake = "https://write.example";

    private static readonly Lazy<FormSite> Open = new(() => FormSite.Of(Intake, FormSite.Keys));

    public static TheoryData<string> Languages => [.. Open.Value.Map.Edition.Languages.Where(language => !language.IsSimple).Select(language => language.Code)];

    /// <summary>A script can be blocked where <c>noscript</c> stays hidden: so its promises are not in the page at all.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void What_a_script_alone_can_keep_stands_in_the_scripts_own_file(string language)
    {
        var (page, words) = (Open.Value.Page("/contact/write/", language), Open.Value.Map.Edition.Library.WordsOf(Open.Value.Map.Edition.Languages.First(each => each.Code == language)));

        foreach (var (promise, honest) in new[] { ("sealed", "sealedLater"), ("wipes", "wipesNot") })
        {
            var place = page.QuerySelectorAll($"[data-proved={promise}]").Single();
            Assert.Equal(words["form." + honest], place.TextContent);
            Assert.DoesNotContain(words["form." + promise], page.DocumentElement.TextContent, StringComparison.Ordinal);
            Assert.Equal(words["form." + promise], Open.Value.Rest(language, "proved", promise));
        }

        Assert.Empty(page.QuerySelectorAll("[data-ask] noscript"));
    }

    /// <summary>Clause 7: Childline, and children's services of both areas.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void Whoever_is_under_16_is_shown_childline_and_childrens_services(string language)
    {
        var told = Open.Value.Page("/contact/write/", language).QuerySelector("[data-tell='age under16']")!;

        Assert.Equal(["tel:+448001111", "tel:+443000411111", "tel:+441634334466"], Numbers(told));
        Assert.Equal(["Kent", "Medway"], told.QuerySelectorAll("p > bdi").Select(area => area.TextContent));
    }

    [Fact]
    public void A_line_that_is_not_public_is_not_shown()
    {
        var output = A.Output(A.Site(
            ("settings.yaml", SmallSite.Settings() + $"intake: {Intake}\n"), (IntakeSetting.File, $"keySet: x\nopen: true\nteam: [{FormSite.Keys.Team[0]}]\nlead: [{FormSite.Keys.Lead[0]}]\n"),
            ("pages/lines/kent-csc/en.md", A.Line("Kent children", "03000 41 11 11", ready: "false")), ("pages/lines/medway-csc/en.md", A.Line("Medway children", "01634 334466"))));
        var page = new HtmlParser().ParseDocument(output.Page("contact/write/index.html"));

        Assert.Contains("tel:+441634334466", Numbers(page.QuerySelector("[data-tell='age under16']")!));
        Assert.DoesNotContain("03000 41 11 11", page.DocumentElement.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The thanks stand in for the form and its head, where that was said before.</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void In_a_demonstration_the_thanks_say_that_nobody_reads(string language)
    {
        var words = Open.Value.Map.Edition.Library.WordsOf(Open.Value.Map.Edition.Languages.First(each => each.Code == language));

        Assert.Contains(words.Fill("form.nobodyReads", ("number", "0808 168 9111")), Open.Value.Page("/contact/write/", language).QuerySelectorAll("[data-sent] p").Select(line => line.TextContent));
    }

    /// <summary>The minimal form: a friend gets advice, so they are asked for their own contact, their age and a message.</summary>
    [Fact]
    public void A_friend_is_asked_no_more_than_advice_needs()
    {
        string[] asked = ["name", "phone", "phoneCall", "phoneVoicemail", "phoneText", "email", "emailSafe", "other", "times", "age", "message", "worksHere", "privacy"];
        var drawn = Open.Value.Page("/contact/write/").QuerySelectorAll("[data-step]").Where(step => IsFor(step, "someone")).SelectMany(step => step.QuerySelectorAll("[data-field]")).Where(field => IsFor(field, "someone"));
        var posted = ReferralForm.Fields.Where(field => field.Control == ReferralControl.Line).ToDictionary(field => field.Name, _ => "x");
        foreach (var (name, value) in new[] { ("route", "someone"), ("age", "18over"), ("district", "thanet"), ("language", "ne"), ("interpreter", "yes"), ("privacy", "yes") }) posted[name] = value;

        var answers = ReferralAnswers.Check(posted, new HashSet<string> { "thanet" }, new HashSet<string> { "ne" });

        Assert.Equal(["route", .. asked], drawn.Select(field => field.GetAttribute("data-field")!));
        Assert.Empty(answers.Mistakes);
        Assert.Equal(["age", "name", "other", "privacy", "times"], answers.Given.Keys);

        static bool IsFor(IElement part, string route) => part.GetAttribute("data-for") is not { } routes || routes.Split(' ').Contains(route);
    }

    /// <summary>Without a script the one text box takes what a professional may write; who may write less is told by the server.</summary>
    [Theory]
    [InlineData("me", 500)]
    [InlineData("someone", 500)]
    [InlineData("work", 1000)]
    public void A_message_is_as_long_as_its_route_lets_it_be(string route, int most)
    {
        var posted = new Dictionary<string, string> { ["route"] = route, ["message"] = new string('x', most) };

        Assert.DoesNotContain(Told(), mistake => mistake.Field == "message");
        posted["message"] += "x";
        Assert.Contains(new ReferralMistake("message", "form.errors.tooLong", most), Told());

        IReadOnlyList<ReferralMistake> Told() => ReferralAnswers.Check(posted, new HashSet<string>(), new HashSet<string>()).Mistakes;
    }

    [Theory]
    [InlineData("the controller must name the lawful reasons here")]
    [InlineData("it is about a serious crime")]
    [InlineData("a court orders it")]
    [InlineData("Kent and Medway Information Sharing Agreement")]
    [InlineData("confirm the agreement and a data protection impact assessment")]
    [InlineData("at most 365 days")]
    public void The_notice_says_why_and_with_whom_a_message_is_shared(string said) =>
        Assert.Contains(said, Open.Value.Page("/privacy/").QuerySelector("main")!.TextContent, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Each_translation_of_the_notice_says_it_in_its_own_language(string language)
    {
        var said = Open.Value.Page("/privacy/", language).QuerySelectorAll("main p").Single(line => line.TextContent.Contains("Kent and Medway Information Sharing Agreement", StringComparison.Ordinal));

        Assert.StartsWith(language, said.Closest("[lang]")!.GetAttribute("lang"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Numbers(IElement told) => told.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!);
}

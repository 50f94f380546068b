using System.Net;
using System.Text;
using System.Text.Json;

using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Intake;
using Portal.Content.Referrals;
using Portal.Tests.Cms;

using Xunit;

namespace Portal.Tests.Referrals;

/// <summary>The form of a browser without a script: checked, sealed, kept, and sent by one more button.</summary>
public sealed class IntakeFormTests(IntakeServer intake) : IClassFixture<IntakeServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_sealed_at_once_and_counts_as_sent_once_the_button_is_pressed()
    {
        using var answer = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "First words\r\nand more"), ("unknown", "x"), ("age", "under16"))));
        var page = await PageAsync(answer);
        var unconfirmed = (await intake.StoredAsync()).Single(row => !row.Confirmed && Text(row).Contains("First words", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"form":1,"route":"me","page":"en","notice":"2026-11-01","answers":{"name":"Alex","phone":"07700 900123","phoneCall":"yes","age":"under16","message":"First words\nand more","privacy":"yes"}}""", Text(unconfirmed));
        Assert.Equal((true, false, ReferralGroup.Team), (unconfirmed.Urgent, unconfirmed.Unchecked, unconfirmed.Group));
        Assert.Equal("One more step", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Your message has arrived and is locked.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["token", "at", "page"], page.QuerySelectorAll("form input").Select(input => input.GetAttribute("name")!));
        Assert.DoesNotContain("First words", page.DocumentElement.OuterHtml, StringComparison.Ordinal);

        intake.Cms.Clock.Advance(TimeSpan.FromSeconds(4));
        for (var press = 0; press < 2; press++)
        {
            using var sent = await intake.SendAsync(intake.Form("/intake/v1/confirm", Standing(page)));
            var thanks = await PageAsync(sent);
            Assert.Equal((HttpStatusCode.OK, "Thank you. We have your message"), (sent.StatusCode, thanks.QuerySelector("h1")!.TextContent));
            Assert.Contains(unconfirmed.Reference, thanks.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("https://www.bbc.co.uk/weather", thanks.QuerySelector("main a.p-button")!.GetAttribute("href"));
        }

        var confirmed = await intake.StoredAsync(unconfirmed.Reference);
        Assert.Equal((true, false, null), (confirmed.Confirmed, confirmed.Unchecked, confirmed.ConfirmHash));
        Assert.Equal(1, confirmed.Version);
    }

    [Fact]
    public async Task The_same_words_posted_twice_are_one_message_and_either_page_sends_it()
    {
        var form = IntakeServer.Answers(("message", "Pressed twice"));
        var pages = new List<IHtmlDocument>();
        foreach (var _ in new[] { 1, 2 }) pages.Add(await PageAsync(await intake.SendAsync(intake.Form("/intake/v1/form", form))));

        using var sent = await intake.SendAsync(intake.Form("/intake/v1/confirm", Standing(pages[0])));

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.True((await intake.StoredAsync()).Single(row => Text(row).Contains("Pressed twice", StringComparison.Ordinal)).Confirmed);
    }

    [Fact]
    public async Task A_button_that_is_pressed_days_later_still_counts()
    {
        var page = await PageAsync(await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "Left open")))));
        intake.Cms.Clock.Advance(TimeSpan.FromHours(50));
        await intake.Cms.Services.GetRequiredService<RetryForgetting>().RunAsync(Cancel);

        using var sent = await intake.SendAsync(intake.Form("/intake/v1/confirm", Standing(page)));

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.True((await intake.StoredAsync()).Single(row => Text(row).Contains("Left open", StringComparison.Ordinal)).Confirmed);
    }

    /// <summary>Confirmed, and pressed again when nobody remembers it: whoever saw a reference is not told that it failed.</summary>
    [Fact]
    public async Task A_button_that_was_used_longer_ago_than_anybody_remembers_is_told_as_used()
    {
        var page = await PageAsync(await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "Long ago"), ("page", "pl")))));
        using var sent = await intake.SendAsync(intake.Form("/intake/v1/confirm", Standing(page)));
        intake.Cms.Clock.Advance(TimeSpan.FromHours(50));
        await intake.Cms.Services.GetRequiredService<RetryForgetting>().RunAsync(Cancel);

        using var again = await intake.SendAsync(intake.Form("/intake/v1/confirm", Standing(page)));
        var told = (await PageAsync(again)).QuerySelector("main")!.TextContent;

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Gone), (sent.StatusCode, again.StatusCode));
        Assert.Contains("Jeśli pokazał ci się kod wiadomości, twoja wiadomość do nas dotarła.", told, StringComparison.Ordinal);
        Assert.Contains("0808 168 9111", told, StringComparison.Ordinal);
        Assert.DoesNotContain("To nie zostało wysłane", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worry_about_somebody_who_works_here_goes_to_the_lead_alone()
    {
        using var answer = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("worksHere", "yes"), ("message", "About a colleague"))));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var row = (await intake.StoredAsync()).Single(row => row.Group == ReferralGroup.Lead);
        Assert.True(row.Urgent); // A safeguarding concern: the lead is told at once (clause 25.4).
        Assert.Equal(Outcome.Success, Opener.Open([.. row.Header!, .. row.Payload!], intake.Lead).Outcome);
        Assert.Equal(Outcome.NoMatch, Opener.Open([.. row.Header!, .. row.Payload!], intake.Worker).Outcome);
    }

    [Fact]
    public async Task What_is_missing_is_told_in_the_pages_language_and_every_word_is_kept()
    {
        var typed = new Dictionary<string, string> { ["route"] = "work", ["page"] = "ur", ["worker"] = "Dr \"Quill\" <b>", ["message"] = "Line one\r\nLine <two> & more", ["age"] = "16to17", ["district"] = "thanet", ["phoneText"] = "yes", ["basis"] = new string('ب', 201) };

        using var answer = await intake.SendAsync(intake.Form("/intake/v1/form", typed));
        var page = await PageAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(("ur", "rtl"), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        foreach (var name in new[] { "worker", "basis" }) Assert.Equal(typed[name], Standing(page).Single(field => field.Key == name).Value);
        Assert.Equal("Line one\nLine <two> & more", ((IHtmlTextAreaElement)page.QuerySelector("#message")!).Value);
        Assert.Equal("thanet", ((IHtmlSelectElement)page.QuerySelector("#district")!).Value);
        Assert.True(((IHtmlInputElement)page.QuerySelector("#phoneText")!).IsChecked && ((IHtmlInputElement)page.QuerySelector("[name=age][value='16to17']")!).IsChecked && ((IHtmlInputElement)page.QuerySelector("[name=route][value=work]")!).IsChecked);
        var links = page.QuerySelectorAll("#errors a").ToList();
        Assert.Contains(links, link => link.GetAttribute("href") == "#basis" && link.TextContent.Contains("200", StringComparison.Ordinal));
        Assert.All(links, link =>
        {
            var target = page.QuerySelector(link.GetAttribute("href")!);
            Assert.NotNull(target);
            Assert.Contains(link.TextContent, target.Closest(".p-field")!.TextContent, StringComparison.Ordinal);
        });
        Assert.Equal("writingsuggestions", page.QuerySelector("#message")!.Attributes["writingsuggestions"]!.Name);
        Assert.Equal(("off", "name"), (page.QuerySelector("#phone")!.GetAttribute("autocomplete"), page.QuerySelector("#worker")!.GetAttribute("autocomplete")));
    }

    [Fact]
    public async Task Nobody_chosen_is_asked_with_every_field_at_hand()
    {
        var page = await PageAsync(await intake.SendAsync(intake.Form("/intake/v1/form", [KeyValuePair.Create("name", "Alex"), KeyValuePair.Create("client", "K")])));

        Assert.Equal(["#route"], page.QuerySelectorAll("#errors a").Select(link => link.GetAttribute("href")!));
        Assert.Equal(("Alex", "K"), (Standing(page).Single(field => field.Key == "name").Value, Standing(page).Single(field => field.Key == "client").Value));
        Assert.All(ReferralForm.Fields, field => Assert.NotNull(page.QuerySelector($"[name='{field.Name}']")));
    }

    [Fact]
    public async Task A_form_that_came_back_is_sent_when_it_is_mended()
    {
        var page = await PageAsync(await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("name", ""), ("message", "Mended words")))));
        intake.Cms.Clock.Advance(TimeSpan.FromSeconds(10));

        using var answer = await intake.SendAsync(intake.Form("/intake/v1/form", Standing(page).Where(field => field.Key != "name").Append(KeyValuePair.Create("name", "Kim"))));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False((await intake.StoredAsync()).Single(row => Text(row).Contains("Mended words", StringComparison.Ordinal)).Unchecked);
    }

    /// <summary>Nobody knew whether it was kept: the page that came back is the same message at any time, until a word of it is changed.</summary>
    [Fact]
    public async Task A_second_try_of_the_page_that_came_back_is_the_same_message()
    {
        await intake.OpenAsync(false);
        using var refused = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "Tried again"))));
        await intake.OpenAsync(true);
        var fields = Standing(await PageAsync(refused)).ToList();
        foreach (var hours in new[] { 0, 2 })
        {
            intake.Cms.Clock.Advance(TimeSpan.FromHours(hours)); // Another hour has another secret.
            using var again = await intake.SendAsync(intake.Form("/intake/v1/form", fields));
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        }

        Assert.Single(await intake.StoredAsync(), row => Text(row).Contains("Tried again", StringComparison.Ordinal));
        foreach (var (name, value) in new[] { ("message", "Tried again, with more"), ("try", "AAAA") })
            (await intake.SendAsync(intake.Form("/intake/v1/form", fields.Where(field => field.Key != name).Append(KeyValuePair.Create(name, value))))).Dispose();
        Assert.Equal(3, (await intake.StoredAsync()).Count(row => Text(row).Contains("Tried again", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("website", "https://spam.example")]
    [InlineData("at", "made up")]
    public async Task A_program_is_labelled_and_never_refused(string field, string value)
    {
        using var answer = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "By " + field), (field, value))));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var row = (await intake.StoredAsync()).Single(row => Text(row).Contains("By " + field, StringComparison.Ordinal));
        Assert.True(row.Unchecked);
        Assert.DoesNotContain(value, Text(row), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sooner_than_a_person_reads_is_labelled()
    {
        var again = await PageAsync(await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("name", ""), ("message", "Too fast the first time")))));
        await intake.SendAsync(intake.Form("/intake/v1/form", Standing(again).Where(field => field.Key != "name").Append(KeyValuePair.Create("name", "Kim"))));
        var confirm = await PageAsync(await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "Too fast the second time")))));
        intake.Cms.Clock.Advance(TimeSpan.FromSeconds(2));
        await intake.SendAsync(intake.Form("/intake/v1/confirm", Standing(confirm)));

        Assert.All((await intake.StoredAsync()).Where(row => Text(row).Contains("Too fast", StringComparison.Ordinal)), row => Assert.True(row.Unchecked));
        Assert.True((await intake.StoredAsync()).Single(row => Text(row).Contains("the second time", StringComparison.Ordinal)).Confirmed);
    }

    public static TheoryData<string, string, string?, string?> Cross => new()
    {
        { "/intake/v1/form", "Origin", "https://evil.example", null },
        { "/intake/v1/form", "Origin", null, null },
        { "/intake/v1/form", "Sec-Fetch-Mode", "no-cors", "empty" },
        { "/intake/v1/form", "Sec-Fetch-Dest", "iframe", null },
        { "/intake/v1/confirm", "Origin", "https://evil.example", null },
        { "/intake/v1/confirm", "Sec-Fetch-Site", "cross-site", null },
    };

    [Theory]
    [MemberData(nameof(Cross))]
    public async Task What_another_site_makes_a_browser_post_is_refused(string path, string header, string? value, string? destination)
    {
        var before = (await intake.StoredAsync()).Count;
        var headers = new List<(string, string?)> { (header, value) };
        if (destination is not null) headers.Add(("Sec-Fetch-Dest", destination));

        using var answer = await intake.SendAsync(intake.Form(path, IntakeServer.Answers(("token", new string('A', 22)), ("page", "ur")), [.. headers]));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var page = await PageAsync(answer); // Whoever sees it is a person.
        Assert.Equal(("ur", "0808 168 9111"), (page.DocumentElement.GetAttribute("lang"), page.QuerySelector("main a[href^='tel:']")!.TextContent));
        Assert.Contains("style-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(before, (await intake.StoredAsync()).Count);
    }

    [Theory]
    [InlineData(IntakeServer.Site)]
    [InlineData("null")]
    public async Task The_sites_own_form_is_taken_with_and_without_its_name(string origin)
    {
        using var answer = await intake.SendAsync(intake.Form("/intake/v1/form", IntakeServer.Answers(("message", "From " + origin)), ("Origin", origin), ("Sec-Fetch-Mode", null), ("Sec-Fetch-Dest", null), ("Sec-Fetch-Site", null)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_no_form_or_too_long_or_no_token_is_refused_with_the_number_to_ring()
    {
        var request = intake.Form("/intake/v1/form", []);
        request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        var large = intake.Form("/intake/v1/form", [KeyValuePair.Create("message", new string('x', 33 * 1024))]);
        var largeInParts = intake.Form("/intake/v1/form", [KeyValuePair.Create("message", new string('x', 33 * 1024))]);
        largeInParts.Headers.TransferEncodingChunked = true;
        foreach (var (sent, expected) in new[]
        {
            (request, HttpStatusCode.UnsupportedMediaType), (large, HttpStatusCode.RequestEntityTooLarge), (largeInParts, HttpStatusCode.RequestEntityTooLarge),
            (intake.Form("/intake/v1/confirm", [KeyValuePair.Create("token", "short")]), HttpStatusCode.UnprocessableEntity),
            (intake.Form("/intake/v1/confirm", [KeyValuePair.Create("token", new string('A', 22))]), HttpStatusCode.Gone),
        })
        {
            using var answer = await intake.SendAsync(sent);
            Assert.Equal(expected, answer.StatusCode);
            Assert.Contains("0808 168 9111", (await PageAsync(answer)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }
    }

    private static async Task<IHtmlDocument> PageAsync(HttpResponseMessage answer) => await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Cancel), Cancel);

    private static IEnumerable<KeyValuePair<string, string>> Standing(IHtmlDocument page) => Forms.Standing(page.QuerySelector("form")!)
        .Where(field => page.QuerySelector($"form [name='{field.Name}']") is not IHtmlInputElement { Type: "radio" })
        .Concat(page.QuerySelectorAll("form input[type=radio]").OfType<IHtmlInputElement>().Where(radio => radio.IsChecked).Select(radio => (radio.Name!, radio.Value)))
        .Select(field => KeyValuePair.Create(field.Item1, field.Item2));

    private string Text(Referral row)
    {
        var opened = Opener.Open([.. row.Header!, .. row.Payload!], intake.Recovery);
        Assert.Equal(Outcome.Success, opened.Outcome);
        return JsonSerializer.Serialize(JsonDocument.Parse(Encoding.UTF8.GetString(opened.Plain)), Plain);
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

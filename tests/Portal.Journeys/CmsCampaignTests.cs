using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

using Portal.Cms.Staff;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>The main work: a campaign is written, translated twice, approved by a second person and public seconds later.</summary>
public sealed class CmsCampaignTests(BrowserFixture browsers, CmsBrowserFixture cms)
{
    private const string Id = "campaigns/winter-lights";
    private const string Title = "Winter lights: look in on someone";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_campaign_is_written_translated_approved_and_public_in_each_language()
    {
        var server = await cms.ServerAsync();
        await using var author = await CmsPerson.AtAsync(server, browsers.Browser, "Rowan Field", (Role.Author, ""), (Role.Reviewer, ""));
        await using var zara = await CmsPerson.AtAsync(server, browsers.Browser, "Zara Malik", (Role.Translator, "ur"));
        await using var ola = await CmsPerson.AtAsync(server, browsers.Browser, "Ola Wilk", (Role.Translator, "pl"));
        await using var ewa = await CmsPerson.AtAsync(server, browsers.Browser, "Ewa Nowak", (Role.Translator, "pl"));
        await using var reviewer = await CmsPerson.AtAsync(server, browsers.Browser, "Morgan Price", (Role.Reviewer, ""));

        await WriteAsync(author);
        await TranslateAsync(zara, "Urdu", "Machine draft", "سردیوں کی روشنیاں: کسی کا حال پوچھیں", "سردیوں کی روشنیاں", "سردیوں میں کسی کا حال پوچھیں۔", "ایک سادہ سوال مدد کر سکتا ہے۔", "پوچھیں کہ وہ کیسے ہیں۔");
        await TranslateAsync(ola, "Polish", "Needs review", "Zimowe światła: zajrzyj do kogoś", "Zimowe światła", "Zimą zapytaj kogoś, jak się czuje.", "Jedno proste pytanie może pomóc.", "Zapytaj, jak się czuje.");
        await Expect(ola.Page.GetByText("You wrote part of this. Somebody else must read it.")).ToBeVisibleAsync();
        await ola.FollowAsync("Review and publish");
        await Expect(ola.Notice).ToContainTextAsync("The English text is not public yet.");
        await ReadAsync(ewa);

        await SubmitAsync(author);
        await Expect(author.Notice).ToHaveTextAsync("You submitted this. Somebody else must approve it.");
        await Expect(author.Button("Send back")).ToHaveCountAsync(0);

        await reviewer.OpenAsync("/");
        await reviewer.GoAsync("Reviews");
        await reviewer.FollowAsync("Winter lights");
        await reviewer.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(reviewer.Page.Locator(".bar .tag")).ToHaveTextAsync("Published", new() { Timeout = 20_000 });

        await using var visitor = new CmsVisitor(server, browsers.Browser);
        var page = await visitor.SeesAsync($"/{Id}/", "A simple question can help.");
        Assert.Equal("en-GB ltr", await DirectionAsync(page));
        await Expect(page.Locator(".p-translation")).ToHaveCountAsync(0);
        await Expect(page.Locator(".p-steps li, ol li").Filter(new() { HasText = "Ask how they are." })).ToHaveCountAsync(1);

        page = await visitor.SeesAsync($"/pl/{Id}/", "Jedno proste pytanie może pomóc.");
        Assert.Equal("pl ltr", await DirectionAsync(page));
        await Expect(page.Locator(".p-translation")).ToHaveCountAsync(0); // Ewa Nowak read it beside the English.

        page = await visitor.SeesAsync($"/ur/{Id}/", "ایک سادہ سوال مدد کر سکتا ہے۔");
        Assert.Equal("ur rtl", await DirectionAsync(page));
        await Expect(page.GetByText("پوچھیں کہ وہ کیسے ہیں۔")).ToHaveCSSAsync("direction", "rtl");
        await Expect(page.Locator(".p-translation")).ToContainTextAsync("اس صفحے کا ترجمہ مشین نے کیا ہے۔");
        await Expect(page.Locator(".p-translation a[href^='tel:']")).ToBeVisibleAsync();

        await visitor.SeesAsync("/campaigns/", Title);
        var acts = await server.WithDatabaseAsync(database => database.Audit.Where(row => row.Act.StartsWith("bundle.") || row.Subject.StartsWith($"pages/{Id}/")).OrderBy(row => row.Number).Select(row => row.Actor + " " + row.Act).ToListAsync(Cancel));
        Assert.Equal(["Ewa Nowak translation.review", "Rowan Field bundle.make", "Rowan Field bundle.submit", "Morgan Price bundle.approve", "Morgan Price document.publish", "Morgan Price document.publish", "Morgan Price document.publish", "Morgan Price bundle.publish"], acts);
    }

    private static async Task WriteAsync(CmsPerson author)
    {
        await author.OpenAsync("/");
        await author.BeginAsync("Campaign", Id, Title);
        await author.AddAsync("Text");
        await author.TypeAsync(author.Words(0), "A simple question can help.");
        await author.SaveAsync(2);
        await author.FollowAsync("Review and publish");
        await Expect(author.Page.Locator(".checks li").Filter(new() { HasText = "Must be put right" })).Not.ToHaveCountAsync(0);
        await Expect(author.Button("Submit for review")).ToBeDisabledAsync(); // Incomplete texts are kept, not published.
        await author.FitsAsync();
        await author.FollowAsync(Title);

        await author.Field("Tab title").FillAsync("Winter lights");
        await author.Field("Summary").FillAsync("In winter, ask someone how they are.");
        await author.Field("Starts").FillAsync("2026-12-01");
        await author.Field("Ends").FillAsync("2026-12-31");
        await author.AddAsync("Steps");
        await author.TypeAsync(author.Words(1), "1. Ask how they are.");
        await author.AddAsync("Contact card");
        await author.Field("Phone line").FillAsync("vs-24h");
        await author.SaveAsync(3);
        await author.FollowAsync("Review and publish");
        await Expect(author.Button("Submit for review")).ToBeEnabledAsync();
    }

    private static async Task TranslateAsync(CmsPerson translator, string language, string state, string title, string tab, string summary, string words, string step)
    {
        await translator.OpenAsync("/");
        await translator.GoAsync("Translations");
        await translator.Field("Title or path").FillAsync("winter-lights");
        await translator.Page.GetByLabel($"{Title} in {language}: missing").ClickAsync();
        await translator.Field("Title in " + language).FillAsync(title);
        await translator.Field("Tab title in " + language).FillAsync(tab);
        await translator.Field("Summary in " + language).FillAsync(summary);
        await translator.TypeAsync(translator.Words(0), words);
        await translator.TypeAsync(translator.Words(1), "1. " + step);
        await translator.Field("How far it has come").SelectOptionAsync(state);
        await translator.PressAsync("Save");
        await Expect(translator.Notice).ToHaveTextAsync("Saved.", new() { Timeout = 20_000 });
        await Expect(translator.Page.Locator(".bar .tag")).ToHaveTextAsync(state, new() { IgnoreCase = true });
    }

    /// <summary>A second Pole reads the translation beside the English.</summary>
    private static async Task ReadAsync(CmsPerson ewa)
    {
        await ewa.OpenAsync("/");
        await ewa.GoAsync("Translations");
        await ewa.Field("Title or path").FillAsync("winter-lights");
        await ewa.Page.GetByLabel($"{Title} in Polish: needs review").ClickAsync();
        await ewa.PressAsync("I read all of it beside the English: mark as reviewed");
        await Expect(ewa.Page.Locator(".bar .tag")).ToHaveTextAsync("reviewed (Ewa Nowak, 2026-12-01)", new() { Timeout = 20_000 });
    }

    /// <summary>The campaign in its three languages as one.</summary>
    private static async Task SubmitAsync(CmsPerson author)
    {
        await author.GoAsync("Bundles");
        await author.Field("Name").FillAsync("Winter lights");
        await author.Field("Begin with the campaign (optional)").SelectOptionAsync(new SelectOptionValue { Label = Title });
        await author.PressAsync("Make it");
        await Expect(author.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(4, new() { Timeout = 20_000 }); // Its head and three texts.
        await author.PressAsync("Submit all for review");
        await Expect(author.Heading("Waiting for a second person")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await author.FitsAsync();
    }

    private static Task<string> DirectionAsync(IPage page) => page.EvaluateAsync<string>("document.documentElement.lang + ' ' + getComputedStyle(document.querySelector('article')).direction");
}

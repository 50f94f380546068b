using Microsoft.Playwright;

using Xunit;

namespace Portal.Journeys;

/// <summary>"What would help you today?": each answer is a link. No script, nothing kept, no score.</summary>
public sealed class TriageTests(BrowserFixture browsers, SiteFixture site)
{
    private const string Answers = ".p-question a.p-answer";

    [Fact]
    public async Task Links_alone_lead_from_the_first_question_to_a_page_with_scripts_off()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false, new() { JavaScriptEnabled = false });

        await visitor.VisitAsync("/");
        await visitor.FollowAsync("/what-helps/");
        await visitor.Page.GetByText("I want to be safer where I live").ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(site.Url + "/what-helps/home/");
        await visitor.Page.GetByText("No, but they keep coming or calling").ClickAsync();
        await Assertions.Expect(visitor.Page).ToHaveURLAsync(site.Url + "/guides/unwanted-contact/");

        Assert.Empty(await visitor.Context.CookiesAsync());
        Assert.All(visitor.Requests, url => Assert.DoesNotContain('?', url));
    }

    [Fact]
    public async Task Every_answer_of_every_question_leads_somewhere_and_none_counts()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false, new() { JavaScriptEnabled = false });
        var waiting = new Queue<string>(["/what-helps/"]);
        var seen = new HashSet<string>(StringComparer.Ordinal);

        while (waiting.TryDequeue(out var address))
        {
            if (!seen.Add(address)) continue;
            var response = await visitor.Context.APIRequest.GetAsync(site.Url + address);
            Assert.Equal(200, response.Status);
            if (!address.StartsWith("/what-helps/", StringComparison.Ordinal)) continue;

            await visitor.VisitAsync(address);
            Assert.Equal(0, await visitor.Page.Locator("main input, main form").CountAsync());
            var answers = await visitor.Page.Locator(Answers).EvaluateAllAsync<string[]>("links => links.map((link) => link.getAttribute('href'))");
            Assert.True(answers.Length >= 2, address);
            foreach (var answer in answers) waiting.Enqueue(answer);
        }

        Assert.True(seen.Count(address => address.StartsWith("/what-helps/", StringComparison.Ordinal)) >= 8);
    }

    [Fact]
    public async Task With_scripts_on_nothing_is_kept_either()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: true);

        await visitor.VisitAsync("/what-helps/");
        await visitor.FollowAsync("/what-helps/law/");
        await visitor.FollowAsync("/will-you-tell/");

        Assert.Equal("{}{}null", await visitor.Page.EvaluateAsync<string>("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + JSON.stringify(history.state)"));
        Assert.Empty(await visitor.Context.CookiesAsync());
    }
}

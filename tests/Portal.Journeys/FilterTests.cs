using Xunit;

namespace Portal.Journeys;

/// <summary>The professionals' list of pathways, narrowed by work and risk.</summary>
public sealed class FilterTests(BrowserFixture browsers, SiteFixture site)
{
    private const string Shown = ".p-filter__item:not([hidden])";

    [Fact]
    public async Task Work_and_risk_narrow_the_list_and_the_number_is_said()
    {
        await using var visitor = await VisitAsync(cached: false);
        var all = await visitor.Page.Locator(Shown).CountAsync();

        await visitor.Page.GetByLabel("Your work").SelectOptionAsync("housing");
        var roles = await visitor.Page.Locator(Shown).EvaluateAllAsync<string[]>("all => all.map((each) => each.dataset.roles)");
        Assert.InRange(roles.Length, 2, all - 1);
        Assert.All(roles, each => Assert.True(each.Split(' ').Intersect(["housing", "everyone"]).Any(), each));
        await AssertSaysAsync(visitor, roles.Length);

        await visitor.Page.GetByLabel("Risk").SelectOptionAsync("high");
        var risks = await visitor.Page.Locator(Shown).EvaluateAllAsync<string[]>("all => all.map((each) => each.dataset.risk)");
        Assert.InRange(risks.Length, 1, roles.Length);
        Assert.All(risks, each => Assert.True(each.Split(' ').Intersect(["high", "any"]).Any(), each));
        await AssertSaysAsync(visitor, risks.Length);

        await visitor.Page.GetByLabel("Your work").SelectOptionAsync("");
        await visitor.Page.GetByLabel("Risk").SelectOptionAsync("");
        await AssertSaysAsync(visitor, all);
    }

    /// <summary>Every kind of work that can be chosen finds a pathway that names it.</summary>
    [Fact]
    public async Task Each_choice_of_work_finds_a_pathway_of_its_own()
    {
        await using var visitor = await VisitAsync(cached: false);
        var options = await visitor.Page.GetByLabel("Your work").Locator("option").EvaluateAllAsync<string[]>("all => all.map((each) => each.value).filter(Boolean)");

        foreach (var work in options)
        {
            await visitor.Page.GetByLabel("Your work").SelectOptionAsync(work);
            Assert.True(await visitor.Page.Locator($"{Shown}[data-roles~='{work}']").CountAsync() > 0, work);
        }
    }

    /// <summary>QE8, QE22.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public async Task The_choice_is_not_kept_sent_or_found_on_coming_back(bool cached)
    {
        await using var visitor = await VisitAsync(cached);
        var all = await visitor.Page.Locator(Shown).CountAsync();
        visitor.Requests.Clear();
        await visitor.Page.GetByLabel("Your work").SelectOptionAsync("police");
        Assert.Empty(visitor.Requests);
        Assert.Equal(site.Url + "/professionals/", visitor.Page.Url);

        await visitor.FollowAsync("/professionals/police/");
        await visitor.StepAsync(-1);

        Assert.Equal($"/{all}/", await visitor.AskAsync("[document.querySelector('.p-filter select').value, document.querySelectorAll('.p-filter__item:not([hidden])').length, document.querySelector('.p-filter__status').textContent].join('/')"));
        Assert.Equal("0", await visitor.AskAsync("localStorage.length + sessionStorage.length"));
    }

    private async Task<LeavingVisitor> VisitAsync(bool cached)
    {
        var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached);
        await visitor.VisitAsync("/professionals/");
        return visitor;
    }

    private static async Task AssertSaysAsync(LeavingVisitor visitor, int count) =>
        Assert.Equal(count == 1 ? "1 pathway shown" : $"{count} pathways shown", await visitor.Page.InnerTextAsync(".p-filter__status[role=status]"));
}

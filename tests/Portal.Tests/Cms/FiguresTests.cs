using System.Globalization;
using System.Net;
using System.Text;

using NodaTime;
using NodaTime.Text;

using Portal.Cms.Referrals;
using Portal.Cms.Referrals.Figures;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The return of a quarter: from confirmed facts, as a page and as a file.</summary>
public sealed class FiguresTests(CmsFixture cms) : IClassFixture<CmsFixture>, IAsyncLifetime
{
    private static readonly Duration LastQuarter = Duration.FromDays(70);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await cms.ForgetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Confirmed_facts_are_counted_and_messages_without_any_are_not_recorded()
    {
        await FactsAsync(12, "self", 3, 4);
        await FactsAsync(9, "police", 6, 4);
        await FactsAsync(3, "health", null, 4);
        for (var more = 0; more < 6; more++) await cms.MessageAsync(LastQuarter);
        await cms.MessageAsync(LastQuarter, state: ReferralState.Deleted); // Its facts were counted above, without their tie.
        await cms.MessageAsync(Duration.FromDays(1));
        var auditor = await cms.ClientAsync(Role.ReferralAuditor);

        var rows = await CsvAsync(auditor, "2026-Q3");

        Assert.Equal("30", rows["All/Messages"]);
        Assert.Equal("10", rows["Who referred/The person themselves"]);
        Assert.Equal("10", rows["Who referred/Police or justice"]);
        Assert.Equal("fewer than 5", rows["Who referred/Health"]);
        Assert.Equal("fewer than 5", rows["Who referred/Housing"]);
        Assert.Equal("5", rows["Who referred/Not recorded"]);
        Assert.Equal("10", rows["Time to the first try to reach somebody/Somebody tried within the target"]);
        Assert.Equal("10", rows["Time to the first try to reach somebody/Somebody tried later"]);
        Assert.Equal("50", rows["All/Percent within target, of those with a try and a target"]); // Of the told 10 and 10, not of 12 and 9.
        Assert.Contains(await cms.ActsAsync("2026-Q3"), act => act.Act == "referral.figures");
    }

    [Fact]
    public async Task A_percentage_is_not_told_beside_a_number_that_is_not()
    {
        await FactsAsync(20, "self", 3, 4);
        await FactsAsync(2, "self", 9, 4);

        Assert.Equal("not shown", (await CsvAsync(await cms.ClientAsync(Role.ReferralAuditor), "2026-Q3"))["All/Percent within target, of those with a try and a target"]);
    }

    [Fact]
    public async Task No_cell_is_a_formula_and_every_line_has_four()
    {
        await FactsAsync(9, "=HYPERLINK(\"https://evil.example\",\"a\")", 3, 4);
        var auditor = await cms.ClientAsync(Role.ReferralAuditor);

        var bytes = await (await auditor.OpenAsync("/referrals/figures.csv?quarter=2026-Q3")).Content.ReadAsByteArrayAsync(Cancel);
        var text = Encoding.UTF8.GetString(bytes);

        Assert.StartsWith("\uFEFFQuarter,Table,Category,Number\r\n", text, StringComparison.Ordinal);
        Assert.Contains("2026-Q3,Who referred,\"'=HYPERLINK(\"\"https://evil.example\"\",\"\"a\"\")\",10\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split("\r\n"), line => line.Split(',').Any(cell => cell.TrimStart('"') is ['=' or '+' or '-' or '@', ..]));
    }

    [Fact]
    public async Task A_running_quarter_has_a_page_and_no_file()
    {
        var auditor = await cms.ClientAsync(Role.ReferralAuditor);

        Assert.Equal(HttpStatusCode.NotFound, (await auditor.OpenAsync("/referrals/figures.csv?quarter=2026-Q4")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await auditor.OpenAsync("/referrals/figures.csv?quarter=2026-Q5")).StatusCode);
        var page = await auditor.PageAsync("/referrals/figures?quarter=2026-Q4");
        Assert.Equal("Figures, October to December 2026", page.QuerySelector("h1")!.TextContent);
        Assert.Null(page.QuerySelector("a[download]"));
        Assert.Equal("Figures, July to September 2026", (await auditor.PageAsync("/referrals/figures")).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_lead_sees_what_is_missing_and_an_auditor_sees_no_message()
    {
        var bare = await cms.MessageAsync(LastQuarter, state: ReferralState.Opened);
        var half = await cms.MessageAsync(LastQuarter, state: ReferralState.Opened);
        var whole = await cms.MessageAsync(LastQuarter, state: ReferralState.Opened);
        await using (var database = cms.Database())
        {
            database.AddRange(Fact(half.Id, "self", 3, 4, string.Empty), Fact(whole.Id, "self", 3, 4, "en"));
            await database.SaveChangesAsync(Cancel);
        }

        var lead = await (await cms.ClientAsync(Role.SafeguardingLead)).PageAsync("/referrals/figures?quarter=2026-Q3");
        var auditor = await (await cms.ClientAsync(Role.ReferralAuditor)).PageAsync("/referrals/figures?quarter=2026-Q3");

        var rows = lead.QuerySelectorAll("#missing ~ table tbody tr").ToDictionary(row => row.QuerySelector("th")!.TextContent, row => row.QuerySelector("td")!.TextContent);
        Assert.Equal(2, rows.Count);
        Assert.Equal("who referred, area, age, language, what came of it, a try to reach somebody", rows[bare.Reference]);
        Assert.Equal("language", rows[half.Reference]);
        Assert.DoesNotContain(bare.Reference, auditor.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(auditor.QuerySelector("a[href*='/acts']"));
    }

    [Theory]
    [InlineData(Role.ReferralWorker, HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData(Role.SafeguardingLead, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData(Role.ReferralAuditor, HttpStatusCode.Forbidden, HttpStatusCode.OK)]
    [InlineData(Role.Owner, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(Role.CommunicationsLead, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(Role.Auditor, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task Each_role_opens_what_it_may(Role role, HttpStatusCode rota, HttpStatusCode figures)
    {
        var client = await cms.ClientAsync(role);

        Assert.Equal(rota, (await client.OpenAsync("/referrals/rota")).StatusCode);
        Assert.Equal(figures, (await client.OpenAsync("/referrals/figures")).StatusCode);
        Assert.Equal(figures, (await client.OpenAsync("/referrals/figures.csv?quarter=2026-Q3")).StatusCode);
        var rooms = await client.PageAsync(Permissions.Of(role).Contains(Permissions.ReferSee) ? "/referrals" : "/");
        Assert.Equal((rota, figures), (Leads("rota"), Leads("figures")));

        HttpStatusCode Leads(string room) => rooms.QuerySelector($"nav a[href='/referrals/{room}']") is null ? HttpStatusCode.Forbidden : HttpStatusCode.OK;
    }

    [Theory]
    [InlineData("2026-12-31T23:59:59Z", "2026-Q4", "October to December 2026", "quarter 3 of 2026-27", "2027-01-14")]
    [InlineData("2027-01-01T00:00:00Z", "2027-Q1", "January to March 2027", "quarter 4 of 2026-27", "2027-04-14")]
    [InlineData("2027-03-31T22:59:59Z", "2027-Q1", "January to March 2027", "quarter 4 of 2026-27", "2027-04-14")]
    [InlineData("2027-03-31T23:00:00Z", "2027-Q2", "April to June 2027", "quarter 1 of 2027-28", "2027-07-14")] // Midnight in summer.
    public void A_quarter_begins_and_ends_by_clocks_in_Kent_and_is_due_fourteen_days_later(string at, string name, string title, string financial, string due)
    {
        var quarter = ReportQuarter.Of(InstantPattern.General.Parse(at).Value);

        Assert.Equal((name, title, financial, due), (quarter.Name, quarter.Title, quarter.Financial, quarter.Due.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)));
        Assert.Equal(quarter, ReportQuarter.Parse(name));
        Assert.True(quarter.Before.IsBefore(quarter) && !quarter.IsBefore(quarter.Before) && quarter.Before.Last.PlusDays(1) == quarter.First);
    }

    private async Task FactsAsync(int count, string source, int? response, int? target)
    {
        await using var database = cms.Database();
        database.AddRange(Enumerable.Range(0, count).Select(_ => Fact(null, source, response, target, "en")));
        await database.SaveChangesAsync(Cancel);
    }

    private static ReferralFacts Fact(Guid? message, string source, int? response, int? target, string language) => new()
    {
        Id = RandomKey.New(),
        ReferralId = message,
        Quarter = "2026-Q3",
        Source = source,
        District = "moving",
        AgeBand = "18over",
        Language = language,
        Outcome = "advice",
        Urgent = false,
        ResponseHours = response,
        TargetHours = target,
    };

    private static async Task<Dictionary<string, string>> CsvAsync(HttpClient client, string quarter)
    {
        using var answer = await client.OpenAsync($"/referrals/figures.csv?quarter={quarter}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var lines = (await answer.Content.ReadAsStringAsync(Cancel)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1);
        return lines.Select(line => (Number: line[(line.LastIndexOf(',') + 1)..], Head: line[..line.LastIndexOf(',')])).ToDictionary(line => string.Join('/', line.Head.Split(',', 3).Skip(1)).Replace("\"", string.Empty, StringComparison.Ordinal), line => line.Number);
    }
}

using System.Net;

using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The tables below <c>data/</c>: a form where the rows are records, else the file as text.</summary>
public sealed class DataTableTests : IAsyncLifetime
{
    private const string Holidays = "data/bank-holidays.yaml";
    private const string Remarked = "# Head.\ndays:\n  # This year.\n  - {date: 2026-12-25, title: \"Christmas Day\"}\n  # Next year.\n  - {date: 2027-01-01}\n";

    private CmsFixture cms = null!; // Set before each test.

    public async ValueTask InitializeAsync() => cms = await CmsContent.TakeInAsync(A.Site((Holidays, Remarked)));

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task Each_table_has_an_editor()
    {
        var client = await cms.ClientAsync(Role.CommunicationsLead);
        foreach (var path in A.Site().Paths.Where(path => path.StartsWith("data/", StringComparison.Ordinal)))
        {
            var page = await client.PageAsync("/" + path);
            var isForm = path.EndsWith(".yaml", StringComparison.Ordinal) && path != "data/sensitive-words.yaml";
            Assert.Equal(isForm, page.QuerySelector("textarea[name='text']") is null);
            Assert.Equal(isForm, page.QuerySelector("[name^='f.']") is not null);
        }
    }

    [Fact]
    public async Task A_row_is_changed_added_and_removed_and_every_remark_stays()
    {
        var client = await cms.ClientAsync(Role.CommunicationsLead);

        await SaveAsync(client, ("f.days.1.title", "New Year's Day"));
        Assert.Equal(Remarked.Replace("- {date: 2027-01-01}", "- date: 2027-01-01\n    title: New Year's Day", StringComparison.Ordinal), await cms.SavedAsync(Holidays));

        var more = await (await client.SubmitAsync("/" + Holidays, "edit", ("act", "more:f.days"))).DocumentAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(more, "/" + Holidays, "edit", ("f.days.2.date", "2027-03-26"), ("act", "save"))).StatusCode);
        Assert.EndsWith("title: New Year's Day\n  - date: 2027-03-26\n", await cms.SavedAsync(Holidays), StringComparison.Ordinal);

        var less = await (await client.SubmitAsync("/" + Holidays, "edit", ("act", "less:f.days.0"))).DocumentAsync();
        await client.SubmitAsync(less, "/" + Holidays, "edit", ("act", "save"));
        Assert.StartsWith("# Head.\ndays:\n  # This year.\n  # Next year.\n  - date: 2027-01-01\n", await cms.SavedAsync(Holidays), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_is_told_with_its_line_and_stops_a_publication()
    {
        var client = await cms.ClientAsync(Role.CommunicationsLead);
        const string towns = "data/towns.csv";
        var text = (await cms.SavedAsync(towns)).Replace("Margate,51.389", "Margate,north", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync("/" + towns, "edit", ("text", text), ("act", "save"))).StatusCode);

        Assert.Equal(text, await cms.SavedAsync(towns));
        Assert.Contains("data/towns.csv, line 3:", (await client.PageAsync("/" + towns)).QuerySelector(".checks")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.SubmitAsync("/documents/publish/" + towns, "submit")).StatusCode);
    }

    [Fact]
    public async Task A_row_that_is_half_filled_in_is_kept_and_told()
    {
        var client = await cms.ClientAsync(Role.CommunicationsLead);
        await SaveAsync(client, ("f.days.1.date", "soon"));

        var page = await client.PageAsync("/" + Holidays);

        Assert.Equal("soon", page.QuerySelector("[name='f.days.1.date']")!.GetAttribute("value"));
        Assert.Contains("'date' has a value that does not fit. Expected: a date such as 2026-11-22.", page.QuerySelector(".checks")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_no_form_can_show_is_edited_as_text()
    {
        var client = await cms.ClientAsync(Role.CommunicationsLead);
        const string strange = "days:\n  - {date: 2026-12-25, kept: yes}\n";
        await client.SubmitAsync($"/{Holidays}?as=text", "edit", ("text", strange), ("act", "save"));

        Assert.Equal(strange, (await client.PageAsync("/" + Holidays)).QuerySelector("textarea[name='text']")!.TextContent);
    }

    [Fact]
    public async Task A_list_that_is_longer_than_a_form_is_edited_as_text()
    {
        var client = await cms.ClientAsync(Role.CommunicationsLead);
        var most = string.Concat(Enumerable.Range(0, 201).Select(at => $"- word: \"word {at}\"\n  instead: other\n"));
        await client.SubmitAsync("/data/tone.yaml?as=text", "edit", ("text", most), ("act", "save"));

        Assert.NotNull((await client.PageAsync("/data/tone.yaml")).QuerySelector("textarea[name='text']"));
    }

    [Fact]
    public async Task A_second_save_gets_both_and_an_Author_may_not()
    {
        var (one, other, author) = (await cms.ClientAsync(Role.CommunicationsLead), await cms.ClientAsync(Role.Owner), await cms.ClientAsync(Role.Author));
        var theirs = await other.PageAsync("/" + Holidays);
        await SaveAsync(one, ("f.days.0.title", "One"));

        var refused = await other.SubmitAsync(theirs, "/" + Holidays, "edit", ("f.days.1.title", "Other"), ("act", "save"));

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Contains("One", (await refused.DocumentAsync()).QuerySelector(".errors ins")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await SaveAsync(author, ("f.days.0.title", "Author"))).StatusCode);
    }

    [Fact]
    public async Task The_navigation_is_a_table_and_its_order_is_the_sites()
    {
        var (lead, reviewer) = (await cms.ClientAsync(Role.CommunicationsLead), await cms.ClientAsync(Role.Reviewer));
        const string path = "data/navigation.yaml";

        await lead.SubmitAsync("/" + path, "edit", ("f.main.0.address", "/guides/"), ("f.main.0.words", "nav.guides"), ("f.main.2.address", "/help-now/"), ("f.main.2.words", "nav.help"), ("act", "save"));
        await cms.ApproveAsync(lead, reviewer, path);

        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(cms.Public("about/index.html")!);
        Assert.Equal(["/guides/", "/find-help/", "/help-now/", "/professionals/"], page.QuerySelectorAll(".p-nav a").Select(link => link.GetAttribute("href")));
    }

    private static async Task<HttpResponseMessage> SaveAsync(HttpClient client, params (string Name, string Value)[] fields) => await client.SubmitAsync("/" + Holidays, "edit", [.. fields, ("act", "save")]);
}

using System.Net;

using AngleSharp.Html.Dom;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Places;
using Portal.Cms.Review;
using Portal.Cms.Staff;
using Portal.Content.Places;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Places in and out as a table: checked whole, told row for row, taken whole or not at all.</summary>
public sealed class PlaceTableTests : IAsyncLifetime
{
    private const string Import = "/places/import";
    private const string Hall = "pages/places/hall/en.md";
    private const string Head = "path,title,tabTitle,summary,type,district,standing,helplines,confidence,publish,address.line1,address.town,openTo\n";

    private CmsFixture cms = null!; // Set before each test.
    private HttpClient author = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsFixture.StartAsync();
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site((Hall, A.Point("The hall, old", "address:\n  line1: \"1, Canary Lane\"\n  town: Maidstone\ntravel: =By bus\n"))), Cancel);
        author = await cms.ClientAsync(Role.Author);
    }

    public async ValueTask DisposeAsync()
    {
        author.Dispose();
        await cms.DisposeAsync();
    }

    [Fact]
    public async Task What_was_downloaded_changes_nothing_when_it_is_imported()
    {
        var table = await (await author.OpenAsync("/places/export.csv")).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("\"The hall, old\"", table, StringComparison.Ordinal);
        Assert.Contains(",'=By bus", table, StringComparison.Ordinal);

        var page = await PostAsync(table, "check");

        Assert.All(page.QuerySelectorAll("table.list tbody tr"), row => Assert.Contains("Stays as it is", row.TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.QuerySelectorAll("table.list tbody tr"));
        Assert.Null(page.QuerySelector("button[value=import]"));
    }

    [Fact]
    public async Task A_dry_run_tells_every_rows_problem_and_writes_nothing()
    {
        var before = await cms.Database().Revisions.CountAsync(Cancel);

        var page = await PostAsync(Head
            + "places/good,Good place,Good place,A good place.,drop-in,maidstone,current,main,high,yes,1 High Street,Maidstone,everyone; women\n"
            + "Places/Bad Path,x,x,x,drop-in,maidstone,current,main,high,yes,,,everyone\n"
            + "places/short,x\n"
            + "places/no-district,No district,No district,Nowhere.,drop-in,atlantis,current,main,high,yes,1 High Street,Maidstone,everyone\n"
            + "places/kind,Odd kind,Odd kind,Odd.,palace,maidstone,current,main,high,yes,1 High Street,Maidstone,everyone\n"
            + "places/safe,Safe,Safe house,Safe.,refuge,maidstone,current,main,high,no,1 Secret Street,Maidstone,women\n"
            + "places/good,Twice,Twice,Twice.,drop-in,maidstone,current,main,high,yes,,,everyone\n", "check", HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["", "is no path of a place", "2 cells", "'atlantis' is no district", "'type' has a value that does not fit", "never written down", "stands in the table twice"], Told(page, ["", "is no path of a place", "2 cells", "'atlantis' is no district", "'type' has a value that does not fit", "never written down", "stands in the table twice"]));
        Assert.Equal(["2", "3", "4", "5", "6", "7", "8"], page.QuerySelectorAll("table.list tbody tr td:first-child").Select(cell => cell.TextContent.Trim()));
        Assert.Contains("6 rows have a problem", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("button[value=import]"));
        Assert.Equal(before, await cms.Database().Revisions.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_table_that_is_right_becomes_drafts()
    {
        var table = "path,title,tabTitle,summary,type,district,standing,helplines,confidence,publish\n"
            + "places/hall,The hall,,,,,,,,\n".Replace(",,,,,,,,", ",Hall,The hall in town.,drop-in,maidstone,current,main,high,yes", StringComparison.Ordinal)
            + "places/new,New place,New place,A new place.,drop-in,maidstone,current,main,high,yes\n";
        Assert.NotNull((await PostAsync(table, "check")).QuerySelector("button[value=import]"));

        var page = await PostAsync(table, "import");

        Assert.Contains("2 places imported as drafts", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        var hall = await cms.Database().Entries.AsNoTracking().FirstAsync(entry => entry.Path == Hall, Cancel);
        Assert.Equal(("The hall", EntryState.Draft), (hall.Title, hall.State));
        Assert.Contains("line1: \"1, Canary Lane\"", (await cms.Database().Revisions.FirstAsync(revision => revision.Id == hall.Head, Cancel)).Text, StringComparison.Ordinal);
        Assert.Equal(EntryState.Draft, (await cms.Database().Entries.FirstAsync(entry => entry.Path == "pages/places/new/en.md", Cancel)).State);
        Assert.Equal("1 added, 1 changed", await cms.Database().Audit.Where(row => row.Act == "place.import").Select(row => row.Detail).SingleAsync(Cancel));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("title\nx\n", "no column 'path'")]
    [InlineData("path,colour\nplaces/x,red\n", "'colour' is no column")]
    [InlineData("path,title,title\n", "is there twice")]
    public async Task A_table_without_its_columns_is_refused_as_a_whole(string table, string why) =>
        Assert.Contains(why, (await PostAsync(table, "check", HttpStatusCode.UnprocessableEntity)).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);

    [Fact]
    public async Task An_import_with_one_wrong_row_writes_none()
    {
        var before = await cms.Database().Entries.CountAsync(Cancel);

        await PostAsync(Head + "places/good,Good place,Good place,A good place.,drop-in,maidstone,current,main,high,yes,1 High Street,Maidstone,everyone\nplaces/bad,x\n", "import", HttpStatusCode.UnprocessableEntity);

        Assert.Equal(before, await cms.Database().Entries.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_place_submitted_while_the_table_was_read_takes_no_other_row_with_it()
    {
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CmsDatabase>().Entries.LoadAsync(Cancel); // Read before, as the table's own look at it is.
        var person = await cms.PersonAsync(roles: (Role.Author, string.Empty));
        await using (var other = cms.Services.CreateAsyncScope())
        {
            var hall = (await other.ServiceProvider.GetRequiredService<DocumentStore>().FindAsync(Hall, Cancel))!; // Imported above.
            Assert.True(await other.ServiceProvider.GetRequiredService<ReviewDesk>().SubmitAsync(hall, hall.Version, new(person.Id, person.Name), null, Cancel));
        }

        var reading = await scope.ServiceProvider.GetRequiredService<PlaceTable>().ImportAsync("path,title,tabTitle,summary,type,district,standing,helplines,confidence,publish\n"
            + "places/new,New place,New place,A new place.,drop-in,maidstone,current,main,high,yes\n"
            + "places/hall,The hall,Hall,The hall in town.,drop-in,maidstone,current,main,high,yes\n", new(person.Id, person.Name), Cancel);

        Assert.True(reading.IsRight);
        await using var database = cms.Database();
        Assert.Equal("The hall", await database.Entries.Where(entry => entry.Path == Hall).Select(entry => entry.Title).SingleAsync(Cancel));
        Assert.True(await database.Entries.AnyAsync(entry => entry.Path == "pages/places/new/en.md", Cancel));
        Assert.Equal("1 added, 1 changed", await database.Audit.Where(row => row.Act == "place.import").Select(row => row.Detail).SingleAsync(Cancel));
        Assert.Equal("The text was changed after it was submitted.", await database.Reviews.Select(review => review.Comment).SingleAsync(Cancel));
    }

    [Fact]
    public void Cells_hold_commas_marks_and_lines()
    {
        string[] cells = ["a,b", "say \"yes\"", "one\ntwo", "# no comment", "", "last"];

        var rows = Csv.Read("\uFEFF# a comment\r\n\r\nhead\r\n" + Csv.Write(cells) + "end");

        Assert.Equal(cells, rows[1].Cells);
        Assert.Equal([3, 4, 6], rows.Select(row => row.Line));
    }

    /// <summary>For each row the words looked for where its problems hold them, else what it says.</summary>
    private static IEnumerable<string> Told(IHtmlDocument page, string[] words) => page.QuerySelectorAll("table.list tbody tr").Zip(words).Select(pair =>
        pair.First.QuerySelector("ul")?.TextContent is not { } told ? string.Empty : told.Contains(pair.Second, StringComparison.Ordinal) && pair.Second.Length > 0 ? pair.Second : told);

    private async Task<IHtmlDocument> PostAsync(string table, string act, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var page = await author.PageAsync(Import);
        using var content = new MultipartFormDataContent();
        foreach (var input in page.Forms.Single(form => form.QuerySelector("textarea") is not null).QuerySelectorAll("input[type=hidden]"))
            content.Add(new StringContent(input.GetAttribute("value")!), input.GetAttribute("name")!);
        content.Add(new StringContent(table), "table");
        content.Add(new StringContent(act), "act");
        using var response = await author.PostAsync(new Uri(Import, UriKind.Relative), content, Cancel);
        Assert.Equal(expected, response.StatusCode);
        return await response.DocumentAsync();
    }
}

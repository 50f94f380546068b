using Microsoft.EntityFrameworkCore;

using Portal.Cms.Staff;
using Portal.Tests;

using Xunit;

using static Microsoft.Playwright.Assertions;

namespace Portal.Journeys;

/// <summary>A campaign goes live and leaves by the clock of London, an hour away from the server's in summer.</summary>
public sealed class CmsScheduleTests(BrowserFixture browsers) : IDisposable
{
    private const string Path = "pages/campaigns/summer-evenings/en.md";
    private const string Public = "/campaigns/summer-evenings/";
    private const string Title = "Summer evenings";

    private readonly DirectoryInfo content = Directory.CreateTempSubdirectory("portal-small-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => content.Delete(recursive: true);

    [Fact]
    public async Task A_campaign_is_absent_before_its_minute_there_from_it_on_and_led_away_from_after_its_last()
    {
        foreach (var (path, text) in SmallSite.Files())
        {
            var file = System.IO.Path.Combine(content.FullName, path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, Cancel);
        }

        await using var server = await CmsServer.StartAsync(content.FullName, At(24, "08:00"));
        await ScheduleAsync(server);
        await using var visitor = new CmsVisitor(server, browsers.Browser);
        await visitor.UntilAsync(Public, _ => Task.FromResult(visitor.Came.Status == 404));

        await MoveAsync(server, At(25, "07:59")); // 08:59 in London, a new day: the site was looked at and built.
        await visitor.OpenAsync(Public);
        Assert.Equal(404, visitor.Came.Status);
        await visitor.OpenAsync("/campaigns/");
        await Expect(visitor.Page.GetByText(Title)).ToHaveCountAsync(0);

        await TickAsync(server, At(25, "08:00"), visitor.SeesAsync(Public, "Evenings are long."));
        await visitor.SeesAsync("/campaigns/", Title);

        await MoveAsync(server, At(27, "19:59"));
        await visitor.SeesAsync(Public, "Evenings are long.");

        await TickAsync(server, At(27, "20:00"), visitor.IsLedAsync(Public, "/campaigns/"));
        await Expect(visitor.Page.GetByText(Title)).ToHaveCountAsync(0);
        Assert.Equal(
            ["Rowan Field document.submit", "Morgan Price document.approve", "Pat Stone document.expire", "schedule document.publish", "schedule document.expired"],
            await server.WithDatabaseAsync(database => database.Audit.Where(row => row.Subject == Path).OrderBy(row => row.Number).Select(row => row.Actor + " " + row.Act).ToListAsync(Cancel)));
    }

    private async Task ScheduleAsync(CmsServer server)
    {
        await using var rowan = await CmsPerson.AtAsync(server, browsers.Browser, "Rowan Field", (Role.Author, ""));
        await rowan.OpenAsync("/");
        await rowan.BeginAsync("Campaign", "campaigns/summer-evenings", Title);
        await rowan.Field("Tab title").FillAsync(Title);
        await rowan.Field("Summary").FillAsync("Evenings outside.");
        await rowan.Field("Starts").FillAsync("2027-06-25");
        await rowan.Field("Ends").FillAsync("2027-06-27");
        await rowan.AddAsync("Text");
        await rowan.TypeAsync(rowan.Words(0), "Evenings are long.");
        await rowan.SaveAsync(2);
        await rowan.SubmitAsync(Path, "25/6/2027 09:00");
        await Expect(rowan.Page.GetByText("It is to go live Friday 25 June 2027, 09:00, London time.")).ToBeVisibleAsync();

        await using var morgan = await CmsPerson.AtAsync(server, browsers.Browser, "Morgan Price", (Role.Reviewer, ""));
        await morgan.OpenAsync("/");
        await morgan.ApproveAsync(Path, "Scheduled");

        await using var pat = await CmsPerson.AtAsync(server, browsers.Browser, "Pat Stone", (Role.Publisher, ""));
        await pat.OpenAsync("/");
        await pat.FollowAsync(Title); // "Next to go live".
        await pat.Field("Leaves the site at (optional)").FillAsync("25/6/2027 08:00");
        await pat.PressAsync("Save");
        await Expect(pat.Errors).ToContainTextAsync("It would leave before it goes live.");
        await pat.Field("Leaves the site at (optional)").FillAsync("27/6/2027 21:00");
        await pat.PressAsync("Save");
        await Expect(pat.Page.GetByText("Approved; goes live Friday 25 June 2027, 09:00 and leaves Sunday 27 June 2027, 21:00, London time.")).ToBeVisibleAsync();
    }

    /// <summary>An instant of June 2027.</summary>
    private static DateTimeOffset At(int day, string utc) => new(new DateOnly(2027, 6, day), TimeOnly.Parse(utc, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>Moves the clock to another day and waits for the publication that each new day brings.</summary>
    private static async Task MoveAsync(CmsServer server, DateTimeOffset to)
    {
        server.Clock.SetUtcNow(to.AddSeconds(-30));
        var day = to.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        while (!await server.WithDatabaseAsync(database => database.Publications.AnyAsync(publication => publication.Day == day, Cancel)))
        {
            if (server.Clock.GetUtcNow() < to) server.Clock.Advance(TimeSpan.FromSeconds(15)); // The publisher looks every 15 seconds.
            await Task.Delay(50, Cancel);
        }
    }

    /// <summary>Moves the clock to an instant, and on for as long as somebody waits.</summary>
    private static async Task TickAsync(CmsServer server, DateTimeOffset to, Task waited)
    {
        server.Clock.SetUtcNow(to);
        while (!waited.IsCompleted)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(15));
            await Task.Delay(200, Cancel);
        }

        await waited;
    }
}

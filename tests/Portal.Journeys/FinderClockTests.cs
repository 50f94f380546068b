using System.Text;

using Portal.Content.Reading;
using Portal.Site.Building;

using Xunit;

namespace Portal.Journeys;

/// <summary>
/// "Open now" on the page itself. The starter site knows no hours for certain, so one place's file is changed as an editor
/// would, the site is built from that, and the browser is given the page as built.
/// </summary>
public sealed class FinderClockTests(BrowserFixture browsers, SiteFixture site)
{
    private const string File = "pages/places/maidstone-oss/en.md";

    private static readonly Lazy<IReadOnlyDictionary<string, byte[]>> Changed = new(Build);

    [Theory]
    [InlineData("2026-11-24T09:29:00Z", "Opens today at 9:30am", false)]
    [InlineData("2026-11-24T09:30:00Z", "Open now, until 11:30am", true)]
    [InlineData("2026-11-24T11:29:05Z", "Open now, until 11:30am", true)]
    [InlineData("2026-11-24T11:30:00Z", "Opens 1 December at 9:30am", false)]
    [InlineData("2026-11-25T11:30:00Z", "Opens Tuesday at 9:30am", false)]
    [InlineData("2026-11-23T20:00:00Z", "Opens tomorrow at 9:30am", false)]
    [InlineData("2026-06-02T08:30:00Z", "Open now, until 11:30am", true)]
    public async Task The_page_says_what_the_clock_in_Kent_says(string now, string said, bool open)
    {
        await using var visitor = await VisitAsync("/places/maidstone-oss/", now);

        var line = visitor.Page.Locator(".p-open__now");

        Assert.Equal(said, await line.InnerTextAsync());
        Assert.Equal(open, await line.EvaluateAsync<bool>("line => line.classList.contains('p-open__now--open')"));
        Assert.Contains("Tuesday, 9:30am to 11:30am", await visitor.Page.InnerTextAsync(".p-open__usual"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_turn_by_themselves_when_the_minute_comes()
    {
        await using var visitor = await VisitAsync("/places/maidstone-oss/", "2026-11-24T09:29:30Z");

        await visitor.Page.Clock.RunForAsync(31_000);

        Assert.Equal("Open now, until 11:30am", await visitor.Page.InnerTextAsync(".p-open__now"));
    }

    [Theory, InlineData("2026-11-24T10:00:00Z", 1), InlineData("2026-11-24T12:00:00Z", 0)]
    public async Task The_finder_can_show_only_what_is_open(string now, int shown)
    {
        await using var visitor = await VisitAsync("/find-help/", now);

        await visitor.Page.GetByLabel("Open now").CheckAsync();

        Assert.Equal(shown, await visitor.Page.Locator(".p-finder__item:not([hidden])[data-type=drop-in]").CountAsync());
    }

    /// <summary>What stands on the starter site is not certain, and then "now" is not said.</summary>
    [Fact]
    public async Task Uncertain_hours_never_say_now()
    {
        await using var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false);
        await visitor.VisitAsync("/places/maidstone-oss/");

        Assert.Equal(0, await visitor.Page.Locator(".p-open__now").CountAsync());
        Assert.Contains("Usual hours, may differ", await visitor.Page.InnerTextAsync(".p-open__usual"), StringComparison.Ordinal);
    }

    // A phone in another time zone, because only the clock in Kent counts.
    private async Task<LeavingVisitor> VisitAsync(string address, string now)
    {
        var visitor = await LeavingVisitor.ComeAsync(browsers, site, cached: false, new() { TimezoneId = "America/New_York" });
        await visitor.Context.RouteAsync(site.Url + address, route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            BodyBytes = Changed.Value[address[1..] + "index.html"],
        }));
        await visitor.Page.Clock.InstallAsync(new() { Time = now });
        await visitor.VisitAsync(address);
        return visitor;
    }

    private static IReadOnlyDictionary<string, byte[]> Build()
    {
        var files = ContentFiles.FromFolder(Path.Combine(SiteFixture.Repository, "content"));
        var text = files.Text(File);
        var sure = text.Replace("bankHolidays: unknown\n  confidence: medium", "bankHolidays: closed\n  confidence: high", StringComparison.Ordinal);
        Assert.NotEqual(text, sure);
        var build = SiteBuilder.Build(files.With([(File, Encoding.UTF8.GetBytes(sure))]), new(SiteFixture.At, BaseUrl: null, Path.Combine(SiteFixture.Repository, "site", "output.cache")));
        return build.Output?.Files ?? throw new InvalidOperationException(string.Join('\n', build.Problems));
    }
}

using System.Text.RegularExpressions;

using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

using NodaTime;

using QRCoder;

using Xunit;

namespace Portal.Tests.Pages;

public sealed partial class CampaignTests
{
    /// <summary>In Kent's winter a day begins at midnight UTC.</summary>
    [Theory]
    [InlineData("2026-11-24T23:59:59Z", "campaigns.coming", false)]
    [InlineData("2026-11-25T00:00:00Z", "campaigns.running", true)]
    [InlineData("2026-12-10T23:59:59Z", "campaigns.running", true)]
    [InlineData("2026-12-11T00:00:00Z", "campaigns.past", false)]
    public void Pages_follow_the_day_the_site_is_built_for(string at, string phase, bool onHome)
    {
        var output = A.Output(A.Site(), NodaTime.Text.InstantPattern.ExtendedIso.Parse(at).Value);
        var words = A.Library(A.Site()).Strings["en"];

        var list = Page(output.Page("campaigns/index.html"));
        Assert.Equal(words[phase], list.QuerySelector("main section:has(a[href='/campaigns/sixteen-days/']) h2")!.TextContent);
        Assert.Equal(phase != "campaigns.running", list.QuerySelector("main")!.TextContent.Contains(words["campaigns.none"], StringComparison.Ordinal));
        Assert.Equal(onHome, Page(output.Page("index.html")).QuerySelector("main a[href='/campaigns/sixteen-days/']") is not null);
        Assert.Contains("25 November 2026 to 10 December 2026", Page(output.Page("campaigns/sixteen-days/index.html")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_stands_on_the_pages_it_concerns_in_every_language_while_it_holds()
    {
        var output = A.Output(A.Site());
        const string link = "href=\"/notices/new-number/\"";

        Assert.Contains(link, output.Page("help-now/index.html"), StringComparison.Ordinal);
        Assert.Contains(link, output.Page("pl/help-now/index.html"), StringComparison.Ordinal);
        Assert.DoesNotContain(link, output.Page("privacy/index.html"), StringComparison.Ordinal);
        Assert.DoesNotContain(link, A.Output(A.Site(), Instant.FromUtc(2026, 12, 1, 0, 0)).Page("help-now/index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_poster_has_the_number_and_a_code_that_leads_to_a_neutral_page()
    {
        var poster = Page(A.Output(A.Site()).Page("campaigns/sixteen-days/poster/index.html"));
        var code = poster.QuerySelector("svg.p-qr")!;

        Assert.Contains("0808 168 9111", poster.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("localhelp.example/help-now/", poster.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.EndsWith("localhelp.example/help-now/", code.GetAttribute("aria-label"), StringComparison.Ordinal);

        using var expected = QRCodeGenerator.GenerateQrCode("https://localhelp.example/help-now/", QRCodeGenerator.ECCLevel.M);
        var size = expected.ModuleMatrix.Count;
        Assert.Equal($"0 0 {size} {size}", code.GetAttribute("viewBox"));
        var dark = Module().Matches(code.QuerySelectorAll("path")[1].GetAttribute("d")!).Select(match => (int.Parse(match.Groups["x"].Value), int.Parse(match.Groups["y"].Value))).ToHashSet();
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                Assert.Equal(expected.ModuleMatrix[y][x], dark.Contains((x, y)));
        Assert.All(dark, module => Assert.True(module.Item1 is >= 4 && module.Item1 < size - 4 && module.Item2 is >= 4 && module.Item2 < size - 4)); // The quiet zone.
    }

    [Fact]
    public void The_starter_content_has_a_campaign_that_runs_one_that_comes_and_one_that_is_past()
    {
        var edition = StarterSite.Map.Edition;

        Assert.Equal(
            [Content.Documents.CampaignPhase.Running, Content.Documents.CampaignPhase.Coming, Content.Documents.CampaignPhase.Past],
            edition.All<Content.Documents.Campaign>().Select(campaign => campaign.PhaseOn(edition.Day)).Distinct().Order());
    }

    private static IHtmlDocument Page(string html) => new HtmlParser().ParseDocument(html);

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h1v1h-1z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Module();
}

using Portal.Cms.Documents;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What is to happen later: approved, taken back, held back, ended.</summary>
public sealed class ScheduleTests : IAsyncLifetime
{
    private const string Guide = PublishedSite.Guide;
    private const string Publish = "/documents/publish/" + Guide;
    private const string Other = "pages/guides/relationships/en.md";

    private PublishedSite site = null!; // Set before each test.
    private Account writer = null!;
    private HttpClient author = null!;
    private HttpClient reviewer = null!;

    public async ValueTask InitializeAsync()
    {
        site = await PublishedSite.StartAsync();
        writer = await site.Cms.PersonAsync(true, (Role.Author, string.Empty), (Role.Publisher, string.Empty));
        (author, reviewer) = (await site.Cms.SignInAsync(writer), await site.Cms.ClientAsync(Role.Reviewer));
    }

    public ValueTask DisposeAsync()
    {
        author.Dispose();
        reviewer.Dispose();
        return site.DisposeAsync();
    }

    [Fact]
    public async Task An_approved_text_can_be_kept_from_going_live()
    {
        await ApproveAsync("Later words. See [help](/help-now/).", "2/12/2026 08:00");
        Assert.Equal(EntryState.Scheduled, (await site.EntryAsync(Guide)).State);
        await PublishedSite.DoAsync(author, Publish, "unschedule");

        site.Cms.Clock.Advance(TimeSpan.FromDays(1));
        await site.PublishAsync();

        Assert.Contains("First words.", site.Page("/guides/staying-safe/"), StringComparison.Ordinal);
        Assert.Equal("document.unschedule", (await site.ActsAsync(Guide))[^1]);
    }

    [Theory]
    [InlineData("1/12/2026 08:59", "is over")]
    [InlineData("28/3/2027 01:30", "The clocks go forward")]
    [InlineData("tomorrow", "is no day and time")]
    public async Task A_time_that_cannot_be_is_refused_with_the_reason(string when, string why)
    {
        await site.WriteAsync(writer, Guide, "guidance", A.Guide("Staying safe", "Later words. See [help](/help-now/).\n"));

        Assert.Contains(why, await PublishedSite.RefusedAsync(author, Publish, "submit", ("when", when)), StringComparison.Ordinal);
        Assert.Equal(EntryState.Draft, (await site.EntryAsync(Guide)).State);
        Assert.Contains(why, await PublishedSite.RefusedAsync(author, "/documents/publish/" + Other, "expire", ("until", when)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_no_longer_passes_its_checks_is_held_back_and_the_rest_is_published()
    {
        await ApproveAsync("Later words. See [help](/help-now/).", "2/12/2026 08:00", "Quiet days");
        await site.WriteAsync(writer, Other, "guidance", A.Guide("Quiet days", "Other words. See [help](/help-now/).\n")); // Nobody could tell their tabs apart.
        await PublishedSite.DoAsync(author, "/documents/publish/" + Other, "submit");
        await PublishedSite.DoAsync(reviewer, "/documents/publish/" + Other, "decide", ("act", "approve"));
        await site.PublishAsync();
        Assert.Contains("Other words.", site.Page("/guides/relationships/"), StringComparison.Ordinal);

        site.Cms.Clock.Advance(TimeSpan.FromDays(1));
        await site.PublishAsync("something else");

        Assert.Contains("First words.", site.Page("/guides/staying-safe/"), StringComparison.Ordinal);
        Assert.Equal(EntryState.Draft, (await site.EntryAsync(Guide)).State);
        Assert.Equal("document.held", (await site.ActsAsync(Guide))[^1]);
        var (submitter, lead) = (await site.Cms.SignInAsync(writer), await site.Cms.ClientAsync(Role.CommunicationsLead));
        Assert.Contains("schedule: It did not go live: " + Guide, (await submitter.PageAsync("/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("schedule sent it back", (await submitter.PageAsync(Publish)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("1 text did not go live at its time", (await lead.PageAsync("/")).QuerySelector("ul.needs a[href='/documents?needs=held']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("guides/staying-safe", (await lead.PageAsync("/documents?needs=held")).QuerySelectorAll("table.list tbody th .hint").Single().TextContent);
        await site.WriteAsync(writer, Guide, "guidance", A.Guide("Staying safe", "Later words. See [help](/help-now/).\n"));
        Assert.Null((await lead.PageAsync("/")).QuerySelector("ul.needs a[href='/documents?needs=held']"));
    }

    [Fact]
    public async Task A_line_that_every_page_has_come_to_show_outstays_its_last_day_and_is_told()
    {
        const string line = "pages/lines/other/en.md";
        var publisher = await site.Cms.ClientAsync(Role.Publisher);
        await site.Cms.ImportAsync(A.Site((line, A.Line("Another line", "0808 168 9111"))));
        await site.PublishAsync("another line");
        await PublishedSite.DoAsync(publisher, "/documents/publish/" + line, "expire", ("until", "1/12/2026 10:00"));
        await site.Cms.ImportAsync(A.Site(("settings.yaml", SmallSite.Settings().Replace("mainLine: main", "mainLine: other", StringComparison.Ordinal))));
        site.Cms.Clock.Advance(TimeSpan.FromHours(2));

        await site.PublishAsync("something else");

        Assert.DoesNotContain(site.Cms.Database().Publications, publication => publication.Failure != null);
        publisher = await site.Cms.ClientAsync(Role.Publisher);
        Assert.NotNull((await site.EntryAsync(line)).Live);
        var told = (await publisher.PageAsync("/")).QuerySelector("ul.needs a[href='/documents?needs=last-day']")!;
        Assert.StartsWith("1 text is past its last day and stays", told.TextContent, StringComparison.Ordinal);
        Assert.Equal("lines/other", (await publisher.PageAsync("/documents?needs=last-day")).QuerySelectorAll("table.list tbody th .hint").Single().TextContent);
        await PublishedSite.DoAsync(publisher, "/documents/publish/" + line, "expire");
        Assert.Null((await site.EntryAsync(line)).ExpireAt);
    }

    [Fact]
    public async Task A_publisher_lets_what_was_approved_go_live_at_another_time_or_now_and_nobody_else_does()
    {
        var publisher = await site.Cms.ClientAsync(Role.Publisher);
        await ApproveAsync("Later words. See [help](/help-now/).", "2/12/2026 08:00");
        Assert.Contains("is over", await PublishedSite.RefusedAsync(publisher, Publish, "reschedule", ("other", "1/12/2026 08:00")), StringComparison.Ordinal);
        await PublishedSite.DoAsync(publisher, Publish, "reschedule", ("other", "3/12/2026 08:00"));
        Assert.Equal(NodaTime.Instant.FromUtc(2026, 12, 3, 8, 0), (await site.EntryAsync(Guide)).PublishAt);
        Assert.Null((await reviewer.PageAsync(Publish)).QuerySelector("input[name=other]"));

        await PublishedSite.DoAsync(publisher, Publish, "reschedule", ("other", ""));
        await site.PublishAsync();

        Assert.Contains("Later words.", site.Page("/guides/staying-safe/"), StringComparison.Ordinal);
        Assert.Equal(["document.reschedule", "document.reschedule", "document.publish"], (await site.ActsAsync(Guide)).TakeLast(3));
    }

    private async Task ApproveAsync(string words, string when, string title = "Staying safe")
    {
        await site.WriteAsync(writer, Guide, "guidance", A.Guide(title, words + "\n"));
        await PublishedSite.DoAsync(author, Publish, "submit", ("when", when));
        await PublishedSite.DoAsync(reviewer, Publish, "decide", ("act", "approve"));
    }
}

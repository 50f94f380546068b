using System.Net;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Documents;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The second person's look: who may, what is noted, and what comes of a no.</summary>
public sealed class ReviewTests : IAsyncLifetime
{
    private const string Guide = PublishedSite.Guide;
    private const string Publish = "/documents/publish/" + Guide;

    private PublishedSite site = null!; // Set before each test.
    private Account writer = null!;
    private HttpClient author = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site = await PublishedSite.StartAsync();
        writer = await site.Cms.PersonAsync(true, (Role.Author, string.Empty));
        author = await site.Cms.SignInAsync(writer);
    }

    public ValueTask DisposeAsync()
    {
        author.Dispose();
        return site.DisposeAsync();
    }

    [Fact]
    public async Task A_text_sent_back_is_a_draft_and_its_author_reads_why_until_they_change_it()
    {
        var reviewer = await site.Cms.ClientAsync(Role.Reviewer);
        await WriteAsync("Second words. See [help](/help-now/).");
        await PublishedSite.DoAsync(author, Publish, "submit");
        await PublishedSite.DoAsync(reviewer, Publish, "decide", ("act", "back"), ("comment", "Say who helps."));

        Assert.Equal(EntryState.Draft, (await site.EntryAsync(Guide)).State);
        Assert.Contains("Say who helps.", (await author.PageAsync(Publish)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Say who helps.", (await author.PageAsync("/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Say who helps.", (await reviewer.PageAsync("/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await WriteAsync("Third words. See [help](/help-now/).");
        Assert.DoesNotContain("Say who helps.", (await author.PageAsync("/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await PublishedSite.DoAsync(author, Publish, "submit");
        await PublishedSite.DoAsync(reviewer, Publish, "decide", ("act", "approve"));
        Assert.Equal(EntryState.Published, (await site.EntryAsync(Guide)).State);
    }

    [Fact]
    public async Task A_form_that_its_page_no_longer_has_says_what_happened()
    {
        author.DefaultRequestHeaders.Accept.ParseAdd("text/html"); // As a browser asks.
        await WriteAsync("Second words. See [help](/help-now/).");
        var open = await author.PageAsync(Publish);
        await PublishedSite.DoAsync(author, Publish, "submit");

        var again = await author.SubmitAsync(open, Publish, "submit");
        var page = await again.DocumentAsync();

        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
        Assert.Equal("This page has changed since you opened it", page.QuerySelector("main h1")!.TextContent);
        Assert.Equal(Publish, page.QuerySelector("main p a")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("nav[aria-label=Main] a[href='/documents']"));
        Assert.Contains("default-src 'none'", again.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Owner_with_every_role_does_not_approve_their_own_words()
    {
        var all = await site.Cms.PersonAsync(true, [.. Enum.GetValues<Role>().Where(role => role != Role.Translator).Select(role => (role, string.Empty))]);
        var (owner, reviewer) = (await site.Cms.SignInAsync(all), await site.Cms.ClientAsync(Role.Reviewer));
        await site.WriteAsync(all, Guide, "guidance", A.Guide("Staying safe", "The Owner's words. See [help](/help-now/).\n"));
        await PublishedSite.DoAsync(author, Publish, "submit");

        Assert.Contains("You wrote part of this.", (await owner.PageAsync(Publish)).Body!.TextContent, StringComparison.Ordinal);
        using var forged = await owner.SubmitAsync(await reviewer.PageAsync(Publish), Publish, "decide", ("act", "approve"));
        Assert.NotEqual(HttpStatusCode.Redirect, forged.StatusCode);
        Assert.Equal(EntryState.InReview, (await site.EntryAsync(Guide)).State);
        Assert.Empty((await owner.PageAsync("/reviews?mine=yes")).QuerySelectorAll("table.list tbody tr"));
        Assert.Single((await reviewer.PageAsync("/reviews?mine=yes")).QuerySelectorAll("table.list tbody tr"));
    }

    [Fact]
    public async Task A_decision_is_for_the_text_that_was_read()
    {
        var reviewer = await site.Cms.ClientAsync(Role.Reviewer);
        await WriteAsync("Second words. See [help](/help-now/).");
        await PublishedSite.DoAsync(author, Publish, "submit");
        var read = await reviewer.PageAsync(Publish);
        await WriteAsync("Third words. See [help](/help-now/).");
        await PublishedSite.DoAsync(author, Publish, "submit");

        using var back = await reviewer.SubmitAsync(read, Publish, "decide", ("act", "back"));
        using var refused = await reviewer.SubmitAsync(read, Publish, "decide", ("act", "approve"), ("comment", "Fine words."));
        var page = await refused.DocumentAsync();

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed), (back.StatusCode, refused.StatusCode));
        Assert.Equal(EntryState.InReview, (await site.EntryAsync(Guide)).State);
        Assert.Contains("Somebody changed the text meanwhile.", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Third", page.QuerySelector("main ins")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Fine words.", page.QuerySelector("#comment")!.TextContent);
        using var approved = await reviewer.SubmitAsync(page, Publish, "decide", ("act", "approve"));
        Assert.Equal((HttpStatusCode.Redirect, EntryState.Published), (approved.StatusCode, (await site.EntryAsync(Guide)).State));
    }

    [Fact]
    public async Task A_last_day_is_set_on_the_page_that_was_read()
    {
        var (one, other) = (await site.Cms.ClientAsync(Role.Publisher), await site.Cms.ClientAsync(Role.Publisher));
        var read = await one.PageAsync(Publish);
        await PublishedSite.DoAsync(other, Publish, "expire", ("until", "2/12/2026 08:00"));

        using var refused = await one.SubmitAsync(read, Publish, "expire", ("until", "3/12/2026 08:00"));
        var page = await refused.DocumentAsync();

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Equal(NodaTime.Instant.FromUtc(2026, 12, 2, 8, 0), (await site.EntryAsync(Guide)).ExpireAt);
        Assert.Equal("3/12/2026 08:00", page.QuerySelector("#until")!.GetAttribute("value"));
        using var again = await one.SubmitAsync(page, Publish, "expire");
        Assert.Equal(NodaTime.Instant.FromUtc(2026, 12, 3, 8, 0), (await site.EntryAsync(Guide)).ExpireAt);
    }

    [Fact]
    public async Task Warnings_are_accepted_by_whoever_approves_and_the_log_names_their_rules_alone()
    {
        var reviewer = await site.Cms.ClientAsync(Role.Reviewer);
        await WriteAsync("Secret words. See [here](/help-now/).");
        await PublishedSite.DoAsync(author, Publish, "submit");

        Assert.Contains("The checks say something else now.", await PublishedSite.RefusedAsync(reviewer, Publish, "decide", ("act", "approve"), ("warnings", "")), StringComparison.Ordinal);
        await PublishedSite.DoAsync(reviewer, Publish, "decide", ("act", "approve"), ("comment", "Fine words."));

        var row = await site.Cms.Database().Audit.SingleAsync(each => each.Act == "document.approve", Cancel);
        Assert.Equal("warnings accepted: A link says where it leads", row.Detail);
    }

    [Fact]
    public async Task A_lead_withdraws_a_translation_alone_and_a_base_text_takes_its_translations_with_it()
    {
        await site.WriteAsync(writer, "pages/guides/staying-safe/pl.md", "guidance", A.Translation("Bezpiecznie", "Słowa.\n"));
        await using (var database = site.Cms.Database())
        {
            var polish = await database.Entries.SingleAsync(entry => entry.Path == "pages/guides/staying-safe/pl.md", Cancel);
            (polish.Live, polish.State) = (polish.Head, EntryState.Published);
            await database.SaveChangesAsync(Cancel);
        }

        await site.PublishAsync("a translation");
        Assert.NotNull(site.Page("/pl/guides/staying-safe/"));
        var (lead, reviewer) = (await site.Cms.ClientAsync(Role.CommunicationsLead), await site.Cms.ClientAsync(Role.Reviewer));
        Assert.DoesNotContain("Withdraw now", (await reviewer.PageAsync(Publish)).Body!.TextContent, StringComparison.Ordinal);

        await PublishedSite.DoAsync(lead, Publish, "withdraw", ("reason", "A number is wrong"));
        await site.PublishAsync();

        Assert.Null(site.Page("/guides/staying-safe/"));
        Assert.Null(site.Page("/pl/guides/staying-safe/"));
        Assert.Equal("document.withdraw", (await site.ActsAsync("pages/guides/staying-safe/pl.md"))[^1]);
    }

    [Fact]
    public async Task A_text_taken_off_while_it_waits_is_no_longer_to_be_decided_and_its_writer_reads_why()
    {
        var reviewer = await site.Cms.ClientAsync(Role.Reviewer);
        await WriteAsync("Second words. See [help](/help-now/).");
        await PublishedSite.DoAsync(author, Publish, "submit");
        await PublishedSite.DoAsync(await site.Cms.ClientAsync(Role.Publisher), Publish, "withdraw", ("reason", "A number is wrong"));

        Assert.Empty((await reviewer.PageAsync("/reviews")).QuerySelectorAll("table.list tbody tr"));
        Assert.DoesNotContain("Waiting for a second person", (await reviewer.PageAsync(Publish)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("It was taken off the site while it waited", (await author.PageAsync(Publish)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("It was taken off the site while it waited", (await author.PageAsync("/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await PublishedSite.DoAsync(author, Publish, "submit");
        await PublishedSite.DoAsync(reviewer, Publish, "decide", ("act", "approve"));
        Assert.Equal(EntryState.Published, (await site.EntryAsync(Guide)).State);
    }

    private Task WriteAsync(string words) => site.WriteAsync(writer, Guide, "guidance", A.Guide("Staying safe", words + "\n"));
}

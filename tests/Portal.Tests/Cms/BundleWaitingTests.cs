using System.Net;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Bundles;
using Portal.Cms.Staff;
using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>A bundle between its submission and its day: what ends its approval, and what does not.</summary>
public sealed class BundleWaitingTests : IAsyncLifetime
{
    private const string Guide = PublishedSite.Guide;
    private const string Polish = "pages/guides/staying-safe/pl.md";
    private const string Notice = "pages/notices/winter/en.md";
    private const string Library = "pages/places/library/en.md";

    private PublishedSite site = null!; // Set before each test.
    private Account writer = null!;
    private HttpClient author = null!;
    private HttpClient reviewer = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string NoticeText => A.Text("notice", "A winter number", "Words.\n", "from: 2026-12-01\nuntil: 2027-01-31\non: [help-now]\n");

    public async ValueTask InitializeAsync()
    {
        site = await PublishedSite.StartAsync((Library, A.Point("Library", "address: {line1: Library, town: Maidstone}\n")), (Polish, Stamped("Słowa.\n")));
        writer = await site.Cms.PersonAsync(true, (Role.Author, string.Empty), (Role.Publisher, string.Empty));
        author = await site.Cms.SignInAsync(writer);
        reviewer = await site.Cms.ClientAsync(Role.Reviewer);
        await site.WriteAsync(writer, Notice, "notice", NoticeText);
    }

    public ValueTask DisposeAsync()
    {
        author.Dispose();
        reviewer.Dispose();
        return site.DisposeAsync();
    }

    [Fact]
    public async Task A_decision_is_for_the_bundle_that_was_read()
    {
        var bundle = await SubmittedAsync("2/12/2026 08:00", Notice);
        var read = await reviewer.PageAsync(bundle);
        await site.WriteAsync(writer, Notice, "notice", NoticeText.Replace("A winter number", "Another number", StringComparison.Ordinal));
        await PublishedSite.DoAsync(author, bundle, "change", ("when", ""));
        await PublishedSite.DoAsync(author, bundle, "submit");

        using var back = await reviewer.SubmitAsync(read, bundle, "decide", ("act", "back"));
        using var refused = await reviewer.SubmitAsync(read, bundle, "decide", ("act", "approve"), ("comment", "Fine."));
        var page = await refused.DocumentAsync();

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed), (back.StatusCode, refused.StatusCode));
        Assert.Contains("Somebody changed it meanwhile.", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Fine.", page.QuerySelector("#comment")!.TextContent);
        Assert.Equal((BundleState.InReview, null), (await BundleAsync(bundle), (await site.EntryAsync(Notice)).Live));
        using var approved = await reviewer.SubmitAsync(page, bundle, "decide", ("act", "approve"));
        Assert.Equal((HttpStatusCode.Redirect, BundleState.Published), (approved.StatusCode, await BundleAsync(bundle)));
    }

    [Fact]
    public async Task A_text_that_somebody_took_off_does_not_come_back_with_a_bundle_that_waits()
    {
        var bundle = await ApprovedAsync("2/12/2026 08:00", Guide, Polish, Notice);
        var other = await ApprovedAsync("2/12/2026 08:00", Library);
        await PublishedSite.DoAsync(author, "/documents/publish/" + Guide, "withdraw", ("reason", "A number is wrong"));

        var told = (await author.PageAsync(bundle)).QuerySelector("main .notice")?.TextContent ?? string.Empty;
        site.Cms.Clock.Advance(TimeSpan.FromHours(24));
        await site.PublishAsync();

        Assert.Null(site.Page("/guides/staying-safe/"));
        Assert.Null((await site.EntryAsync(Notice)).Live);
        Assert.StartsWith($"It does not go live: {Guide}, {Polish} were taken off the site.", told, StringComparison.Ordinal);
        Assert.Contains(told, (await (await site.Cms.SignInAsync(writer)).PageAsync("/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("bundle.held", (await site.ActsAsync(bundle["/bundles/".Length..]))[^1]);
        Assert.Equal((BundleState.Draft, BundleState.Published), (await BundleAsync(bundle), await BundleAsync(other)));
    }

    [Fact]
    public async Task A_text_that_came_to_its_last_day_comes_back_with_a_bundle_that_waits()
    {
        var bundle = await ApprovedAsync("2/12/2026 08:00", Guide);
        await PublishedSite.DoAsync(author, "/documents/publish/" + Guide, "expire", ("until", "1/12/2026 12:00"));

        site.Cms.Clock.Advance(TimeSpan.FromHours(4));
        await site.PublishAsync();
        Assert.Null(site.Page("/guides/staying-safe/"));
        site.Cms.Clock.Advance(TimeSpan.FromHours(20));
        await site.PublishAsync();

        Assert.NotNull(site.Page("/guides/staying-safe/"));
        Assert.Equal(BundleState.Published, await BundleAsync(bundle));
    }

    [Theory]
    [InlineData(true, BundleState.Draft)]
    [InlineData(false, BundleState.Published)]
    public async Task What_a_person_takes_off_with_a_bundle_does_not_come_back_with_the_next_and_what_ends_by_the_clock_may(bool byHand, BundleState then)
    {
        var first = await ApprovedAsync(string.Empty, Notice);
        var next = await ApprovedAsync("2/12/2026 08:00", Notice);
        if (byHand) await PublishedSite.DoAsync(author, first, "withdraw", ("reason", "A number is wrong"));
        else await PublishedSite.DoAsync(author, first, "change", ("until", "1/12/2026 12:00"));

        site.Cms.Clock.Advance(TimeSpan.FromHours(4));
        await site.PublishAsync();
        Assert.Null((await site.EntryAsync(Notice)).Live);
        site.Cms.Clock.Advance(TimeSpan.FromHours(20));
        await site.PublishAsync();

        Assert.Equal((then, byHand), (await BundleAsync(next), (await site.EntryAsync(Notice)).Live is null));
    }

    [Fact]
    public async Task A_place_in_an_approved_bundle_is_confirmed_once_that_is_live()
    {
        var bundle = await ApprovedAsync("2/12/2026 08:00", Library, Notice);
        var head = (await site.EntryAsync(Library)).Head;

        using var answer = await author.SubmitAtAsync("/documents/edit/" + Library, "/places/confirm");
        Assert.Contains("a bundle with it, is approved and goes live later", (await author.PageAsync(answer.Target())).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(head, (await site.EntryAsync(Library)).Head);
        site.Cms.Clock.Advance(TimeSpan.FromHours(24));
        await site.PublishAsync();

        Assert.Equal(BundleState.Published, await BundleAsync(bundle));
        using var after = await (await site.Cms.SignInAsync(writer)).SubmitAtAsync("/documents/edit/" + Library, "/places/confirm");
        Assert.EndsWith("said=confirmed", after.Target(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_translation_in_an_approved_bundle_is_marked_as_reviewed_and_goes_live_with_it()
    {
        await site.WriteAsync(writer, Polish, "guidance", Stamped("Inne. [Pomoc](/help-now/).\n"));
        var bundle = await ApprovedAsync("2/12/2026 08:00", Polish, Notice);

        await PublishedSite.DoAsync(await site.Cms.TranslatorAsync("pl"), "/translations/edit/pl/guides/staying-safe", "review");
        site.Cms.Clock.Advance(TimeSpan.FromHours(24));
        await site.PublishAsync();

        Assert.Equal(BundleState.Published, await BundleAsync(bundle));
        var polish = await site.EntryAsync(Polish);
        Assert.Equal(("reviewed", polish.Head), (polish.Progress, polish.Live));
    }

    private static string Stamped(string words) =>
        TranslationStamps.Write(DocumentText.Parse(A.Translation("Bezpiecznie", words)), DocumentText.Parse(A.Guide("Staying safe", "First words. See [help](/help-now/).\n")), typeof(Guidance)).ToString();

    /// <summary>A bundle of these texts that waits for a second person; its address.</summary>
    private async Task<string> SubmittedAsync(string when, params string[] paths)
    {
        using var made = await author.SubmitAsync("/bundles", "new", ("name", "Winter"), ("campaign", string.Empty));
        var address = made.Target();
        foreach (var path in paths) await PublishedSite.DoAsync(author, address, "change", ("path", path), ("when", when));
        await PublishedSite.DoAsync(author, address, "submit");
        return address;
    }

    private async Task<string> ApprovedAsync(string when, params string[] paths)
    {
        var bundle = await SubmittedAsync(when, paths);
        await PublishedSite.DoAsync(reviewer, bundle, "decide", ("act", "approve"));
        return bundle;
    }

    private async Task<BundleState> BundleAsync(string address)
    {
        await using var database = site.Cms.Database();
        var id = Guid.Parse(address["/bundles/".Length..]);
        return await database.Set<Bundle>().Where(bundle => bundle.Id == id).Select(bundle => bundle.State).SingleAsync(Cancel);
    }
}

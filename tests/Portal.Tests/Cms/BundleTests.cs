using Microsoft.EntityFrameworkCore;

using Portal.Cms.Bundles;
using Portal.Cms.Documents;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Texts that go live and leave together, or not at all.</summary>
public sealed class BundleTests : IAsyncLifetime
{
    private const string Campaign = "pages/campaigns/winter/en.md";
    private const string Polish = "pages/campaigns/winter/pl.md";
    private const string Notice = "pages/notices/winter/en.md";
    private const string Public = "/campaigns/winter/";

    private PublishedSite site = null!; // Set before each test.
    private Account writer = null!;
    private HttpClient author = null!;
    private HttpClient reviewer = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site = await PublishedSite.StartAsync();
        writer = await site.Cms.PersonAsync(true, (Role.Author, string.Empty), (Role.Publisher, string.Empty));
        author = await site.Cms.SignInAsync(writer);
        reviewer = await site.Cms.ClientAsync(Role.Reviewer);
        await site.WriteAsync(writer, Campaign, "campaign", CampaignText("Someone listens."));
        await site.WriteAsync(writer, Polish, "campaign", A.Translation("Zima", "Ktoś słucha.\n"));
        await site.WriteAsync(writer, Notice, "notice", NoticeText);
    }

    public ValueTask DisposeAsync()
    {
        author.Dispose();
        reviewer.Dispose();
        return site.DisposeAsync();
    }

    [Fact]
    public async Task A_campaign_with_its_language_and_notice_goes_live_in_one_publication()
    {
        var bundle = await BundleAsync("Winter", Notice);
        Assert.Equal([Campaign, Polish, Notice], (await author.PageAsync(bundle)).QuerySelectorAll("table.list tbody th .hint").Select(path => path.TextContent));
        await PublishedSite.DoAsync(author, bundle, "submit");
        await PublishedSite.DoAsync(reviewer, bundle, "decide", ("act", "approve"));

        var publications = site.Cms.Database().Publications;
        await site.PublishAsync();

        Assert.Contains("Someone listens.", site.Page(Public), StringComparison.Ordinal);
        Assert.Contains("Ktoś słucha.", site.Page("/pl" + Public), StringComparison.Ordinal);
        Assert.Single(await publications.Where(each => each.What.Contains("bundle")).ToListAsync(Cancel));
        Assert.Equal(["bundle.make", "bundle.change", "bundle.submit", "bundle.approve", "bundle.publish"], await site.ActsAsync(bundle["/bundles/".Length..]));
        Assert.Equal(["document.publish"], await site.ActsAsync(Notice));
    }

    [Fact]
    public async Task One_member_that_fails_its_checks_keeps_all_of_them_off()
    {
        await site.WriteAsync(writer, Notice, "notice", NoticeText.Replace("help-now]", "nowhere]", StringComparison.Ordinal));
        var bundle = await BundleAsync("Winter", Notice);

        Assert.Contains("The notice stands on nowhere", (await author.PageAsync(bundle)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(Notice, await PublishedSite.RefusedAsync(author, bundle, "submit"), StringComparison.Ordinal);
        Assert.Null((await site.EntryAsync(Campaign)).Live);
    }

    [Fact]
    public async Task A_member_changed_after_it_was_submitted_is_not_approved_with_the_rest()
    {
        var bundle = await BundleAsync("Winter", Notice);
        await PublishedSite.DoAsync(author, bundle, "submit");
        await site.WriteAsync(writer, Notice, "notice", NoticeText.Replace("A winter number", "Another number", StringComparison.Ordinal));

        Assert.Contains($"{Notice} was changed after it was submitted", await PublishedSite.RefusedAsync(reviewer, bundle, "decide", ("act", "approve")), StringComparison.Ordinal);
        Assert.Null((await site.EntryAsync(Campaign)).Live);
        Assert.Empty(await site.Cms.Database().Outbox.Where(row => row.What.Contains("bundle")).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_member_changed_after_the_approval_holds_the_scheduled_bundle_back_and_is_named()
    {
        var bundle = await ApprovedAsync(("when", "2/12/2026 08:00"));
        await site.WriteAsync(writer, Notice, "notice", NoticeText.Replace("A winter number", "Another number", StringComparison.Ordinal));

        site.Cms.Clock.Advance(TimeSpan.FromHours(24));
        await site.PublishAsync();

        Assert.Null(site.Page(Public));
        Assert.Contains($"It did not go live: {Notice} was changed", (await (await site.Cms.ClientAsync(Role.Author)).PageAsync(bundle)).QuerySelector("main .notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("bundle.held", (await site.ActsAsync(bundle["/bundles/".Length..]))[^1]);
    }

    [Fact]
    public async Task A_bundle_goes_live_and_leaves_by_the_clock_as_one()
    {
        var bundle = await ApprovedAsync(("when", "2/12/2026 08:00"), ("until", "3/12/2026 08:00"));
        await site.PublishAsync();
        Assert.Null(site.Page(Public));

        site.Cms.Clock.Advance(TimeSpan.FromHours(23));
        await site.PublishAsync();
        Assert.NotNull(site.Page(Public));
        Assert.NotNull(site.Page("/pl" + Public));

        site.Cms.Clock.Advance(TimeSpan.FromHours(24));
        await site.PublishAsync();
        Assert.Null(site.Page(Public));
        Assert.Null(site.Page("/pl" + Public));
        Assert.Equal("Withdrawn", (await (await site.Cms.ClientAsync(Role.Author)).PageAsync(bundle)).QuerySelector(".bar .tag")!.TextContent);
    }

    [Fact]
    public async Task An_approval_can_be_taken_back_before_its_instant()
    {
        var bundle = await ApprovedAsync(("when", "2/12/2026 08:00"));
        await PublishedSite.DoAsync(author, bundle, "unschedule");

        site.Cms.Clock.Advance(TimeSpan.FromHours(24));
        await site.PublishAsync();

        Assert.Null(site.Page(Public));
    }

    [Fact]
    public async Task A_publisher_lets_an_approved_bundle_go_live_sooner()
    {
        var bundle = await ApprovedAsync(("when", "2/12/2026 08:00"));
        Assert.Null((await reviewer.PageAsync(bundle)).QuerySelector("input[name=other]"));
        Assert.Contains("is over", await PublishedSite.RefusedAsync(author, bundle, "reschedule", ("other", "1/12/2026 08:00")), StringComparison.Ordinal);

        await PublishedSite.DoAsync(author, bundle, "reschedule", ("other", ""));
        await site.PublishAsync();

        Assert.NotNull(site.Page(Public));
        Assert.Equal(["bundle.reschedule", "bundle.publish"], (await site.ActsAsync(bundle["/bundles/".Length..])).TakeLast(2));
    }

    [Fact]
    public async Task A_change_of_the_bundle_voids_its_approval()
    {
        var bundle = await ApprovedAsync(("when", "2/12/2026 08:00"));
        await PublishedSite.DoAsync(author, bundle, $"remove {Notice}");

        Assert.Equal("Draft", (await author.PageAsync(bundle)).QuerySelector(".bar .tag")!.TextContent);
    }

    [Fact]
    public async Task Nobody_approves_a_bundle_with_their_own_words_in_it_whatever_roles_they_hold()
    {
        var all = await site.Cms.PersonAsync(true, [.. Enum.GetValues<Role>().Where(role => role != Role.Translator).Select(role => (role, string.Empty))]);
        var owner = await site.Cms.SignInAsync(all);
        await site.WriteAsync(all, Notice, "notice", NoticeText.Replace("A winter number", "The Owner's words", StringComparison.Ordinal));
        var bundle = await BundleAsync("Winter", Notice);
        await PublishedSite.DoAsync(author, bundle, "submit");

        Assert.Contains($"You wrote part of {Notice}", (await owner.PageAsync(bundle)).Body!.TextContent, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => owner.SubmitAsync(bundle, "decide", ("act", "approve")));

        // A form from elsewhere is refused as well: the page has it for others.
        var form = await reviewer.PageAsync(bundle);
        using var forged = await owner.SubmitAsync(form, bundle, "decide", ("act", "approve"));
        Assert.False(forged.IsSuccessStatusCode || forged.StatusCode == System.Net.HttpStatusCode.Redirect);
        Assert.Null((await site.EntryAsync(Campaign)).Live);
    }

    [Fact]
    public async Task A_member_that_another_public_bundle_needs_stays_when_one_is_withdrawn()
    {
        var one = await ApprovedAsync();
        var other = await BundleAsync("Other", Notice);
        await PublishedSite.DoAsync(author, other, $"remove {Campaign}");
        await PublishedSite.DoAsync(author, other, $"remove {Polish}");
        await PublishedSite.DoAsync(author, other, "submit");
        await PublishedSite.DoAsync(reviewer, other, "decide", ("act", "approve"));

        await PublishedSite.DoAsync(author, one, "withdraw", ("reason", "It is over"));
        await site.PublishAsync();
        Assert.Null(site.Page(Public));
        Assert.NotNull((await site.EntryAsync(Notice)).Live);

        await PublishedSite.DoAsync(author, other, "withdraw", ("reason", "It is over too"));
        Assert.Null((await site.EntryAsync(Notice)).Live);
    }

    [Fact]
    public async Task A_member_withdrawn_alone_is_told_and_the_rest_still_leaves_as_one()
    {
        var bundle = await ApprovedAsync();
        await PublishedSite.DoAsync(author, "/documents/publish/" + Notice, "withdraw", ("reason", "A number is wrong"));
        await site.PublishAsync();
        Assert.NotNull(site.Page(Public));
        Assert.Contains("withdrawn by itself", (await author.PageAsync(bundle)).QuerySelector("table.list")!.TextContent, StringComparison.Ordinal);

        await PublishedSite.DoAsync(author, bundle, "withdraw", ("reason", "It is over"));
        await site.PublishAsync();
        Assert.Null(site.Page(Public));
    }

    [Fact]
    public async Task A_withdrawn_bundle_puts_back_what_was_public_before_it()
    {
        await site.WriteAsync(writer, PublishedSite.Guide, "guidance", A.Guide("Staying safe", "Winter words. See [help](/help-now/).\n"));
        var bundle = await BundleAsync("Winter", PublishedSite.Guide);
        await PublishedSite.DoAsync(author, bundle, "submit");
        await PublishedSite.DoAsync(reviewer, bundle, "decide", ("act", "approve"));
        await site.PublishAsync();
        Assert.Contains("Winter words.", site.Page("/guides/staying-safe/"), StringComparison.Ordinal);

        await PublishedSite.DoAsync(author, bundle, "withdraw", ("reason", "It is over"));
        await site.PublishAsync();

        Assert.Contains("First words.", site.Page("/guides/staying-safe/"), StringComparison.Ordinal);
        Assert.Equal(EntryState.Draft, (await site.EntryAsync(PublishedSite.Guide)).State);
    }

    [Fact]
    public async Task A_member_that_was_public_unchanged_stays_when_the_bundle_leaves_and_its_date_too()
    {
        var since = (await site.EntryAsync(PublishedSite.Guide)).LiveSince;
        var bundle = await BundleAsync("Winter", PublishedSite.Guide);
        await PublishedSite.DoAsync(author, bundle, "submit");
        await PublishedSite.DoAsync(reviewer, bundle, "decide", ("act", "approve"));
        site.Cms.Clock.Advance(TimeSpan.FromMinutes(1));
        await PublishedSite.DoAsync(author, bundle, "withdraw", ("reason", "It is over"));
        await site.PublishAsync();

        Assert.Null(site.Page(Public));
        Assert.Contains("First words.", site.Page("/guides/staying-safe/"), StringComparison.Ordinal);
        var guide = await site.EntryAsync(PublishedSite.Guide);
        Assert.Equal((EntryState.Published, since), (guide.State, guide.LiveSince));
    }

    [Fact]
    public async Task A_member_that_the_site_has_come_to_need_stays_when_the_bundle_leaves_and_is_told()
    {
        const string line = "pages/lines/other/en.md";
        await site.WriteAsync(writer, line, "helpline", A.Line("Another line", "0808 168 9111"));
        var bundle = await BundleAsync("Winter", line);
        await PublishedSite.DoAsync(author, bundle, "submit");
        await PublishedSite.DoAsync(reviewer, bundle, "decide", ("act", "approve"));
        await site.Cms.ImportAsync(Portal.Content.Reading.ContentFiles.Of([KeyValuePair.Create("settings.yaml", SmallSite.Settings().Replace("mainLine: main", "mainLine: other", StringComparison.Ordinal))]));

        await PublishedSite.DoAsync(author, bundle, "withdraw", ("reason", "It is over"));
        await site.PublishAsync("something else");

        Assert.False(await site.Cms.Database().Publications.AnyAsync(publication => publication.Failure != null, Cancel));
        Assert.Null(site.Page(Public));
        Assert.NotNull((await site.EntryAsync(line)).Live);
        Assert.Contains($"{line} stays. Every page shows this line.", (await author.PageAsync(bundle)).QuerySelector("main .notice")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 text is past its last day and stays", (await author.PageAsync("/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_bundle_is_offered_the_texts_that_lead_to_its_documents()
    {
        await site.WriteAsync(writer, PublishedSite.Guide, "guidance", A.Guide("Staying safe", "See [the winter](/campaigns/winter/).\n"));
        await PublishedSite.DoAsync(author, "/bundles", "new", ("name", "Winter"), ("campaign", Campaign));
        var bundle = $"/bundles/{(await site.Cms.Database().Set<Bundle>().SingleAsync(Cancel)).Id}";

        var offered = (await author.PageAsync(bundle)).QuerySelectorAll("input[name=add]").Select(box => box.GetAttribute("value")).ToList();

        Assert.Contains(PublishedSite.Guide, offered);
        Assert.DoesNotContain("pages/guides/relationships/en.md", offered);
    }

    private static string CampaignText(string words) => A.Text("campaign", "Winter", words + "\n", "starts: 2026-12-01\nends: 2027-01-31\n");

    private static string NoticeText => A.Text("notice", "A winter number", "Words.\n", "from: 2026-12-01\nuntil: 2027-01-31\non: [help-now]\n");

    /// <summary>A bundle of the campaign in its languages and one text more; its address.</summary>
    private async Task<string> BundleAsync(string name, string more)
    {
        using var made = await author.SubmitAsync("/bundles", "new", ("name", name), ("campaign", Campaign));
        var address = made.Target();
        await PublishedSite.DoAsync(author, address, "change", ("path", more));
        return address;
    }

    private async Task<string> ApprovedAsync(params (string Name, string Value)[] times)
    {
        var bundle = await BundleAsync("Winter", Notice);
        if (times.Length > 0) await PublishedSite.DoAsync(author, bundle, "change", times);
        await PublishedSite.DoAsync(author, bundle, "submit");
        await PublishedSite.DoAsync(reviewer, bundle, "decide", ("act", "approve"));
        return bundle;
    }
}

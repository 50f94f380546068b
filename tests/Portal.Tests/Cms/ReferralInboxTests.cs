using System.Net;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Referrals;
using Portal.Cms.Staff;
using Portal.Tests.Referrals;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Who sees which messages in which order, and what opening one leaves behind.</summary>
public sealed class ReferralInboxTests(CmsFixture cms) : IClassFixture<CmsFixture>, IAsyncLifetime
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    private readonly ReferralWorld world = ReferralWorld.Of(cms);

    private Account worker = null!; // Set before each test.
    private Identity key = null!; // Set before each test.

    public async ValueTask InitializeAsync()
    {
        await world.ClearAsync();
        await world.RecoveryAsync();
        worker = await cms.PersonAsync(roles: ReferralWorld.Only(Role.ReferralWorker));
        key = await world.KeyAsync(worker.Id);
        await world.KeyAsync((await cms.PersonAsync(roles: ReferralWorld.Only(Role.SafeguardingLead))).Id);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Unread_ones_come_first_then_urgent_ones_then_the_oldest_whatever_their_labels()
    {
        var read = await world.MessageAsync(state: ReferralState.Opened, urgent: true, hoursAgo: 90);
        var readUrgentLater = await world.MessageAsync(state: ReferralState.InProgress, urgent: true, hoursAgo: 80);
        var readPlain = await world.MessageAsync(state: ReferralState.Opened, hoursAgo: 99);
        var young = await world.MessageAsync();
        var old = await world.MessageAsync(hoursAgo: 50, confirmed: false, isUnchecked: true);
        var urgent = await world.MessageAsync(urgent: true, hoursAgo: 1);
        await world.MessageAsync(state: ReferralState.Closed, hoursAgo: 200);
        await cms.Database().Set<Referral>().Where(each => each.Id == readPlain.Id).ExecuteUpdateAsync(set => set.SetProperty(each => each.Need, ReferralNeed.High), Cancel);
        await cms.Database().Set<Referral>().Where(each => each.Id == readUrgentLater.Id).ExecuteUpdateAsync(set => set.SetProperty(each => each.Need, ReferralNeed.Low), Cancel);
        using var client = await cms.SignInAsync(worker);

        var page = await client.PageAsync("/referrals");

        Assert.Equal(new[] { urgent, old, young, readPlain, read, readUrgentLater }.Select(each => each.Reference), References(page));
        var row = page.QuerySelectorAll("tbody tr")[1];
        Assert.Contains("Not confirmed", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Not checked", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("High need", page.QuerySelectorAll("tbody tr")[3].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_sees_their_own()
    {
        var other = await cms.PersonAsync(roles: ReferralWorld.Only(Role.ReferralWorker));
        var free = await world.MessageAsync(hoursAgo: 5);
        var own = await world.MessageAsync(with: worker.Id, hoursAgo: 4);
        var theirs = await world.MessageAsync(with: other.Id, hoursAgo: 3);
        var aside = await world.MessageAsync(group: ReferralGroup.Lead, hoursAgo: 2);
        await world.MessageAsync(state: ReferralState.Deleted);
        using var mine = await cms.SignInAsync(worker);
        using var lead = await cms.ClientAsync(Role.SafeguardingLead);
        using var auditor = await cms.ClientAsync(Role.ReferralAuditor);
        var seen = await auditor.PageAsync("/referrals");

        Assert.Equal([free.Reference, own.Reference], References(await mine.PageAsync("/referrals")));
        Assert.Equal(new[] { free, own, theirs, aside }.Select(each => each.Reference), References(await lead.PageAsync("/referrals")));
        Assert.Equal(new[] { free, own, theirs, aside }.Select(each => each.Reference), References(seen));
        Assert.Null(seen.QuerySelector("tbody a"));
        foreach (var hidden in new[] { theirs, aside })
        {
            foreach (var address in new[] { $"/referrals/{hidden.Id}", $"/referrals/{hidden.Id}/file" })
            {
                using var answer = await mine.OpenAsync(address);
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
        }

        using var open = await lead.OpenAsync($"/referrals/{aside.Id}");
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    [Fact]
    public async Task A_state_is_filtered_and_long_lists_have_pages()
    {
        for (var number = 0; number < 51; number++) await world.MessageAsync(hoursAgo: number);
        var closed = await world.MessageAsync(state: ReferralState.Closed);
        using var client = await cms.SignInAsync(worker);
        var first = await client.PageAsync("/referrals");

        Assert.Equal(50, References(first).Count);
        Assert.Equal("51 messages", first.QuerySelector("#results [role=status]")!.TextContent);
        Assert.Single(References(await client.PageAsync(new Uri(first.QuerySelector("nav.pages li:last-child a")!.GetAttribute("href")!).PathAndQuery)));
        Assert.Equal([closed.Reference], References(await client.PageAsync("/referrals?state=Closed")));
        Assert.Empty(References(await client.PageAsync("/referrals?state=HandedOver")));
    }

    [Fact]
    public async Task Opening_gives_the_very_file_after_the_log_has_the_row()
    {
        var message = await world.MessageAsync("{\"message\":\"words\"}");
        using var client = await cms.SignInAsync(worker);
        using var page = await client.OpenAsync($"/referrals/{message.Id}");
        var unread = await FindAsync(message.Id);
        using var early = await ReadAsync(client, message);
        using var file = await client.OpenAsync($"/referrals/{message.Id}/file");
        var opening = Opener.Open(await file.Content.ReadAsByteArrayAsync(Cancel), key);

        var given = await FindAsync(message.Id);
        Assert.Equal((ReferralState.New, null, HttpStatusCode.Forbidden), (unread.State, unread.OpenedAt, early.StatusCode));
        Assert.Equal((ReferralState.New, null), (given.State, given.OpenedAt)); // Nobody has seen a word of it yet.
        Assert.Equal(Outcome.Success, opening.Outcome);
        Assert.Equal("no-store", file.Headers.CacheControl?.ToString());
        using var said = await ReadAsync(client, message);
        var read = await FindAsync(message.Id);
        Assert.Equal((HttpStatusCode.NoContent, ReferralState.Opened, cms.Now, message.Version), (said.StatusCode, read.State, read.OpenedAt, read.Version));
        Assert.Equal(worker.Id, await cms.Database().Audit.Where(row => row.Act == "referral.open" && row.Subject == message.Id.ToString()).Select(row => row.ActorId).SingleAsync(Cancel));
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("require-trusted-types-for 'script'; trusted-types 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("Message – Portal", (await client.PageAsync($"/referrals/{message.Id}")).Title);
    }

    /// <summary>Said once by each who was given it, in any order and as often as they like: it is read since the first, and by nobody who may not open it.</summary>
    [Fact]
    public async Task It_counts_as_read_once_and_only_whoever_was_given_it_may_say_so()
    {
        var lead = await cms.PersonAsync(roles: ReferralWorld.Only(Role.SafeguardingLead));
        await world.KeyAsync(lead.Id);
        var other = await cms.PersonAsync(roles: ReferralWorld.Only(Role.ReferralWorker));
        await world.KeyAsync(other.Id);
        var (message, aside) = (await world.MessageAsync(), await world.MessageAsync(group: ReferralGroup.Lead));
        using var mine = await cms.SignInAsync(worker);
        using var theirs = await cms.SignInAsync(other);
        using var leads = await cms.SignInAsync(lead);
        foreach (var client in new[] { mine, leads }) (await client.OpenAsync($"/referrals/{message.Id}/file")).Dispose();

        Assert.Equal(HttpStatusCode.Forbidden, (await ReadAsync(theirs, message)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(theirs, aside)).StatusCode);
        using var bare = await mine.PostAsync(new Uri($"/referrals/{message.Id}/read", UriKind.Relative), null, Cancel);
        Assert.Equal((HttpStatusCode.BadRequest, null), (bare.StatusCode, (await FindAsync(message.Id)).OpenedAt));
        Assert.Equal(HttpStatusCode.NoContent, (await ReadAsync(leads, message)).StatusCode);
        var first = cms.Now;
        cms.Clock.Advance(TimeSpan.FromMinutes(5));
        foreach (var client in new[] { mine, leads }) Assert.Equal(HttpStatusCode.NoContent, (await ReadAsync(client, message)).StatusCode);

        Assert.Equal(first, (await FindAsync(message.Id)).OpenedAt);
        Assert.Equal(lead.Id, await cms.Database().Audit.Where(row => row.Act == "referral.read" && row.Subject == message.Id.ToString()).Select(row => row.ActorId).SingleAsync(Cancel));
        await cms.Database().Set<Referral>().Where(each => each.Id == message.Id).ExecuteUpdateAsync(set => set.SetProperty(each => each.AssignedTo, lead.Id), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync(mine, message)).StatusCode);
    }

    /// <summary>An account that had both roles before they excluded each other, straight in the database.</summary>
    [Fact]
    public async Task A_worker_who_is_an_auditor_too_sees_no_more_than_a_worker()
    {
        var aside = await world.MessageAsync(group: ReferralGroup.Lead, hoursAgo: 2);
        var both = await cms.PersonAsync(roles: [(Role.ReferralWorker, string.Empty), (Role.ReferralAuditor, string.Empty), (Role.Auditor, string.Empty)]);
        using var client = await cms.SignInAsync(both);

        Assert.DoesNotContain(aside.Reference, References(await client.PageAsync("/referrals")));
        foreach (var log in new[] { "/referrals/log", "/referrals/figures", "/audit" }) Assert.Equal(HttpStatusCode.Forbidden, (await client.OpenAsync(log)).StatusCode);
        foreach (var other in new[] { Role.ReferralAuditor, Role.Auditor, Role.Owner }) Assert.NotNull(Permissions.Clash([Role.ReferralWorker, other]));
        Assert.Null(Permissions.Clash([Role.ReferralWorker, Role.SafeguardingLead, Role.ReferralAuditor, Role.Auditor]));
    }

    [Fact]
    public async Task No_byte_leaves_where_the_log_cannot_be_written_or_the_key_does_not_fit()
    {
        var message = await world.MessageAsync(readers: [Identity.New()]);
        using var client = await cms.SignInAsync(worker);
        using var refused = await client.OpenAsync($"/referrals/{message.Id}/file");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(ReferralState.New, (await FindAsync(message.Id)).State);
        Assert.Contains("not locked for your key", (await client.PageAsync($"/referrals/{message.Id}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await using var full = await CmsFixture.StartAsync();
        var there = ReferralWorld.Of(full);
        await there.RecoveryAsync();
        var person = await full.PersonAsync(roles: ReferralWorld.Only(Role.ReferralWorker));
        await there.KeyAsync(person.Id);
        var waiting = await there.MessageAsync();
        using var reader = await full.SignInAsync(person);
        await CmsTestDatabase.RefuseAsync(full.Database(), "Audit");
        using var failed = await reader.OpenAsync($"/referrals/{waiting.Id}/file");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.DoesNotContain("age-encryption", await failed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(ReferralState.New, await full.Database().Set<Referral>().Select(each => each.State).SingleAsync(Cancel));
    }

    [Fact]
    public async Task The_file_as_it_is_is_named_by_its_reference_and_stays_unread()
    {
        var message = await world.MessageAsync();
        using var client = await cms.SignInAsync(worker);
        using var file = await client.SubmitAtAsync($"/referrals/{message.Id}", $"/referrals/{message.Id}/original");

        Assert.Equal(message.Reference + ".age", file.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(message.Header!.Concat(message.Payload!), await file.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(ReferralState.New, (await FindAsync(message.Id)).State);
        Assert.Equal("the sealed file as it is", await cms.Database().Audit.Where(row => row.Act == "referral.export" && row.Subject == message.Id.ToString()).Select(row => row.Detail).SingleAsync(Cancel));
    }

    [Fact]
    public async Task The_auditor_finds_what_was_done_by_reference_and_no_word()
    {
        var (one, two) = (await world.MessageAsync(), await world.MessageAsync());
        using var client = await cms.SignInAsync(worker);
        foreach (var message in new[] { one, two })
        {
            using var file = await client.OpenAsync($"/referrals/{message.Id}/file");
        }

        using var auditor = await cms.ClientAsync(Role.ReferralAuditor);
        var log = await auditor.PageAsync("/referrals/log?reference=" + one.Reference.Replace("-", string.Empty, StringComparison.Ordinal).ToLowerInvariant());

        var row = Assert.Single(log.QuerySelectorAll("tbody tr"));
        Assert.Equal([worker.Name, "Was given a message to open", one.Reference, string.Empty], row.QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Empty((await auditor.PageAsync("/referrals/log?act=referral.export&reference=" + one.Reference)).QuerySelectorAll("tbody tr"));
        Assert.Equal(1, (await auditor.PageAsync("/referrals/log?act=referral.open&reference=" + two.Reference)).QuerySelectorAll("tbody tr").Length);
    }

    private static async Task<HttpResponseMessage> ReadAsync(HttpClient client, Referral message)
    {
        var token = (await client.PageAsync("/referrals/rota")).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
        return await client.PostAsync(new Uri($"/referrals/{message.Id}/read", UriKind.Relative), content, Cancel);
    }

    private static List<string> References(AngleSharp.Html.Dom.IHtmlDocument page) => [.. page.QuerySelectorAll("tbody th").Select(cell => cell.TextContent.Trim())];

    private Task<Referral> FindAsync(Guid id) => cms.Database().Set<Referral>().AsNoTracking().SingleAsync(each => each.Id == id, Cancel);
}

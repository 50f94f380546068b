using System.Net;

using CsCheck;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Audit;
using Portal.Cms.Documents;
using Portal.Cms.Places;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;
using Portal.Content.Places;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Where places are, who confirmed them, and what must never be written down or shown.</summary>
public sealed class PlaceTests : IAsyncLifetime
{
    private const string Hall = "pages/places/hall/en.md";
    private const string Edit = "/documents/edit/" + Hall;

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsFixture.StartAsync();
        await ImportAsync((Hall, A.Point("The hall", "address:\n  line1: 1 Canary Lane\n  town: Maidstone\noutcode: ME14\n")), ("pages/places/hall/pl.md", A.Translation("Sala", string.Empty)));
    }

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task A_confirmation_records_who_and_when_and_waits_for_a_second_person()
    {
        var author = await cms.ClientAsync(Role.Author);
        Assert.Contains("Nobody yet.", (await author.PageAsync("/places?check=never")).Body!.TextContent, StringComparison.Ordinal);

        Assert.EndsWith("said=confirmed", (await ConfirmAsync(author)).Target(), StringComparison.Ordinal);

        var entry = await EntryAsync(Hall);
        Assert.Equal("2026-12-01", entry.VerifiedOn);
        Assert.Equal(EntryState.InReview, entry.State);
        var row = await cms.Database().Audit.SingleAsync(each => each.Act == "place.confirm", Cancel);
        Assert.Contains($"verifiedOn: 2026-12-01\nverifiedBy: {row.Actor}\n", await HeadAsync(Hall), StringComparison.Ordinal);
        Assert.Contains("counts until 28 Feb 2027", (await author.PageAsync("/places?check=counts")).Body!.TextContent, StringComparison.Ordinal);
        cms.Clock.Advance(TimeSpan.FromDays(80));
        var later = await cms.ClientAsync(Role.Author);
        Assert.Contains("The hall", (await later.PageAsync("/places?check=soon")).Body!.TextContent, StringComparison.Ordinal);
        cms.Clock.Advance(TimeSpan.FromDays(10));
        later = await cms.ClientAsync(Role.Author);
        Assert.Contains("that ran out on 28 Feb 2027", (await later.PageAsync("/places?check=run-out")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_somebody_changed_meanwhile_is_not_confirmed()
    {
        var (one, other) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Author));
        var page = await one.PageAsync("/places");
        await other.SubmitAsync(Edit, "edit", ("f.address.line1", "2 Canary Lane"), ("act", "save"));

        Assert.EndsWith("said=changed", (await ConfirmAsync(one, page)).Target(), StringComparison.Ordinal);

        Assert.Null((await EntryAsync(Hall)).VerifiedOn);
        Assert.False(await cms.Database().Audit.AnyAsync(row => row.Act == "place.confirm", Cancel));
    }

    [Fact]
    public async Task Only_who_writes_may_confirm()
    {
        var auditor = await cms.ClientAsync(Role.Reviewer);
        Assert.DoesNotContain("I rang", (await auditor.PageAsync("/places")).Body!.TextContent, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, (await auditor.OpenAsync("/places/import")).StatusCode);
    }

    [Fact]
    public async Task Coordinates_come_from_the_outcode_or_the_town_with_low_confidence()
    {
        var author = await cms.ClientAsync(Role.Author);
        var gazetteer = await InAsync(services => services.GetRequiredService<PlaceFinder>().GazetteerAsync(Cancel));
        Assert.True(Outcode.TryParse("ME14", out var known));
        var area = gazetteer!.FindOutcode(known)!;

        var page = await (await author.SubmitAsync(Edit, "edit", ("act", PlaceFinder.Act))).DocumentAsync();

        Assert.Equal(area.Coordinates.Latitude, double.Parse(page.QuerySelector("[name='f.coordinates.latitude']")!.GetAttribute("value")!, System.Globalization.CultureInfo.InvariantCulture), 5);
        Assert.Equal("low", page.QuerySelector("[name='f.coordinates.confidence'] option[selected]")!.GetAttribute("value"));
        Assert.Contains("Enter the true point", page.QuerySelector("#state")!.TextContent, StringComparison.Ordinal);
        var town = gazetteer.Towns[0];
        page = await (await author.SubmitAsync(Edit, "edit", ("f.outcode", string.Empty), ("f.town", town.Name), ("act", PlaceFinder.Act))).DocumentAsync();
        Assert.Equal(town.Coordinates.Latitude, double.Parse(page.QuerySelector("[name='f.coordinates.latitude']")!.GetAttribute("value")!, System.Globalization.CultureInfo.InvariantCulture), 5);
        page = await (await author.SubmitAsync(Edit, "edit", ("f.outcode", "ZZ9"), ("act", PlaceFinder.Act))).DocumentAsync();
        Assert.Contains("'ZZ9'", page.QuerySelector("#state")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("f.address.line1", "1 Canary Lane")]
    [InlineData("f.outcode", "ME14")]
    [InlineData("f.coordinates.latitude", "51.27")]
    [InlineData("f.travel", "By bus 7")]
    [InlineData("f.summary", "Come to ME14 1XX")]
    public async Task A_refuges_place_is_kept_nowhere(string field, string value)
    {
        const string Path = "pages/places/safe/en.md";
        await InAsync(async services =>
        {
            var store = services.GetRequiredService<DocumentStore>();
            Assert.NotNull(await store.CreateAsync(Path, EntryText.PlaceKind, A.Point("Somewhere safe", string.Empty, "refuge"), Actor.Import, cancel: Cancel));
            return await services.GetRequiredService<Portal.Cms.Database.CmsDatabase>().SaveChangesAsync(Cancel);
        });
        var author = await cms.ClientAsync(Role.Author);

        var refused = await author.SubmitAsync("/documents/edit/" + Path, "edit", (field, value), ("act", "save"));
        var page = await refused.DocumentAsync();
        using var form = new FormUrlEncodedContent(page.QuerySelectorAll("form.editor [name]").OfType<AngleSharp.Html.Dom.IHtmlInputElement>().Where(input => input.Name != field && input.Type != "checkbox")
            .Select(input => KeyValuePair.Create(input.Name!, input.Value)).Append(new("f.type", "refuge")).Append(new(field, value)));
        var kept = await author.PostAsync(new Uri("/documents/draft/" + Path, UriKind.Relative), form, Cancel);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("A refuge's place is never written down", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(value, page.QuerySelector($"[name='{field}']") is AngleSharp.Html.Dom.IHtmlTextAreaElement area ? area.Value : page.QuerySelector($"[name='{field}']")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, kept.StatusCode);
        Assert.False(await cms.Database().Drafts.AnyAsync(Cancel));
        Assert.DoesNotContain(await cms.Database().Revisions.Where(revision => revision.Path == Path).Select(revision => revision.Text).ToListAsync(Cancel), text => text.Contains(value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_place_with_an_address_in_its_history_cannot_become_a_refuge()
    {
        var author = await cms.ClientAsync(Role.Author);

        var refused = await author.SubmitAsync(Edit, "edit", ("f.type", "refuge"), ("f.address.line1", string.Empty), ("f.address.town", string.Empty), ("f.outcode", string.Empty), ("act", "save"));

        Assert.Contains("Make a new record", (await refused.DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_a_translation_just_begun_tells_cannot_become_a_refuge()
    {
        const string path = "pages/places/quiet/en.md";
        var account = await cms.PersonAsync(roles: (Role.Translator, "pl"));
        await InAsync(async services =>
        {
            var store = services.GetRequiredService<DocumentStore>();
            await store.CreateAsync(path, EntryText.PlaceKind, A.Point("Quiet", string.Empty), Actor.Import, cancel: Cancel);
            await services.GetRequiredService<Portal.Cms.Database.CmsDatabase>().SaveChangesAsync(Cancel);
            await store.KeepDraftAsync("pages/places/quiet/pl.md", A.Translation("Dom, ME14 1XX", string.Empty), null, account.Id, Cancel);
            return 0;
        });

        var refused = await (await cms.ClientAsync(Role.Author)).SubmitAsync("/documents/edit/" + path, "edit", ("f.type", "refuge"), ("act", "save"));

        Assert.Contains("Make a new record", (await refused.DocumentAsync()).QuerySelector(".errors")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_with_a_refuges_place_takes_nothing_in()
    {
        var before = await cms.Database().Entries.CountAsync(Cancel);

        await Assert.ThrowsAsync<SecretPlaceException>(() => ImportAsync(("pages/places/other/en.md", A.Point("Other", string.Empty)), ("pages/places/safe/en.md", A.Point("Safe", "outcode: ME14\n", "refuge"))));

        Assert.Equal(before, await cms.Database().Entries.CountAsync(Cancel));
    }

    [Fact]
    public async Task The_database_itself_refuses_a_refuge_with_a_place_and_a_public_confidential_record()
    {
        await using var one = cms.Database();
        (await one.Entries.FirstAsync(entry => entry.Path == Hall, Cancel)).IsRefuge = true;
        await Assert.ThrowsAsync<DbUpdateException>(() => one.SaveChangesAsync(Cancel));
        await using var other = cms.Database();
        (await other.Entries.FirstAsync(entry => entry.Path == Hall, Cancel)).Confidential = true;
        await Assert.ThrowsAsync<DbUpdateException>(() => other.SaveChangesAsync(Cancel));
    }

    [Fact]
    public async Task A_record_marked_confidential_leaves_the_site_at_once_with_its_translations()
    {
        var (author, publisher) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Publisher));
        var before = await PublishAsync();
        Assert.Contains(Everything(), text => text.Contains("1 Canary Lane", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync(Edit, "edit", ("f.confidential", "true"), ("act", "save"))).StatusCode);
        await PublishAsync();

        Assert.Equal(EntryState.Withdrawn, (await EntryAsync("pages/places/hall/pl.md")).State);
        Assert.DoesNotContain(Everything(), text => text.Contains("Canary", StringComparison.Ordinal));
        Assert.Contains("never published", (await (await author.SubmitAsync("/documents/publish/" + Hall, "submit")).DocumentAsync()).Body!.TextContent, StringComparison.Ordinal);
        using var refused = await publisher.SubmitAsync("/publishing", $"back-{before!.Id}");
        Assert.Contains(Hall + " is confidential", (await refused.DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EntryState.Scheduled, "scheduled", "a new date would undo that")]
    [InlineData(EntryState.InReview, "confirmed", "when somebody else has approved it")]
    [InlineData(EntryState.Draft, "noted", "when somebody has submitted them")]
    public async Task A_confirmation_undoes_nothing_that_was_asked_or_approved_and_says_what_comes_of_it(EntryState state, string said, string words)
    {
        var (author, at) = (await cms.ClientAsync(Role.Author), cms.Now + NodaTime.Duration.FromDays(9));
        await author.SubmitAsync(Edit, "edit", ("f.address.line1", "2 Canary Lane"), ("act", "save"));
        if (state != EntryState.Draft) await author.SubmitAsync("/documents/publish/" + Hall, "submit", ("when", "10/12/2026 09:00"));
        if (state == EntryState.Scheduled) await (await cms.ClientAsync(Role.Reviewer)).SubmitAsync("/documents/publish/" + Hall, "decide", ("act", "approve"));
        Assert.Equal(state, (await EntryAsync(Hall)).State);
        var head = (await EntryAsync(Hall)).Head;

        using var answer = await author.SubmitAtAsync(Edit, "/places/confirm");

        var entry = await EntryAsync(Hall);
        Assert.Equal((state, state == EntryState.Draft ? null : at), (entry.State, entry.PublishAt));
        Assert.Equal(state == EntryState.Scheduled, head == entry.Head);
        Assert.Equal(Edit + "?said=" + said, answer.Target());
        Assert.Contains(words, (await author.PageAsync(answer.Target())).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(state == EntryState.InReview ? 1 : 0, await cms.Database().Reviews.CountAsync(review => review.DecidedAt == null && review.RevisionId == entry.Head && review.PublishAt == at, Cancel));
    }

    [Fact]
    public async Task Withdrawing_the_English_takes_its_translations_along()
    {
        var publisher = await cms.ClientAsync(Role.Publisher);
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync("/documents/publish/" + Hall, "withdraw", ("reason", "Closed"))).StatusCode);

        Assert.Null((await PublishAsync())?.Failure);
        Assert.DoesNotContain(Everything(), text => text.Contains("Canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_file_of_the_site_holds_a_protected_value_whatever_the_record_says()
    {
        var gen = Gen.Select(Gen.Bool, Gen.OneOf("drop-in", "council-office", "remote", "refuge"), Gen.OneOf("yes", "after-phone-check", "no"), Gen.OneOf("current", "historic", "no-venue"));
        var number = 0;
        await gen.SampleAsync(async drawn =>
        {
            var (confidential, type, publish, standing) = drawn;
            var canary = $"Canary{Interlocked.Increment(ref number)}x";
            var place = type == "refuge" ? string.Empty : $"address:\n  line1: {canary} Street\n  town: Maidstone\n";
            var text = A.Text("access-point", $"Place {number}", string.Empty, $"type: {type}\ndistrict: maidstone\nstanding: {standing}\nhelplines: [main]\nconfidence: high\npublish: {publish}\nverifiedOn: 2026-11-20\nverifiedBy: {canary} Person\nconfidential: {(confidential ? "true" : "false")}\n{place}");
            await ImportAsync(($"pages/places/p{number}/en.md", text));
            await PublishAsync();
            var shown = Everything().Any(file => file.Contains($"{canary} Street", StringComparison.Ordinal));
            Assert.DoesNotContain(Everything(), file => file.Contains($"{canary} Person", StringComparison.Ordinal));
            return shown == (!confidential && type is not "refuge" && publish != "no" && standing == "current");
        }, iter: 24, threads: 1);
    }

    private static FormUrlEncodedContent Fields(AngleSharp.Dom.IElement form) =>
        new(form.QuerySelectorAll("input[name]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value")!)));

    private static async Task<HttpResponseMessage> ConfirmAsync(HttpClient client, AngleSharp.Html.Dom.IHtmlDocument? page = null)
    {
        page ??= await client.PageAsync("/places");
        using var content = Fields(page.QuerySelectorAll("form[action='/places/confirm']").Single(form => form.QuerySelector($"input[value='{Hall}']") is not null));
        return await client.PostAsync(new Uri("/places/confirm", UriKind.Relative), content, Cancel);
    }

    private IEnumerable<string> Everything() => Directory.EnumerateFiles(cms.Site, "*", SearchOption.AllDirectories).Select(File.ReadAllText);

    private Task<Entry> EntryAsync(string path) => cms.Database().Entries.AsNoTracking().FirstAsync(entry => entry.Path == path, Cancel);

    private async Task<string> HeadAsync(string path) => (await InAsync(async services =>
    {
        var store = services.GetRequiredService<DocumentStore>();
        return await store.HeadAsync((await store.FindAsync(path, Cancel))!, Cancel);
    })).Text;

    private Task<ImportResult> ImportAsync(params (string Path, string Text)[] files) =>
        InAsync(services => services.GetRequiredService<ContentImport>().RunAsync(A.Site(files), Cancel));

    private async Task<Publication?> PublishAsync()
    {
        await InAsync(services =>
        {
            var database = services.GetRequiredService<Portal.Cms.Database.CmsDatabase>();
            database.Outbox.Add(new() { At = cms.Now, By = "test", What = "test" });
            return database.SaveChangesAsync(Cancel);
        });
        return await cms.Services.GetRequiredService<Publisher>().RunOnceAsync(Cancel);
    }

    private async Task<T> InAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }
}

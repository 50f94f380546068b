using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Media;
using Portal.Cms.Publishing;
using Portal.Cms.Redirects;
using Portal.Cms.Staff;
using Portal.Content.Documents;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>A document that gets another path.</summary>
public sealed class AddressChangeTests : IAsyncLifetime
{
    private const string Old = "pages/guides/relationships/en.md";
    private const string New = "pages/guides/close-to-you/en.md";

    private CmsFixture cms = null!; // Set before each test.
    private HttpClient publisher = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsContent.StartAsync(A.Site(
            ("pages/guides/relationships/pl.md", A.Translation("Bliscy", "Ty decydujesz.\n")),
            ("pages/guides/extra/en.md", A.Guide("Extra", "See [people](/guides/relationships/#s1).\n", "related: [guides/relationships]\n")),
            ("pages/guides/extra/pl.md", A.Translation("Wiecej", "Zob. [osoby](/guides/relationships/).\n")),
            ("pages/guides/linking/en.md", A.Guide("Linking", "See [more](/guides/extra/).\n")),
            ("pages/notices/here/en.md", A.Text("notice", "Here", "Words.\n", "from: 2026-11-01\nuntil: 2027-11-01\non: [guides/relationships]\n"))));
        publisher = await cms.ClientAsync(Role.Publisher, Role.Author);
    }

    public async ValueTask DisposeAsync()
    {
        publisher.Dispose();
        await cms.DisposeAsync();
    }

    [Fact]
    public async Task All_languages_move_and_every_old_address_leads_to_the_new_one()
    {
        Assert.Equal("/documents/edit/" + New, (await MoveAsync("guides/close-to-you")).Target());
        await cms.PublishAsync();

        Assert.Equal("/old/ /guides/ 301!\n/guides/relationships/ /guides/close-to-you/ 301!\n/pl/guides/relationships/ /pl/guides/close-to-you/ 301!\n", cms.Public("_redirects"));
        Assert.NotNull(cms.Public("guides/close-to-you/index.html"));
        Assert.NotNull(cms.Public("pl/guides/close-to-you/index.html"));
        Assert.Null(cms.Public("guides/relationships/index.html"));
        Assert.Equal("guides/close-to-you", await cms.Database().Audit.Where(row => row.Act == "document.move" && row.Subject == Old).Select(row => row.Detail).SingleAsync(Cancel));
    }

    [Fact]
    public async Task A_moved_page_can_be_taken_off_in_one_language_and_in_all()
    {
        await publisher.SubmitAsync("/documents/address/pages/guides/extra/en.md", "move", ("path", "guides/more"));
        await cms.PublishAsync();
        Assert.Contains("/pl/guides/extra/ /pl/guides/more/ 301!\n", cms.Public("_redirects")!, StringComparison.Ordinal);

        await publisher.SubmitAsync("/documents/publish/pages/guides/more/pl.md", "withdraw", ("reason", "A word is wrong"));
        await cms.PublishAsync();
        Assert.Null(cms.Public("pl/guides/more/index.html"));
        Assert.Contains("/pl/guides/extra/ /guides/more/ 302!\n", cms.Public("_redirects")!, StringComparison.Ordinal);

        await publisher.SubmitAsync("/documents/publish/pages/guides/more/en.md", "withdraw", ("reason", "A number is wrong"));
        await cms.PublishAsync();
        Assert.Null(cms.Public("guides/more/index.html"));
        Assert.Contains("/guides/extra/ /guides/ 302!\n", cms.Public("_redirects")!, StringComparison.Ordinal);
        Assert.Contains("/pl/guides/extra/ /guides/ 302!\n", cms.Public("_redirects")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_was_taken_off_can_be_given_another_address_while_others_link_to_it()
    {
        await publisher.SubmitAsync("/documents/publish/pages/guides/extra/en.md", "withdraw", ("reason", "A number is wrong"));
        await cms.PublishAsync();

        await publisher.SubmitAsync("/documents/address/pages/guides/extra/en.md", "move", ("path", "guides/more"));
        await cms.PublishAsync();

        Assert.Contains("/guides/extra/ /guides/ 302!\n", cms.Public("_redirects")!, StringComparison.Ordinal);
        Assert.NotNull(cms.Public("guides/linking/index.html"));
    }

    [Fact]
    public async Task A_page_that_was_taken_off_and_comes_back_under_another_address_is_found_at_its_first_one()
    {
        var reviewer = await cms.ClientAsync(Role.Reviewer);
        await publisher.SubmitAsync("/documents/publish/pages/guides/extra/en.md", "withdraw", ("reason", "A number is wrong"));
        await publisher.SubmitAsync("/documents/address/pages/guides/extra/en.md", "move", ("path", "guides/more"));
        await publisher.SubmitAsync("/documents/address/pages/guides/more/en.md", "move", ("path", "guides/most"));
        await publisher.SubmitAsync("/documents/edit/pages/guides/most/en.md", "edit", ("b.0.words", "Put right."), ("act", "save"));
        await cms.ApproveAsync(publisher, reviewer, "pages/guides/most/en.md");

        Assert.Contains("/guides/extra/ /guides/most/ 301!\n", cms.Public("_redirects")!, StringComparison.Ordinal);
        Assert.Contains("href=\"/guides/most/\"", cms.Public("guides/linking/index.html")!, StringComparison.Ordinal);

        await publisher.SubmitAsync("/documents/publish/pages/guides/most/en.md", "withdraw", ("reason", "Again"));
        await cms.PublishAsync();
        Assert.Contains("/guides/extra/ /guides/ 302!\n", cms.Public("_redirects")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_addresses_of_the_editor_lead_to_the_new_ones_for_whoever_may_see_the_text()
    {
        await MoveAsync("guides/close-to-you");
        await publisher.SubmitAsync("/documents/address/" + New, "move", ("path", "guides/near-you"));
        var (polish, urdu) = (await cms.TranslatorAsync("pl"), await cms.TranslatorAsync("ur"));

        foreach (var page in new[] { "edit", "history", "preview", "publish", "address", "share" })
        {
            var answer = await polish.OpenAsync($"/documents/{page}/pages/guides/relationships/pl.md?a=b");
            Assert.Equal((HttpStatusCode.MovedPermanently, $"/documents/{page}/pages/guides/near-you/pl.md?a=b"), (answer.StatusCode, answer.Target()));
        }

        Assert.Equal("/translations/edit/pl/guides/near-you", (await polish.OpenAsync("/translations/edit/pl/guides/relationships")).Target());
        Assert.Equal(HttpStatusCode.NotFound, (await urdu.OpenAsync("/documents/history/pages/guides/relationships/pl.md")).StatusCode);
        Assert.StartsWith("/sign-in", (await cms.Visitor().OpenAsync("/documents/history/" + Old)).Target(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await polish.OpenAsync("/documents/edit/pages/en.md")).StatusCode);
    }

    [Fact]
    public async Task Words_typed_in_a_page_that_was_open_during_the_move_arrive()
    {
        var open = await publisher.PageAsync("/documents/edit/" + Old);
        await MoveAsync("guides/close-to-you");
        var inputs = Forms.Standing(open.QuerySelector("form[data-autosave]")!).Where(input => input.Name != "b.0.words").Append(("b.0.words", "Typed before.")).Append(("act", "save")).Select(input => KeyValuePair.Create(input.Item1, input.Item2)).ToList();

        using (var draft = new FormUrlEncodedContent(inputs)) Assert.Equal(HttpStatusCode.NoContent, (await publisher.PostAsync(new Uri("/documents/draft/" + Old, UriKind.Relative), draft, Cancel)).StatusCode);
        using var form = new FormUrlEncodedContent(inputs);
        var sent = await publisher.PostAsync(new Uri("/documents/edit/" + Old, UriKind.Relative), form, Cancel);

        Assert.Equal((HttpStatusCode.PermanentRedirect, "/documents/edit/" + New), (sent.StatusCode, sent.Target()));
        Assert.Equal("Typed before.", (await publisher.PageAsync("/documents/edit/" + New)).QuerySelector("[name='b.0.words']")!.TextContent);
    }

    [Fact]
    public async Task Texts_that_name_the_old_address_lead_straight_to_the_new_one_and_are_not_written_anew()
    {
        await MoveAsync("guides/close-to-you");
        await cms.PublishAsync();

        var extra = cms.Public("guides/extra/index.html")!;
        Assert.Contains("href=\"/guides/close-to-you/#s1\"", extra, StringComparison.Ordinal);
        Assert.DoesNotContain("/guides/relationships/", extra, StringComparison.Ordinal);
        Assert.Contains("/notices/here/", cms.Public("guides/close-to-you/index.html")!, StringComparison.Ordinal);
        Assert.Equal(1, await cms.Database().Revisions.CountAsync(revision => revision.Path == "pages/guides/extra/en.md", Cancel));
    }

    [Fact]
    public async Task History_drafts_and_reviews_move_with_the_text()
    {
        var other = await cms.ClientAsync(Role.Author);
        await publisher.SubmitAsync("/documents/edit/" + Old, "edit", ("f.title", "Second"), ("act", "save"));
        await publisher.SubmitAsync("/documents/publish/" + Old, "submit");
        var account = await cms.Database().Grants.Where(grant => grant.Role == Role.Author).OrderByDescending(grant => grant.AccountId).Select(grant => grant.AccountId).FirstAsync(Cancel);
        await using (var scope = cms.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DocumentStore>().KeepDraftAsync(Old, A.Guide("Half", "Half.\n"), null, account, Cancel);

        await MoveAsync("guides/close-to-you");

        Assert.Equal("Half", (await other.PageAsync("/documents/edit/" + New)).QuerySelector("[name='f.title']")!.GetAttribute("value"));
        Assert.Equal(2, (await other.PageAsync("/documents/history/" + New)).QuerySelectorAll("tbody tr").Length);
        Assert.Equal("/documents/publish/" + New, (await other.PageAsync("/reviews")).QuerySelector("tbody a")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.MovedPermanently, (await other.OpenAsync("/documents/edit/" + Old)).StatusCode);
    }

    [Fact]
    public async Task What_is_typed_of_a_translation_that_is_not_begun_moves_too()
    {
        var account = await cms.PersonAsync(roles: (Role.Translator, "ur"));
        await using (var scope = cms.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DocumentStore>().KeepDraftAsync("pages/guides/relationships/ur.md", A.Translation("Half a title", "Half.\n"), null, account.Id, Cancel);

        await MoveAsync("guides/close-to-you");

        Assert.Equal("Half a title", (await (await cms.SignInAsync(account)).PageAsync("/translations/edit/ur/guides/close-to-you")).QuerySelector("[name='f.title']")!.GetAttribute("value"));
        Assert.Equal(["pages/guides/close-to-you/ur.md"], await cms.Database().Drafts.Select(draft => draft.Path).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_page_may_go_back_and_a_chain_is_one_step()
    {
        await MoveAsync("guides/close-to-you");
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync("/documents/address/" + New, "move", ("path", "guides/people"))).StatusCode);
        await cms.PublishAsync();
        Assert.Contains("/guides/relationships/ /guides/people/ 301!\n", cms.Public("_redirects")!, StringComparison.Ordinal);
        Assert.Contains("/guides/close-to-you/ /guides/people/ 301!\n", cms.Public("_redirects")!, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync("/documents/address/pages/guides/people/en.md", "move", ("path", "guides/relationships"))).StatusCode);
        await cms.PublishAsync();
        Assert.DoesNotContain("\n/guides/relationships/ ", cms.Public("_redirects")!, StringComparison.Ordinal);
        Assert.Contains("/guides/people/ /guides/relationships/ 301!\n", cms.Public("_redirects")!, StringComparison.Ordinal);
        Assert.NotNull(cms.Public("guides/relationships/index.html"));
    }

    [Fact]
    public async Task Later_questions_and_posters_leave_their_addresses_too()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync("/documents/address/pages/what-helps/en.md", "move", ("path", "finder"))).StatusCode);
        Assert.Contains("from: /what-helps/more/\n    to: /finder/more/\n", await cms.SavedAsync("settings.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("guides/domestic-abuse", "holds the word 'abuse'")]
    [InlineData("guides/unwanted-contact", "There is a document guides/unwanted-contact already.")]
    [InlineData("Guides", "Write lower-case letters")]
    [InlineData("pl/guides", "begins with 'pl'")]
    [InlineData("old", "hides a page")]
    public async Task A_path_that_will_not_do_is_refused_and_nothing_moves(string path, string told)
    {
        var refused = await MoveAsync(path);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(told, (await refused.DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.True(await cms.Database().Entries.AnyAsync(entry => entry.Path == Old, Cancel));
        Assert.Equal(0, await cms.Database().Audit.CountAsync(row => row.Act == "document.move", Cancel));
    }

    [Fact]
    public async Task Only_a_publisher_moves_a_public_page_and_none_while_the_settings_wait()
    {
        var author = await cms.ClientAsync(Role.Author);
        Assert.Contains("a publisher can change its address", (await author.PageAsync("/documents/address/" + Old)).Body!.TextContent, StringComparison.Ordinal);
        await (await cms.ClientAsync(Role.CommunicationsLead)).SubmitAsync("/redirects", "add", ("from", "/older/"), ("to", "/help-now/"));

        Assert.Contains("The settings have changes that are not public", (await (await MoveAsync("guides/close-to-you")).DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_somebody_wrote_meanwhile_is_not_moved()
    {
        var stale = await publisher.PageAsync("/documents/address/" + Old);
        await publisher.SubmitAsync("/documents/edit/" + Old, "edit", ("f.title", "Second"), ("act", "save"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await publisher.SubmitAsync(stale, "/documents/address/" + Old, "move", ("path", "guides/close-to-you"))).StatusCode);
    }

    [Fact]
    public async Task A_translation_that_somebody_begins_while_the_site_is_checked_is_not_left_behind()
    {
        const string urdu = "pages/guides/relationships/ur.md";
        await using var scope = cms.Services.CreateAsyncScope();
        var meanwhile = new SiteAddition("data/none.yaml", async (_, _) => // Asked for by the check.
        {
            await using var other = cms.Services.CreateAsyncScope();
            await other.ServiceProvider.GetRequiredService<DocumentStore>().CreateAsync(urdu, "guidance", A.Translation("Title", "Words.\n"), new(Guid.CreateVersion7(), "Translator"), cancel: Cancel);
            await other.ServiceProvider.GetRequiredService<CmsDatabase>().SaveChangesAsync(Cancel);
            return null;
        });
        var content = ActivatorUtilities.CreateInstance<SiteContent>(scope.ServiceProvider, (object)new[] { meanwhile });
        var version = await cms.Database().Entries.Where(entry => entry.Path == Old).Select(entry => entry.Version).SingleAsync(Cancel);

        var told = await ActivatorUtilities.CreateInstance<AddressChange>(scope.ServiceProvider, content).MoveAsync(DocumentId.Parse("guides/relationships"), DocumentId.Parse("guides/close-to-you"), version, new(Guid.CreateVersion7(), "Publisher"), Cancel);

        Assert.Contains("first words of a translation", Assert.Single(told), StringComparison.Ordinal);
        Assert.True(await cms.Database().Entries.AnyAsync(entry => entry.Path == urdu, Cancel));
        Assert.True(await cms.Database().Entries.AnyAsync(entry => entry.Path == Old, Cancel));
    }

    [Fact]
    public async Task A_document_nobody_published_moves_without_a_trace_on_the_site()
    {
        await publisher.SubmitAsync("/documents/new", "new", ("kind", "guidance"), ("path", "guides/fresh"), ("title", "Fresh"));
        var before = await cms.SavedAsync("settings.yaml");

        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync("/documents/address/pages/guides/fresh/en.md", "move", ("path", "guides/fresher"))).StatusCode);

        Assert.Equal(before, await cms.SavedAsync("settings.yaml"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await publisher.SubmitAsync("/documents/address/pages/guides/fresher/en.md", "move", ("path", "guides/refuge"))).StatusCode);
    }

    /// <summary>A slice that keeps rows by a text's path must move them: media has paths of its own, a message of the log is never changed.</summary>
    [Fact]
    public void Every_table_that_names_a_text_by_its_path_moves_with_it()
    {
        Type[] own = [typeof(MediaFile), typeof(AuditRow)];
        var tables = cms.Database().Model.GetEntityTypes().Where(type => type.FindProperty("Path") is not null).Select(type => type.ClrType).Except(own);

        Assert.Equal(MovePath.Tables.Select(type => type.Name).Order(StringComparer.Ordinal), tables.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    private Task<HttpResponseMessage> MoveAsync(string path) => publisher.SubmitAsync("/documents/address/" + Old, "move", ("path", path));
}

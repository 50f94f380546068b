using System.Net;
using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>From a saved text to a public page and back, through the forms, on a clock that stands still.</summary>
public sealed class DocumentFlowTests : IAsyncLifetime
{
    private const string Path = "pages/guides/staying-safe/en.md";
    private const string Edit = "/documents/edit/" + Path;
    private const string Publish = "/documents/publish/" + Path;

    private CmsFixture cms = null!; // Set before each test.

    private string PublicPage => File.ReadAllText(System.IO.Path.Combine(cms.Site, "guides", "staying-safe", "index.html"));

    private bool IsPublic => File.Exists(System.IO.Path.Combine(cms.Site, "guides", "staying-safe", "index.html"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsFixture.StartAsync();
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site((Path, A.Guide("Staying safe", "First words.\n\n::: steps\n1. One\n:::\n"))), Cancel);
        await PublishAsync("import");
        Assert.Contains("First words.", PublicPage, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task An_import_and_an_export_are_the_same_bytes()
    {
        await using var scope = cms.Services.CreateAsyncScope();
        var saved = await scope.ServiceProvider.GetRequiredService<SiteContent>().SavedAsync(Cancel);

        var source = A.Site((Path, A.Guide("Staying safe", "First words.\n\n::: steps\n1. One\n:::\n")));
        Assert.Equal(source.Paths, saved.Paths);
        Assert.All(source.Paths, path => Assert.Equal(source.Bytes(path), saved.Bytes(path)));
    }

    [Theory]
    [InlineData("22/12/2026", "2026-12-22", "Tuesday 22 December 2026")]
    [InlineData("1 March 2027", "2027-03-01", "Monday 1 March 2027")]
    [InlineData("2026-12-22", "2026-12-22", "Tuesday 22 December 2026")]
    public async Task A_day_is_typed_as_people_write_it_and_said_back_in_words(string typed, string kept, string said)
    {
        var author = await cms.ClientAsync(Role.Author);

        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync(Edit, "edit", ("f.reviewed", typed), ("act", "save"))).StatusCode);

        Assert.Contains($"\nreviewed: {kept}\n", await cms.SavedAsync(Path), StringComparison.Ordinal);
        var page = await author.PageAsync(Edit);
        Assert.Equal(kept, page.GetElementById("f.reviewed")!.GetAttribute("value"));
        Assert.Equal(said, page.GetElementById("f.reviewed.day")!.TextContent);
        Assert.EndsWith(" f.reviewed.day", page.GetElementById("f.reviewed")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_is_none_stays_as_it_was_typed_and_is_told()
    {
        var author = await cms.ClientAsync(Role.Author);

        await author.SubmitAsync(Edit, "edit", ("f.reviewed", "31/02/2026"), ("act", "save"));

        var page = await author.PageAsync(Edit);
        Assert.Equal("31/02/2026", page.GetElementById("f.reviewed")!.GetAttribute("value"));
        Assert.Null(page.GetElementById("f.reviewed.day"));
        Assert.Contains("'reviewed' has a value that does not fit.", (await author.PageAsync(Publish)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_goes_from_its_author_through_a_second_person_to_the_site()
    {
        var (author, reviewer) = (await cms.ClientAsync(Role.Author, Role.Reviewer), await cms.ClientAsync(Role.Reviewer));
        await SaveAsync(author, "Second words.");
        await PublishAsync("nothing");
        Assert.DoesNotContain("Second words.", PublicPage, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync(Publish, "submit")).StatusCode);
        Assert.Contains("Somebody else must approve it.", (await author.PageAsync(Publish)).Body!.TextContent, StringComparison.Ordinal);
        var preview = await (await author.OpenAsync("/documents/preview/" + Path)).Content.ReadAsByteArrayAsync(Cancel);

        Assert.Equal(HttpStatusCode.Redirect, (await reviewer.SubmitAsync(Publish, "decide", ("act", "approve"))).StatusCode);
        await WaitForAsync(() => PublicPage.Contains("Second words.", StringComparison.Ordinal));

        Assert.Equal(Encoding.UTF8.GetString(preview), PublicPage);
        Assert.Equal(["document.submit", "document.approve", "document.publish"], await cms.Database().Audit.Where(row => row.Subject == Path).OrderBy(row => row.Number).Select(row => row.Act).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_second_save_over_the_same_text_gets_both_texts_and_loses_none()
    {
        var (one, other) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Author));
        var theirs = await other.PageAsync(Edit);
        await SaveAsync(one, "One wrote this.");

        var refused = await other.SubmitAsync(theirs, Edit, "edit", ("b.0.words", "The other wrote this."), ("act", "save"));
        var page = await refused.DocumentAsync();

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Contains("One", page.QuerySelector(".errors ins")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("other", string.Concat(page.QuerySelectorAll(".errors del").Select(part => part.TextContent)), StringComparison.Ordinal);
        Assert.Equal("The other wrote this.", page.QuerySelector("textarea[name='b.0.words']")!.TextContent);
        Assert.Equal(2, await cms.Database().Revisions.CountAsync(revision => revision.Path == Path, Cancel));
        Assert.Equal(HttpStatusCode.Redirect, (await other.SubmitAsync(page, Edit, "edit", ("act", "save"))).StatusCode);
        Assert.Equal(3, await cms.Database().Revisions.CountAsync(revision => revision.Path == Path, Cancel));
    }

    [Fact]
    public async Task A_draft_is_kept_for_its_writer_alone_and_is_no_revision()
    {
        var (writer, other) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Author));
        var page = await writer.PageAsync(Edit);
        var token = page.QuerySelector("form.editor input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var typed = new FormUrlEncodedContent(page.QuerySelectorAll("form.editor [name]").Where(input => input.LocalName is "textarea" || input.GetAttribute("type") is null or "hidden").Where(input => input.LocalName != "button" && input.LocalName != "select")
            .Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("name") == "b.0.words" ? "Half a sent" : input.GetAttribute("value") ?? input.TextContent)));

        Assert.Equal(HttpStatusCode.NoContent, (await writer.PostAsync(new Uri("/documents/draft/" + Path, UriKind.Relative), typed, Cancel)).StatusCode);

        Assert.NotEmpty(token);
        Assert.Equal("Half a sent", (await writer.PageAsync(Edit)).QuerySelector("textarea[name='b.0.words']")!.TextContent);
        Assert.Equal("First words.", (await other.PageAsync(Edit)).QuerySelector("textarea[name='b.0.words']")!.TextContent);
        Assert.Equal(1, await cms.Database().Revisions.CountAsync(revision => revision.Path == Path, Cancel));
        await writer.SubmitAsync(Edit, "discard");
        Assert.Equal("First words.", (await writer.PageAsync(Edit)).QuerySelector("textarea[name='b.0.words']")!.TextContent);
    }

    [Fact]
    public async Task A_save_that_fails_keeps_the_draft_and_blames_nobody()
    {
        var writer = await cms.ClientAsync(Role.Author);
        var account = await cms.Database().Grants.Where(grant => grant.Role == Role.Author).Select(grant => grant.AccountId).SingleAsync(Cancel);
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DocumentStore>().KeepDraftAsync(Path, "Half", null, account, Cancel);
        await CmsTestDatabase.RefuseAsync(cms.Database(), "Revisions");

        var failed = await writer.SubmitAsync(Edit, "edit", ("b.0.words", "New words."), ("act", "save"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        var page = await failed.DocumentAsync();
        Assert.Contains("was not saved", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("New words.", page.QuerySelector("textarea[name='b.0.words']")!.TextContent);
        Assert.Contains("default-src 'none'", failed.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("Half", (await cms.Database().Drafts.SingleAsync(draft => draft.AccountId == account, Cancel)).Text);
    }

    [Fact]
    public async Task A_scheduled_text_goes_live_and_leaves_by_the_clock()
    {
        var (author, reviewer) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Reviewer, Role.Publisher));
        await SaveAsync(author, "Later words.");
        await author.SubmitAsync(Publish, "submit", ("when", "2/12/2026 08:00"));
        await reviewer.SubmitAsync(Publish, "decide", ("act", "approve"));
        await PublishAsync("too early");
        Assert.DoesNotContain("Later words.", PublicPage, StringComparison.Ordinal);

        cms.Clock.Advance(TimeSpan.FromHours(23));
        await PublishAsync("due");
        Assert.Contains("Later words.", PublicPage, StringComparison.Ordinal);

        await using var database = cms.Database();
        (await database.Entries.SingleAsync(entry => entry.Path == Path, Cancel)).ExpireAt = cms.Now + NodaTime.Duration.FromHours(1);
        await database.SaveChangesAsync(Cancel);
        cms.Clock.Advance(TimeSpan.FromHours(1));
        await PublishAsync("expired");
        Assert.False(IsPublic);
    }

    [Fact]
    public async Task One_person_can_withdraw_now_and_a_roll_back_does_not_bring_it_back()
    {
        var (author, publisher) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Publisher));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await author.SubmitAsync(Publish, "withdraw", ("reason", ""))).StatusCode);
        cms.Clock.Advance(TimeSpan.FromMinutes(1));
        await author.SubmitAsync(Publish, "withdraw", ("reason", "A number is wrong"));
        await WaitForAsync(() => !IsPublic);
        await cms.Services.GetRequiredService<Publisher>().RunOnceAsync(Cancel); // Waits until the publication is noted too.
        Assert.Equal("A number is wrong", await cms.Database().Audit.Where(row => row.Act == "document.withdraw").Select(row => row.Detail).SingleAsync(Cancel));

        var first = await cms.Database().Publications.SingleAsync(publication => publication.What.Contains("import"), Cancel);
        await publisher.SubmitAsync("/publishing", $"back-{first.Id}");
        Assert.False(IsPublic);
    }

    [Fact]
    public async Task A_page_that_others_link_to_can_be_taken_off_at_once()
    {
        await using (var scope = cms.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site((Path, A.Guide("Staying safe", "First words.\n")), ("pages/guides/linking/en.md", A.Guide("Linking", "See [it](/guides/staying-safe/).\n", "related: [guides/staying-safe]\n"))), Cancel);
        await PublishAsync("linked");
        var author = await cms.ClientAsync(Role.Author);

        await author.SubmitAsync(Publish, "withdraw", ("reason", "A number is wrong"));
        await PublishAsync("after");

        Assert.False(IsPublic);
        var linking = await File.ReadAllTextAsync(System.IO.Path.Combine(cms.Site, "guides", "linking", "index.html"), Cancel);
        Assert.DoesNotContain("/guides/staying-safe/", linking, StringComparison.Ordinal);
        Assert.Contains("/guides/staying-safe/ /guides/ 302!\n", await File.ReadAllTextAsync(System.IO.Path.Combine(cms.Site, "_redirects"), Cancel), StringComparison.Ordinal);
        await SaveAsync(author, "Being mended.");
        await PublishAsync("a draft of it");
        Assert.False(IsPublic);
    }

    [Fact]
    public async Task An_old_revision_is_restored_as_a_draft()
    {
        var author = await cms.ClientAsync(Role.Author);
        await SaveAsync(author, "Second words.");

        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync($"/documents/history/{Path}?revision=1", "restore")).StatusCode);

        Assert.Equal("First words.", (await author.PageAsync(Edit)).QuerySelector("textarea[name='b.0.words']")!.TextContent);
        Assert.Equal(3, await cms.Database().Revisions.CountAsync(revision => revision.Path == Path, Cancel));
    }

    [Fact]
    public async Task A_script_in_a_text_is_saved_as_typed_and_never_submitted()
    {
        var author = await cms.ClientAsync(Role.Author);
        await SaveAsync(author, "<script>alert(1)</script>");

        var page = await author.PageAsync(Publish);

        Assert.Contains("Raw HTML is not allowed.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await author.SubmitAsync(Publish, "submit")).StatusCode);
    }

    [Fact]
    public async Task A_translator_writes_their_language_and_no_other()
    {
        var translator = await cms.TranslatorAsync("pl");

        Assert.Equal(HttpStatusCode.Forbidden, (await translator.SubmitAsync(Edit, "edit", ("b.0.words", "Not mine."), ("act", "save"))).StatusCode);
        Assert.Equal(1, await cms.Database().Revisions.CountAsync(revision => revision.Path == Path, Cancel));
        Assert.Equal(HttpStatusCode.Redirect, (await translator.SubmitAsync("/documents/edit/pages/help-now/pl.md?whole=yes", "edit", ("f.title", "Pomoc"), ("act", "save"))).StatusCode);
    }

    private static async Task SaveAsync(HttpClient client, string words) =>
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(Edit, "edit", ("b.0.words", words), ("act", "save"))).StatusCode);

    private async Task PublishAsync(string what)
    {
        await using (var database = cms.Database())
        {
            database.Outbox.Add(new() { At = cms.Now, By = "test", What = what });
            await database.SaveChangesAsync(Cancel);
        }

        var publication = await cms.Services.GetRequiredService<Publisher>().RunOnceAsync(Cancel);
        Assert.True(publication is null or { Failure: null }, publication?.Failure);
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        for (var tries = 0; tries < 200 && !condition(); tries++) await Task.Delay(50, Cancel);
        Assert.True(condition(), "It did not happen within ten seconds.");
    }
}

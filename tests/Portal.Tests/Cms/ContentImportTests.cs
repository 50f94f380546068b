using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;
using Portal.Content.Reading;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>A content folder that is taken in beside people who write: what it makes public, and what it leaves alone.</summary>
public sealed class ContentImportTests : IAsyncLifetime
{
    private const string Guide = PublishedSite.Guide;
    private const string Other = "pages/guides/relationships/en.md";
    private const string Linking = "pages/guides/linking/en.md";
    private const string Mended = "pages/guides/unwanted-contact/en.md";

    private PublishedSite site = null!; // Set before each test.
    private Account author = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        site = await PublishedSite.StartAsync((Linking, A.Guide("Linking", "See [it](/guides/staying-safe/).\n")));
        author = await site.Cms.PersonAsync(roles: (Role.Author, string.Empty));
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task An_export_that_is_mended_and_imported_makes_nothing_else_public()
    {
        using var client = await site.Cms.SignInAsync(author);
        await site.WriteAsync(author, Guide, "guidance", A.Guide("Staying safe", "Draft words. See [help](/help-now/).\n"));
        await site.WriteAsync(author, Other, "guidance", A.Guide("People close to you", "Waiting words. See [help](/help-now/).\n"));
        await PublishedSite.DoAsync(client, "/documents/publish/" + Other, "submit");
        await PublishedSite.DoAsync(client, "/documents/publish/" + Linking, "withdraw", ("reason", "A number is wrong"));
        ContentFiles export;
        await using (var scope = site.Cms.Services.CreateAsyncScope()) export = await scope.ServiceProvider.GetRequiredService<SiteContent>().SavedAsync(Cancel);
        Assert.Contains("Draft words.", export.Text(Guide), StringComparison.Ordinal);

        var result = await ImportAsync([.. export.Paths.Where(EntryText.IsText).Select(path => (path, path == Mended ? A.Guide("Unwanted contact", "Mended words.\n") : export.Text(path)))]);
        await site.PublishAsync();

        Assert.Equal((0, 1), (result.Added, result.Changed));
        Assert.Empty(result.Shown);
        Assert.Contains("Mended words.", site.Page("/guides/unwanted-contact/"), StringComparison.Ordinal);
        Assert.Contains("First words.", site.Page("/guides/staying-safe/"), StringComparison.Ordinal);
        Assert.DoesNotContain("Waiting words.", site.Page("/guides/relationships/"), StringComparison.Ordinal);
        Assert.Null(site.Page("/guides/linking/"));
        Assert.Equal([EntryState.Draft, EntryState.InReview, EntryState.Withdrawn], [(await site.EntryAsync(Guide)).State, (await site.EntryAsync(Other)).State, (await site.EntryAsync(Linking)).State]);

        using var reviewer = await site.Cms.ClientAsync(Role.Reviewer);
        await PublishedSite.DoAsync(reviewer, "/documents/publish/" + Other, "decide", ("act", "approve"));
        await site.PublishAsync();
        Assert.Contains("Waiting words.", site.Page("/guides/relationships/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_import_changes_is_no_longer_asked_for_and_what_comes_back_is_told()
    {
        using var client = await site.Cms.SignInAsync(author);
        await site.WriteAsync(author, Other, "guidance", A.Guide("People close to you", "Waiting words. See [help](/help-now/).\n"));
        await PublishedSite.DoAsync(client, "/documents/publish/" + Other, "submit");
        await PublishedSite.DoAsync(client, "/documents/publish/" + Linking, "withdraw", ("reason", "A number is wrong"));

        var result = await ImportAsync((Other, A.Guide("People close to you", "Imported words.\n")), (Linking, A.Guide("Linking", "Imported words.\n")));

        Assert.Equal([Linking], result.Shown);
        Assert.Equal("document.publish", (await site.ActsAsync(Linking))[^1]);
        Assert.Equal("The text was changed after it was submitted.", await site.Cms.Database().Reviews.Select(review => review.Comment).SingleAsync(Cancel));
        Assert.Equal(EntryState.Published, (await site.EntryAsync(Other)).State);
    }

    [Fact]
    public async Task An_import_that_meets_a_text_somebody_saved_meanwhile_takes_nothing_in_and_says_so()
    {
        await using var scope = site.Cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CmsDatabase>().Entries.LoadAsync(Cancel); // It saw the text before, as a server lets it.
        await site.WriteAsync(author, Guide, "guidance", A.Guide("Staying safe", "Their words.\n"));

        var refusal = await Assert.ThrowsAsync<StartException>(() => scope.ServiceProvider.GetRequiredService<ContentImport>().PublishAsync(Files((Guide, A.Guide("Staying safe", "Imported words.\n")), ("pages/guides/added/en.md", A.Guide("Added", "Words.\n"))), Cancel));

        Assert.Contains(Guide, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Their words.", await site.Cms.SavedAsync(Guide), StringComparison.Ordinal);
        Assert.False(await site.Cms.Database().Entries.AnyAsync(entry => entry.Path == "pages/guides/added/en.md", Cancel));
        Assert.Empty(await site.ActsAsync("content"));
    }

    [Fact]
    public async Task A_text_that_somebody_begins_while_the_import_runs_stands_and_the_import_says_so()
    {
        const string added = "pages/guides/added/en.md";
        await using var scope = site.Cms.Services.CreateAsyncScope();
        var other = site.Cms.Database();
        var files = Files((added, A.Guide("Added", "Imported words.\n"))).WithStored([("media/kit/one.bin", "1", Meanwhile)]);
        var import = scope.ServiceProvider.GetRequiredService<ContentImport>().PublishAsync(files, Cancel);

        if (other is SqliteDatabase) Assert.Equal(1, (await import).Added); // A file has one writer: nobody comes between.
        else Assert.Contains(added, (await Assert.ThrowsAsync<StartException>(() => import)).Message, StringComparison.Ordinal);
        Assert.Equal(other is SqliteDatabase ? "Added" : "Theirs", (await site.EntryAsync(added)).Title);

        byte[] Meanwhile() // Asked for once the text is made, and not saved yet.
        {
            if (other is SqliteDatabase) return [1];
            other.Entries.Add(new() { Path = added, Document = "guides/added", Language = "en", Kind = "guidance", Title = "Theirs", UpdatedBy = "Somebody", Version = 1 });
            other.SaveChanges();
            return [1];
        }
    }

    private static ContentFiles Files(params IEnumerable<(string Path, string Text)> files) => ContentFiles.Of(files.Select(file => KeyValuePair.Create(file.Path, file.Text)));

    private async Task<ImportResult> ImportAsync(params (string Path, string Text)[] files)
    {
        await using var scope = site.Cms.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ContentImport>().PublishAsync(Files(files), Cancel);
    }
}

using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Audit;
using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;
using Portal.Content.Reading;
using Portal.Site.Building;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>The one publisher: what it merges, holds, remembers and lets go of.</summary>
public sealed class PublishingTests : IAsyncLifetime
{
    private const string Path = "pages/guides/staying-safe/en.md";
    private const string Publish = "/documents/publish/" + Path;

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("portal-publishing-");
    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Page => System.IO.Path.Combine(data.FullName, "site", "guides", "staying-safe", "index.html");

    private string Words => File.ReadAllText(Page);

    private Publisher Publisher => cms.Services.GetRequiredService<Publisher>();

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site((Path, Text("First"))), Cancel);
        await Publisher.RunOnceAsync(Cancel);
        Assert.Contains("First words.", Words, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await cms.DisposeAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task What_is_decided_who_decided_it_and_the_wish_are_written_together_or_not_at_all()
    {
        var (author, reviewer) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Reviewer));
        await author.SubmitAsync("/documents/edit/" + Path, "edit", ("b.0.words", "Second words."), ("act", "save"));
        await author.SubmitAsync(Publish, "submit");
        var live = (await EntryAsync()).Live;
        await cms.Database().Database.ExecuteSqlAsync($"ALTER TABLE \"Outbox\" RENAME TO \"Lost\"", Cancel); // So that the last of the three fails.

        Assert.Equal(HttpStatusCode.InternalServerError, (await reviewer.SubmitAsync(Publish, "decide", ("act", "approve"))).StatusCode);

        var entry = await EntryAsync();
        Assert.Equal((live, EntryState.InReview), (entry.Live, entry.State));
        Assert.False(await cms.Database().Audit.AnyAsync(row => row.Act == "document.approve" || row.Act == "document.publish", Cancel));
        Assert.All(await cms.Database().Reviews.ToListAsync(Cancel), review => Assert.Null(review.DecidedAt));
    }

    [Fact]
    public async Task A_burst_of_wishes_is_one_publication()
    {
        await SetAsync("Second");
        await WishAsync("one", "two", "three");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Publisher.RunOnceAsync(Cancel)));

        var publication = await cms.Database().Publications.OrderByDescending(each => each.Number).FirstAsync(Cancel);
        Assert.Equal("one; two; three", publication.What);
        Assert.Equal(2, await cms.Database().Publications.CountAsync(Cancel));
        Assert.Contains("Second words.", Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roll_back_waits_for_the_publication_that_runs()
    {
        var first = await cms.Database().Publications.SingleAsync(Cancel);
        await SetAsync("Second");
        await WishAsync("second");
        await using var database = cms.Database();
        await using var scope = cms.Services.CreateAsyncScope();
        var rollback = scope.ServiceProvider.GetRequiredService<SiteRollback>();
        Task<Publication?> publishing;
        Task<string?> back;
        await using (await database.Database.BeginTransactionAsync(Cancel))
        {
            await database.Drafts.ExecuteDeleteAsync(Cancel); // Takes the write lock, so that the publication stands between folder and database.
            publishing = Task.Run(() => Publisher.RunOnceAsync(Cancel), Cancel);
            await WaitForAsync(() => Words.Contains("Second words.", StringComparison.Ordinal));
            back = Task.Run(() => rollback.RunAsync(first.Id, Actor.Schedule, Cancel), Cancel);
        }

        Assert.Null(await back);
        await publishing;
        var all = await cms.Database().Publications.OrderBy(each => each.Number).ToListAsync(Cancel);
        Assert.Equal([null, null, first.Id], all.Select(each => each.RollBackOf));
        Assert.Contains("First words.", Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roll_back_holds_over_days_and_restarts_until_somebody_ends_it()
    {
        var first = await cms.Database().Publications.SingleAsync(Cancel);
        await SetAsync("Second");
        await WishAsync("second");
        await Publisher.RunOnceAsync(Cancel);
        var client = await cms.ClientAsync(Role.Publisher);
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync("/publishing", $"back-{first.Id}")).StatusCode);
        Assert.Contains("First words.", Words, StringComparison.Ordinal);
        Assert.Contains("The site is rolled back", (await client.PageAsync("/publishing")).Body!.TextContent, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Page, string.Empty, Cancel);
        await RestartAsync();
        await Publisher.RunOnceAsync(Cancel);
        Assert.Contains("First words.", Words, StringComparison.Ordinal);

        await RestartAsync();
        cms.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Null(await Publisher.RunOnceAsync(Cancel));
        Assert.Contains("First words.", Words, StringComparison.Ordinal);

        var other = await cms.ClientAsync(Role.Publisher);
        Assert.Equal(HttpStatusCode.Redirect, (await other.SubmitAsync("/publishing", "end")).StatusCode);
        Assert.Contains("Second words.", Words, StringComparison.Ordinal);
        Assert.DoesNotContain("The site is rolled back", (await other.PageAsync("/publishing")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_with_nothing_new_makes_nothing()
    {
        var written = File.GetLastWriteTimeUtc(Page);

        await RestartAsync();

        Assert.Null(await Publisher.RunOnceAsync(Cancel));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Page));
        Assert.Equal(1, await cms.Database().Publications.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_start_publishes_what_went_live_while_nobody_published()
    {
        await SetAsync("Second");
        await RestartAsync();

        await Publisher.RunOnceAsync(Cancel);

        Assert.Contains("Second words.", Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_start_puts_a_lost_folder_or_file_in_place_again(bool folder)
    {
        if (folder) Directory.Delete(System.IO.Path.Combine(data.FullName, "site"), recursive: true);
        else await File.WriteAllTextAsync(Page, string.Empty, Cancel); // As a power cut leaves it.
        await RestartAsync();

        await Publisher.RunOnceAsync(Cancel);

        Assert.Contains("First words.", Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_was_put_in_place_over_midnight_is_of_the_day_before()
    {
        await SetAsync("Second");
        await WishAsync("second");
        using var publisher = ActivatorUtilities.CreateInstance<Publisher>(cms.Services, new Midnight(() => Words.Contains("Second words.", StringComparison.Ordinal)));

        Assert.Equal("2026-12-01", (await publisher.RunOnceAsync(Cancel))!.Day);

        var next = await publisher.RunOnceAsync(Cancel);
        Assert.Equal((Publisher.NewDay, "2026-12-02"), (next!.What, next.Day));
    }

    [Fact]
    public async Task A_new_day_is_published_once_also_after_a_restart()
    {
        cms.Clock.Advance(TimeSpan.FromDays(1));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Publisher.RunOnceAsync(Cancel)));
        Assert.Equal(1, await cms.Database().Publications.CountAsync(each => each.What == Publisher.NewDay, Cancel));

        await RestartAsync();
        cms.Clock.Advance(TimeSpan.FromDays(1));
        await Publisher.RunOnceAsync(Cancel);
        var last = await cms.Database().Publications.OrderByDescending(each => each.Number).FirstAsync(Cancel);
        Assert.Equal((Publisher.NewDay, "2026-12-03"), (last.What, last.Day));
    }

    [Fact]
    public async Task Only_the_last_publications_keep_their_files_and_media_stays()
    {
        var media = await cms.Database().Media.Select(file => file.Hash).ToListAsync(Cancel);
        for (var number = 0; number < PublicationStore.Kept + 2; number++)
        {
            await SetAsync($"Version {number}");
            await WishAsync($"version {number}");
            await Publisher.RunOnceAsync(Cancel);
        }

        await using var scope = cms.Services.CreateAsyncScope();
        var (database, store) = (cms.Database(), scope.ServiceProvider.GetRequiredService<PublicationStore>());
        var kept = await database.Manifests.Select(manifest => manifest.PublicationId).ToListAsync(Cancel);
        Assert.Equal(PublicationStore.Kept, kept.Count);
        var named = new HashSet<string>(media);
        foreach (var id in kept) named.UnionWith((await store.HashesAsync(id, Cancel))!.Values);
        Assert.Equal(named.Order(), (await database.Files.Select(file => file.Hash).ToListAsync(Cancel)).Order());
        Assert.All(await database.Files.ToListAsync(Cancel), file => Assert.Equal(file.Hash, SiteDraft.Hash(file.Bytes)));
    }

    [Fact]
    public async Task A_folder_somebody_wrote_into_is_put_right()
    {
        await File.WriteAllTextAsync(Page, "Not ours.", Cancel);
        await File.WriteAllTextAsync(System.IO.Path.Combine(data.FullName, "site", "foreign.html"), "Not ours.", Cancel);
        await WishAsync("again");

        var publication = await Publisher.RunOnceAsync(Cancel);

        Assert.Equal((1, 1), (publication!.Written, publication.Removed));
        Assert.Contains("First words.", Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_and_tried_again()
    {
        var staging = System.IO.Path.Combine(data.FullName, "site.staging");
        await File.WriteAllTextAsync(staging, "in the way", Cancel);
        cms.Clock.Advance(TimeSpan.FromSeconds(1));
        await SetAsync("Second");
        await WishAsync("second");

        Assert.Contains("The site's folder cannot be written", (await Publisher.RunOnceAsync(Cancel))!.Failure, StringComparison.Ordinal);
        await Publisher.RunOnceAsync(Cancel);

        Assert.Contains("First words.", Words, StringComparison.Ordinal);
        Assert.Equal(1, await cms.Database().Publications.CountAsync(each => each.Failure != null, Cancel));
        var told = (await (await cms.ClientAsync(Role.Author)).PageAsync("/publishing")).QuerySelector(".errors")!.TextContent;
        Assert.Contains("The site's folder cannot be written", told, StringComparison.Ordinal);
        Assert.Contains("It is tried again by itself at 1/12/2026 9:00", told, StringComparison.Ordinal);
        var page = (await (await cms.ClientAsync(Role.Author)).PageAsync(Publish)).QuerySelector("main")!.TextContent;
        Assert.Contains("The site could not be published: The site's folder cannot be written", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Live since", page, StringComparison.Ordinal);

        File.Delete(staging);
        Assert.Null((await Publisher.RunOnceAsync(Cancel))!.Failure);
        Assert.Contains("Second words.", Words, StringComparison.Ordinal);
        Assert.Null((await (await cms.ClientAsync(Role.Author)).PageAsync("/publishing")).QuerySelector(".errors"));
    }

    private static string Text(string words) => A.Guide("Staying safe", $"{words} words.\n");

    private async Task StartAsync() => cms = await CmsFixture.StartAsync(settings => settings with { Data = data.FullName });

    private Task RestartAsync() => cms.RestartAsync();

    private async Task<Entry> EntryAsync() => await cms.Database().Entries.AsNoTracking().SingleAsync(entry => entry.Path == Path, Cancel);

    /// <summary>Makes a text public without a wish, as a crash between the two would leave it if they were not one transaction.</summary>
    private async Task SetAsync(string words)
    {
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(ContentFiles.Of([KeyValuePair.Create(Path, Text(words))]), Cancel);
    }

    private async Task WishAsync(params string[] wishes)
    {
        await using var database = cms.Database();
        database.Outbox.AddRange(wishes.Select(what => new OutboxRow { At = cms.Now, By = "test", What = what }));
        await database.SaveChangesAsync(Cancel);
    }

    /// <summary>A minute before midnight, until something has happened; then a minute after it.</summary>
    private sealed class Midnight(Func<bool> isOver) : TimeProvider
    {
        private static readonly DateTimeOffset Hour = new(2026, 12, 2, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Hour.AddMinutes(isOver() ? 1 : -1);
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        for (var tries = 0; tries < 200 && !condition(); tries++) await Task.Delay(50, Cancel);
        Assert.True(condition(), "It did not happen within ten seconds.");
    }
}

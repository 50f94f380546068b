using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;
using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>A comma put right in English leaves the translations right, and they go live with it.</summary>
public sealed class SmallCorrectionTests : IAsyncLifetime
{
    private const string English = "pages/guides/staying-safe/en.md";
    private const string Polish = "pages/guides/staying-safe/pl.md";
    private const string Urdu = "pages/guides/staying-safe/ur.md";
    private const string Edit = "/documents/edit/" + English;
    private const string Publish = "/documents/publish/" + English;

    private static readonly string Basis = A.Guide("Staying safe", "First wrods.\n\n## Second\n\nSecond words.\n");
    private static readonly string PolishText = Stamped(A.Translation("Bezpieczeństwo", "Pierwsze.\n\n## Drugie\n\nDrugie.\n"));

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsFixture.StartAsync();
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site((English, Basis), (Polish, PolishText), (Urdu, Stamped(A.Translation("حفاظت", "پہلا۔\n\n## دوسرا\n\nدوسرا۔\n")))), Cancel);
    }

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task It_needs_a_reason_and_the_same_blocks()
    {
        var author = await cms.ClientAsync(Role.Author);

        var silent = await author.SubmitAsync(Edit, "edit", ("b.0.words", "First words."), ("small", "yes"), ("act", "save"));
        var split = await author.SubmitAsync(Edit, "edit", ("b.0.words", "First words.\n\n::: quote\nMore.\n:::"), ("small", "yes"), ("note", "Spelling"), ("act", "save"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        Assert.Contains("Say what you corrected", (await silent.DocumentAsync()).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, split.StatusCode);
        Assert.Equal(1, await cms.Database().Revisions.CountAsync(revision => revision.Path == English, Cancel));
    }

    [Fact]
    public async Task It_leaves_nothing_stale_and_the_translations_go_live_with_it()
    {
        var (author, reviewer) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Reviewer));

        Assert.Equal(HttpStatusCode.Redirect, (await author.SubmitAsync(Edit, "edit", ("b.0.words", "First words."), ("small", "yes"), ("note", "Spelling"), ("act", "save"))).StatusCode);

        Assert.All(await TranslationsAsync(), entry => Assert.Equal((0, EntryState.Draft, true), (entry.Stale, entry.State, entry.HasUnpublished)));
        Assert.Equal("Small correction in English: Spelling", await cms.Database().Revisions.Where(revision => revision.Path == Polish).OrderByDescending(revision => revision.Number).Select(revision => revision.Note).FirstAsync(Cancel));
        Assert.Equal("Spelling", await cms.Database().Audit.Where(row => row.Act == "document.small-correction" && row.Subject == English).Select(row => row.Detail).SingleAsync(Cancel));
        await author.SubmitAsync(Publish, "submit");
        Assert.Equal(HttpStatusCode.Redirect, (await reviewer.SubmitAsync(Publish, "decide", ("act", "approve"))).StatusCode);

        Assert.All(await TranslationsAsync(), entry => Assert.Equal((EntryState.Published, false), (entry.State, entry.HasUnpublished)));
        await using var scope = cms.Services.CreateAsyncScope();
        var library = A.Library(await scope.ServiceProvider.GetRequiredService<SiteContent>().LiveAsync(Cancel));
        Assert.All(library.Find(DocumentId.Parse("guides/staying-safe"))!.Variants.Values, variant => Assert.False(variant.Translation!.IsStale));
    }

    [Fact]
    public async Task A_translation_with_other_changes_waits_for_its_own_review()
    {
        var (author, reviewer, translator) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Reviewer), await cms.TranslatorAsync("pl"));
        await translator.SubmitAsync("/translations/edit/pl/guides/staying-safe", "edit", ("b.1.words", "## Drugie\n\nInne."), ("act", "save"));

        await author.SubmitAsync(Edit, "edit", ("b.0.words", "First words."), ("small", "yes"), ("note", "Spelling"), ("act", "save"));
        await author.SubmitAsync(Publish, "submit");
        await reviewer.SubmitAsync(Publish, "decide", ("act", "approve"));

        Assert.Equal([(Polish, EntryState.Draft), (Urdu, EntryState.Published)], (await TranslationsAsync()).Select(entry => (entry.Path, entry.State)));
    }

    [Theory]
    [InlineData(EntryState.InReview)]
    [InlineData(EntryState.Scheduled)]
    public async Task A_translation_that_waits_goes_on_waiting_in_the_words_that_were_judged(EntryState state)
    {
        var (author, reviewer, translator) = (await cms.ClientAsync(Role.Author), await cms.ClientAsync(Role.Reviewer), await cms.TranslatorAsync("pl"));
        await translator.SubmitAsync("/translations/edit/pl/guides/staying-safe", "edit", ("b.1.words", "## Drugie\n\nInne."), ("act", "save"));
        await translator.SubmitAsync("/documents/publish/" + Polish, "submit", ("when", "10/12/2026 09:00"));
        if (state == EntryState.Scheduled) await reviewer.SubmitAsync("/documents/publish/" + Polish, "decide", ("act", "approve"));
        var before = (await TranslationsAsync())[0];

        await author.SubmitAsync(Edit, "edit", ("b.0.words", "First words."), ("small", "yes"), ("note", "Spelling"), ("act", "save"));

        var after = (await TranslationsAsync())[0];
        Assert.NotEqual(before.Head, after.Head);
        Assert.Equal((state, cms.Now + NodaTime.Duration.FromDays(9), 0), (after.State, after.PublishAt, after.Stale));
        Assert.Equal(after.Head, (await cms.Database().Reviews.SingleAsync(Cancel)).RevisionId);
        if (state == EntryState.InReview) Assert.Equal(HttpStatusCode.Redirect, (await reviewer.SubmitAsync("/documents/publish/" + Polish, "decide", ("act", "approve"))).StatusCode);
        Assert.Equal(EntryState.Scheduled, (await TranslationsAsync())[0].State);
    }

    [Fact]
    public void A_block_that_was_stale_before_stays_stale()
    {
        var (before, after) = (DocumentText.Parse(Basis.Replace("Second words.", "Other words.", StringComparison.Ordinal)), DocumentText.Parse(Basis.Replace("Second words.", "Other words.", StringComparison.Ordinal).Replace("wrods", "words", StringComparison.Ordinal)));

        var stamped = Portal.Cms.Translations.SmallCorrection.Stamped(before, after, typeof(Guidance), DocumentText.Parse(PolishText));

        Assert.Equal([true, false], TranslationMatch.Of(after, typeof(Guidance), stamped).Blocks.Select(pair => pair.IsFresh));
    }

    private async Task<List<Entry>> TranslationsAsync() => await cms.Database().Entries.AsNoTracking().Where(entry => entry.Document == "guides/staying-safe" && entry.Language != "en").OrderBy(entry => entry.Path).ToListAsync(Cancel);

    private static string Stamped(string translation) => TranslationStamps.Write(DocumentText.Parse(translation), DocumentText.Parse(Basis), typeof(Guidance)).ToString();
}

using System.Net;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Portal.Cms.Documents;
using Portal.Cms.Staff;
using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Content.Text;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>Who said that a translation is right: it is written where it is true, ends no wait, and goes with the words it was said of.</summary>
public sealed class TranslationReviewTests : IAsyncLifetime
{
    private const string English = "pages/guides/staying-safe/en.md";
    private const string Polish = "pages/guides/staying-safe/pl.md";
    private const string Urdu = "pages/guides/staying-safe/ur.md";
    private const string InPolish = "/translations/edit/pl/guides/staying-safe";
    private const string Publish = "/documents/publish/" + Polish;

    private static readonly string Basis = A.Guide("Staying safe", "First words.\n\n## Second\n\nSecond words.\n");
    private static readonly string PolishText = Stamped(A.Translation("Bezpieczeństwo", "Pierwsze.\n\n## Drugie\n\nDrugie.\n", "reviewed"));
    private static readonly string UrduText = A.Translation("حفاظت", "پہلا۔\n\n## دوسرا\n\nدوسرا۔\n", "reviewed", Stamp.Of(DocumentText.Parse(Basis), typeof(Guidance)));

    private CmsFixture cms = null!; // Set before each test.

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsFixture.StartAsync();
        await using var scope = cms.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ContentImport>().RunAsync(A.Site((English, Basis), (Polish, PolishText), (Urdu, UrduText)), Cancel);
    }

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Theory]
    [InlineData("pl", Polish, "Inne.")]
    [InlineData("ur", Urdu, "اور۔")]
    public async Task Words_written_anew_in_the_whole_text_are_not_those_that_were_reviewed(string language, string path, string words)
    {
        var translator = await cms.TranslatorAsync(language);
        var whole = $"/documents/edit/{path}?whole=yes";
        await translator.SubmitAsync(whole, "edit", ("act", "save"));
        Assert.Equal(("reviewed", "Ewa Nowak"), await ProgressAsync(path));

        Assert.Equal(HttpStatusCode.NoContent, (await translator.KeepAsync(await translator.PageAsync(whole), ("b.0.words", words))).StatusCode);
        Assert.Contains("state: needs-review\n", (await cms.Database().Drafts.SingleAsync(Cancel)).Text, StringComparison.Ordinal);
        await translator.SubmitAsync(whole, "edit", ("b.0.words", words), ("act", "save"));

        Assert.Contains(words, await cms.SavedAsync(path), StringComparison.Ordinal);
        Assert.Equal(("needs-review", null), await ProgressAsync(path));
    }

    [Theory]
    [InlineData(EntryState.InReview)]
    [InlineData(EntryState.Scheduled)]
    public async Task A_translation_that_waits_is_marked_as_reviewed_and_goes_on_waiting(EntryState state)
    {
        var (translator, second, reviewer) = (await cms.TranslatorAsync("pl"), await cms.TranslatorAsync("pl"), await cms.ClientAsync(Role.Reviewer));
        await translator.SubmitAsync(InPolish, "edit", ("b.0.words", "Inne."), ("act", "save"));
        await translator.SubmitAsync(Publish, "submit", ("when", "10/12/2026 09:00"));
        var opened = await reviewer.PageAsync(Publish);
        if (state == EntryState.Scheduled) await reviewer.SubmitAsync(Publish, "decide", ("act", "approve"));

        Assert.Equal(HttpStatusCode.Redirect, (await second.SubmitAsync(InPolish, "review")).StatusCode);

        var entry = await EntryAsync(Polish);
        Assert.Equal(("reviewed", state, cms.Now + NodaTime.Duration.FromDays(9)), (entry.Progress, entry.State, entry.PublishAt));
        Assert.Equal(entry.Head, (await cms.Database().Reviews.SingleAsync(Cancel)).RevisionId);
        if (state == EntryState.InReview) Assert.Equal(HttpStatusCode.Redirect, (await reviewer.SubmitAsync(opened, Publish, "decide", ("act", "approve"))).StatusCode);
        Assert.Equal(EntryState.Scheduled, (await EntryAsync(Polish)).State);
    }

    private static string Stamped(string translation) => TranslationStamps.Write(DocumentText.Parse(translation), DocumentText.Parse(Basis), typeof(Guidance)).ToString();

    private Task<Entry> EntryAsync(string path) => cms.Database().Entries.AsNoTracking().SingleAsync(entry => entry.Path == path, Cancel);

    private async Task<(string? State, string? By)> ProgressAsync(string path)
    {
        var entry = await EntryAsync(path);
        return (entry.Progress, entry.ReviewedBy);
    }
}

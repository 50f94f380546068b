using Microsoft.EntityFrameworkCore;

using Portal.Cms.Bundles;

using Xunit;

namespace Portal.Tests.Cms;

/// <summary>What whoever translates one language and does nothing else is shown: English and that language.</summary>
public sealed class TranslatorSightTests : IAsyncLifetime
{
    private const string Hidden = "Niezwykle";
    private const string Shown = "Pomoc";
    private const string Urdu = "pages/guides/extra/ur.md";
    private const string Picture = "kit/more.txt";

    private CmsFixture cms = null!; // Set before each test.
    private Guid bundle;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        cms = await CmsContent.TakeInAsync(A.Site(
            ("pages/guides/extra/en.md", A.Guide("Extra", $"See [home](/help-now/). {Picture}\n", "reviewBy: 2026-11-20\n")),
            (Urdu, A.Translation(Hidden, $"Words of {Hidden}. {Picture} [x](/help-now/)\n")),
            ("pages/guides/extra/pl.md", A.Translation(Shown, $"Words of {Shown}. {Picture}\n"))));
        await using var database = cms.Database();
        bundle = Guid.CreateVersion7();
        database.Add(new Bundle { Id = bundle, Name = "All" });
        database.Add(new BundleMember { BundleId = bundle, Path = Urdu });
        database.Add(new BundleMember { BundleId = bundle, Path = "pages/guides/extra/pl.md" });
        database.Files.Add(new() { Hash = "none", Bytes = [1] });
        database.Media.Add(new() { Path = Picture, Hash = "none", Length = 1, AddedAt = cms.Now, AddedBy = "test" });
        await database.SaveChangesAsync(Cancel);
        await database.Entries.Where(entry => entry.Path == Urdu).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.ReviewBy, "2026-12-01").SetProperty(entry => entry.ExpireAt, cms.Now + NodaTime.Duration.FromDays(2)), Cancel);
    }

    public async ValueTask DisposeAsync() => await cms.DisposeAsync();

    [Fact]
    public async Task No_page_or_file_tells_of_a_text_in_another_language()
    {
        var (polish, urdu) = (await cms.TranslatorAsync("pl"), await cms.TranslatorAsync("ur"));
        string[] places =
        [
            "/", "/documents", "/documents?q=" + Hidden, "/documents?language=ur", "/places", "/places/export.csv", "/media", $"/media/file/{Picture}", "/translations", "/translations?language=ur", "/reviews",
            "/bundles", $"/bundles/{bundle}", "/calendar", "/calendar?month=2026-12", "/reports", "/reports/overdue.csv", "/publishing", "/site", "/redirects", "/documents/publish/pages/help-now/en.md",
            "/documents/preview-at/pages/guides/extra/en.md", "/documents/history/pages/guides/extra/en.md",
        ];
        var seen = 0;
        foreach (var place in places)
        {
            var (theirs, others) = (await TextAsync(urdu, place), await TextAsync(polish, place));
            if (Tells(theirs)) seen++;
            Assert.False(Tells(others), place);
        }

        Assert.True(seen >= 8, $"Only {seen} of the places tell a translator of Urdu of it.");
        Assert.DoesNotContain("Urdu", await TextAsync(polish, "/reports/states.csv"), StringComparison.Ordinal);
    }

    private static bool Tells(string text) => text.Replace("q=" + Hidden, string.Empty, StringComparison.Ordinal).Replace($"value=\"{Hidden}\"", string.Empty, StringComparison.Ordinal) is var read && (read.Contains(Hidden, StringComparison.Ordinal) || read.Contains("extra/ur.md", StringComparison.Ordinal));

    private static async Task<string> TextAsync(HttpClient client, string page) => await (await client.OpenAsync(page)).Content.ReadAsStringAsync(Cancel);
}

using System.Text;

using Portal.Content.Documents;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Site.Building;
using Portal.Site.Layout;
using Portal.Site.Map;
using Portal.Site.Rendering;

using Xunit;

namespace Portal.Tests.Building;

/// <summary>An incremental build draws the pages that noted what changed: so no page may change that noted nothing of it.</summary>
public sealed class DependencyTests
{
    private static readonly Lazy<Dictionary<string, (byte[] Bytes, HashSet<Dependency> Made)>> Before = new(() => Drawn(StarterSite.Files));

    /// <summary>A document of each kind, and some that many pages name.</summary>
    public static TheoryData<string> Documents =>
        [.. StarterSite.Map.Edition.Documents.GroupBy(document => document.GetType()).Select(documents => documents.First().Id.ToString()), "lines/vs-24h", "help-now", "home", "guides/safer-devices", "campaigns"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Only_pages_that_noted_a_document_change_with_its_words(string id)
    {
        var path = $"pages/{id}/en.md";
        var text = StarterSite.Files.Text(path);
        var changed = text.Replace("\ntabTitle: ", "\ntabTitle: Z ", StringComparison.Ordinal).Replace("\nsummary: ", "\nsummary: Z ", StringComparison.Ordinal)
            .Replace("\ntitle: ", "\ntitle: Z ", StringComparison.Ordinal).Replace(": Z \"", ": \"Z ", StringComparison.Ordinal);
        Assert.NotEqual(text, changed);

        AssertNoted(StarterSite.Files.With((path, Encoding.UTF8.GetBytes(changed))), DocumentId.Parse(id));
    }

    [Theory]
    [InlineData("guides/safer-devices", "pl")]
    [InlineData("is-this-happening", "ur")]
    [InlineData("campaigns/sixteen-days", "en")]
    public void Only_pages_that_noted_a_document_change_when_a_text_of_it_goes(string id, string language)
    {
        var set = StarterSite.Library.Find(DocumentId.Parse(id));
        var path = $"pages/{id}/{language}.md";
        if (set is null || !StarterSite.Files.Has(path)) Assert.Fail($"{path} is not part of the starter.");

        AssertNoted(StarterSite.Files.Without(path), set.Id);
    }

    private static void AssertNoted(ContentFiles files, DocumentId id)
    {
        var kind = StarterSite.Library.Find(id)!.Base.GetType().Name;
        var after = Drawn(files);
        var touched = Before.Value.Keys.Union(after.Keys).Where(page => !Before.Value.TryGetValue(page, out var old) || !after.TryGetValue(page, out var now) || !old.Bytes.AsSpan().SequenceEqual(now.Bytes)).ToList();

        Assert.NotEmpty(touched);
        Assert.All(touched.Where(Before.Value.ContainsKey), page => Assert.True(Before.Value[page].Made.Any(IsOf) || !after.ContainsKey(page), $"{page} changed with {id} and never asked for it."));

        bool IsOf(Dependency noted) => noted == new Dependency(DependencyKind.Document, id.ToString())
            || noted == new Dependency(DependencyKind.Kind, kind)
            || (noted.Kind == DependencyKind.Address && noted.Name.StartsWith(Addresses.Of(id), StringComparison.Ordinal));
    }

    private static Dictionary<string, (byte[] Bytes, HashSet<Dependency> Made)> Drawn(ContentFiles files)
    {
        var library = ContentReader.Read(files).Library!;
        var map = new SiteMap(new Edition(library, StarterSite.At));
        var assets = AssetBuilder.Add(map.Edition, new SiteOutput(), Path.Combine(A.Repository, "site", "output.cache"), [])!;
        using var renderer = new PageRenderer();
        return map.Pages.Where(page => page.Neutral != "/search/").ToDictionary(page => page.Address, page =>
        {
            var made = new HashSet<Dependency>();
            return (SiteBuilder.Render(renderer, map, page, assets, made), made);
        });
    }
}

using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Site.Guides;
using Portal.Site.Map;

namespace Portal.Site.Search;

/// <summary>The two ways to look a page up: by words on the device, in every language, and by letter.</summary>
internal static class SearchPages
{
    public static SitePage Of(Page page) => page.View == PageView.Search
        ? GuidePages.Of(page, typeof(SearchView)).With(["lists"], "search") with { TakesText = true }
        : GuidePages.Of(page, typeof(AzView)).With(["lists"]);

    /// <summary>The search page in the words of the furniture, where the language has no document of its own for it.</summary>
    public static IEnumerable<SitePage> In(Edition edition, Language language)
    {
        var words = edition.Library.WordsOf(language);
        return edition.All<Page>().Where(page => page.View == PageView.Search && edition.Find(page.Id, language) is null).Select(page =>
            new SitePage(Addresses.Of(page.Id), language, typeof(SearchWordsView))
            {
                TabTitle = words["nav.search"],
                Description = words["search.hint"],
                Styles = ["lists"],
                Scripts = ["search"],
                TakesText = true,
            });
    }
}

using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Content.Publishing;

/// <summary>Pages that come from tables and interface words: they wait for no translator, but for reviewed words in the live stage.</summary>
public static class TablePages
{
    /// <summary>Folder of the pages of the districts.</summary>
    public const string Districts = "find-help";

    /// <summary>Neutral addresses of those that a language has: the districts, and the search even where nobody translated its text.</summary>
    public static IEnumerable<string> In(Edition edition, Language language) => language.IsSimple || !edition.WordsArePublic(language) ? []
        : edition.Library.Data.Gazetteer.Districts.Select(district => $"/{Districts}/{district.Id}/").Concat(edition.All<Page>().Where(page => page.View == PageView.Search).Select(page => Addresses.Of(page.Id)));
}

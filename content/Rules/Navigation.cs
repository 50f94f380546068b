using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;

namespace Portal.Content.Rules;

/// <summary>The links around every page lead somewhere, have words and are few.</summary>
internal static class Navigation
{
    private const string File = "data/navigation.yaml";

    public static IEnumerable<Problem> Check(Edition edition)
    {
        var navigation = edition.Library.Data.Navigation;
        var pages = edition.Documents.SelectMany(document => Addresses.Of(document)).ToHashSet();
        foreach (var (name, links, most) in new[] { ("main", navigation.Main, SiteNavigation.MostMain), ("footer", navigation.Footer, SiteNavigation.MostFooter) })
        {
            if (links.Count > most)
                yield return new(File, 0, $"'{name}' has {links.Count} links, {most} at most fit.", "Take some out; every page can be found from A to Z.");
            foreach (var link in links)
            {
                if (!edition.Library.WordsOf(Language.Base).Has(link.Words))
                    yield return new(File, 0, $"The link to {link.Address} has no words '{link.Words}'.", "Name a key of strings/en.yaml, such as nav.help.");
                if (links.Count(other => other.Address == link.Address) > 1 && links.First(other => other.Address == link.Address) == link)
                    yield return new(File, 0, $"'{name}' leads to {link.Address} twice.", "Keep one of the two.");

                // A warning, so that a page can be withdrawn at any moment: the site leaves the link out by itself.
                if (!pages.Contains(edition.Current(link.Address)))
                    yield return new(File, 0, $"The link to {link.Address} leads nowhere and is left out.", "Write the address of a page that exists and is public, with '/' at both ends.", Weight.Warning);
            }
        }
    }
}

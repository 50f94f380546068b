using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;

namespace Portal.Content.Rules;

/// <summary>Two pages never share an address or, in one language, a tab title (WCAG 2.4.2).</summary>
internal static class DistinctNames
{
    public static IEnumerable<Problem> CheckTabTitles(Edition edition)
    {
        foreach (var language in edition.Languages)
        {
            var shared = edition.Documents.Select(document => edition.Find(document.Id, language)).OfType<Document>()
                .GroupBy(document => document.TabTitle, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1);
            foreach (var group in shared)
                yield return new(group.Last().File, 0, $"The tab title '{group.Key}' stands in {group.First().File} too.", "Give each page a tab title of its own.") { Field = "tabTitle" };
        }
    }

    public static IEnumerable<Problem> CheckAddresses(Edition edition)
    {
        var library = edition.Library;
        var taken = new Dictionary<string, string>();
        foreach (var district in library.Data.Gazetteer.Districts) taken[$"/find-help/{district.Id}/"] = "data/districts.yaml";

        foreach (var set in library.Documents)
        {
            if (library.Languages.Any(language => !language.IsBase && FirstSegment(set.Id) == language.Prefix))
                yield return new(set.Base.File, 0, $"The path begins with '{FirstSegment(set.Id)}', which is a language's.", "Choose another folder name.");

            foreach (var address in Addresses.Of(set.Base))
            {
                if (!taken.TryAdd(address, set.Base.File))
                    yield return new(set.Base.File, 0, $"The address {address} is taken by {taken[address]}.", "Rename one of the folders.");
            }
        }
    }

    private static string FirstSegment(DocumentId id) => id.ToString().Split('/')[0];
}

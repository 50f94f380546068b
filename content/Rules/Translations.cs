using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>A translation whose English has changed is told; it never stops a publication, which marks or hides it.</summary>
internal static class Translations
{
    public static IEnumerable<Problem> Check(Edition edition)
    {
        foreach (var set in edition.Library.Documents)
        {
            foreach (var variant in set.Variants.Values.Where(variant => variant.Translation is { IsStale: true }))
                yield return new(variant.File, 0, "The English text has changed since this was translated.",
                    $"Bring it up to date, then run 'dotnet run --project site -- stamp {variant.File["pages/".Length..]}'.", Weight.Warning);
        }
    }
}

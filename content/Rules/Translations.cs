using Portal.Content.Documents;
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
                yield return new(variant.File, 0, Told(variant),
                    $"Bring it up to date, then run 'dotnet run --project site -- stamp {variant.File["pages/".Length..]}'.", Weight.Warning);
        }
    }

    private static string Told(Document variant) => variant.Body.Blocks.Count(block => block.IsBase) switch
    {
        0 => "The English text has changed since this was translated.",
        1 => "The English text has changed since this was translated: 1 block stands in English.",
        var blocks => $"The English text has changed since this was translated: {blocks} blocks stand in English.",
    };
}

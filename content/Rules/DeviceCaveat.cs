using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>
/// In every language the page on phones and computers warns, before its second heading, that changing settings may be
/// noticed and that a device may be watched (QE24).
/// </summary>
internal static class DeviceCaveat
{
    private static readonly DocumentId Devices = DocumentId.Parse("guides/safer-devices");

    public static IEnumerable<Problem> Check(Edition edition)
    {
        foreach (var document in edition.Languages.Select(language => edition.Find(Devices, language)).OfType<Document>())
        {
            var headings = 0;
            var firstPart = document.Body.Blocks.TakeWhile(block => (headings += block.Text?.Headings.Count ?? 0) < 2);
            if (!firstPart.Any(block => block is Block.Callout { Tone: not CalloutTone.Calm } or Block.Picture))
                yield return new(document.File, 0, "The page does not begin with the warning that a device may be watched.", "Put it into a callout of tone 'important' before the second heading.");
        }
    }
}

using Portal.Content.Blocks;
using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>
/// A guide says in its own words whom one can turn to now: a contact card, a line, the page of help, or a box on danger. The
/// frame names the main line too, but is passed over by who reads the text alone or prints it.
/// </summary>
internal static class HelpNow
{
    private const string Page = "/help-now/";

    public static IEnumerable<Problem> Check(Edition edition) => Links.Variants(edition).OfType<Guidance>().Where(guide => !Says(guide))
        .Select(guide => new Problem(guide.File, 0, "The guide names nobody to turn to now.", $"Add a contact card, a line such as [](line:{edition.Library.Settings.MainLine}), or a link to {Page}.", Weight.Warning));

    private static bool Says(Guidance guide) =>
        guide.Body.Blocks.Any(block => block is Block.Contact or Block.Callout { Tone: CalloutTone.Danger })
        || guide.Links.Any(link => link.HelplineId is not null || link.Target.Split('#')[0] == Page);
}

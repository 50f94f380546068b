using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>
/// What the service specification asks of the public site stands there. A page that never was is an error. One that a
/// person took off is a warning until it is back or another is named: one person can always withdraw a page at once, and a
/// rule that then held the publication back would leave on the site what must leave it.
/// </summary>
internal static class Clauses
{
    private const string File = "data/clauses.yaml";

    /// <summary>Domestic abuse, stalking, so-called honour-based abuse, forced marriage, FGM (clause 1.4).</summary>
    private static readonly string[] Topics =
        ["guides/relationships", "guides/unwanted-contact", "guides/family-pressure", "guides/marriage-choice", "guides/girls-health"];

    public static IEnumerable<Problem> Check(Edition edition)
    {
        foreach (var row in edition.Library.Data.Clauses)
        {
            if (row.Pages.Count == 0) yield return new(File, 0, $"Clause {row.Clause} has no page.", "Name the pages that answer it.");
            foreach (var page in row.Pages.Where(page => edition.Find(page, Language.Base) is null))
                yield return edition.IsTakenOff(page)
                    ? new(File, 0, $"Clause {row.Clause} asks for {page}, which was taken off the site.", "Publish it again or name another page.", Weight.Warning)
                    : new(File, 0, $"Clause {row.Clause} asks for {page}, which does not exist or is not public.", $"Write it: {row.Asks}");
        }
    }

    public static IEnumerable<Problem> CheckReviewed(Edition edition)
    {
        foreach (var topic in Topics.Select(DocumentId.Parse))
        {
            if (edition.IsTakenOff(topic))
                yield return new(File, 0, $"The guide {topic} was taken off the site (clause 1.4).", "Publish it again in English.", Weight.Warning);
            else if (edition.Find(topic, Language.Base) is not { } document)
                yield return new(File, 0, $"The guide {topic} is missing (clause 1.4).", "Write it in English.");
            else if (document.Reviewed is null)
                yield return new(document.File, 0, "The guide is not reviewed (clause 1.4).", "Have it read against its sources and enter 'reviewed'.") { Field = "reviewed" };
        }
    }
}

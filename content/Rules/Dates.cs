using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>Review dates warn and never block; periods run forwards.</summary>
internal static class Dates
{
    public static IEnumerable<Problem> CheckReviews(Edition edition)
    {
        foreach (var document in edition.Documents)
        {
            if (document is Guidance or Pathway or Service && (document.Reviewed is null || document.Owner is null))
                yield return new(document.File, 0, "The owner or the day of the last review is missing.", "Add 'owner' and 'reviewed'.") { Field = "reviewed" };
            if (document.ReviewBy is { } due && due < edition.Day)
                yield return new(document.File, 0, $"The review was due by {due:uuuu-MM-dd}.", "Read it against its sources and enter both dates anew.", Weight.Warning) { Field = "reviewBy" };
        }

        foreach (var point in edition.All<AccessPoint>().Where(edition.IsUnconfirmed))
            yield return new(point.File, 0, $"The place was not confirmed in the last {AccessPoint.VerifiedForDays} days.", "Ring, then enter 'verifiedOn' and 'verifiedBy'.", Weight.Warning) { Field = "verifiedOn" };
    }

    /// <summary>What shows itself no longer since its last day: somebody withdraws it or gives it a later one.</summary>
    public static IEnumerable<Problem> CheckEnds(Edition edition)
    {
        foreach (var notice in edition.Library.All<Notice>().Where(notice => notice.Until < edition.Day))
            yield return new(notice.File, 0, $"The notice ended on {notice.Until:uuuu-MM-dd} and shows nowhere.", "Withdraw it, or enter a later day.", Weight.Warning) { Field = "until" };
        foreach (var organisation in edition.Library.All<Organisation>().Where(organisation => organisation.Until < edition.Day))
            yield return new(organisation.File, 0, $"The organisation was a partner until {organisation.Until:uuuu-MM-dd}.", "Withdraw it, or enter a later day.", Weight.Warning) { Field = "until" };
        foreach (var document in edition.Documents.Where(document => document.Reviewed > edition.Day))
            yield return new(document.File, 0, $"The day of the last review, {document.Reviewed:uuuu-MM-dd}, lies ahead.", "Enter the day on which somebody read it.", Weight.Warning) { Field = "reviewed" };
    }

    public static IEnumerable<Problem> CheckPeriods(Edition edition)
    {
        foreach (var campaign in edition.Library.All<Campaign>().Where(campaign => campaign.Ends < campaign.Starts))
            yield return new(campaign.File, 0, "The campaign ends before it starts.", "Exchange or mend the dates.") { Field = "ends" };
        foreach (var notice in edition.Library.All<Notice>().Where(notice => notice.Until < notice.From))
            yield return new(notice.File, 0, "The notice ends before it begins.", "Exchange or mend the dates.") { Field = "until" };
    }
}

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Bundles;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Translations;
using Portal.Content.Languages;
using Portal.Content.Text;

namespace Portal.Cms.Review;

/// <summary>
/// A second person judges the words of a translation. A revision that only says something else of them, which English text
/// they are right for or who read them beside it, is still what was judged.
/// </summary>
internal static class JudgedWords
{
    /// <summary>True for a translation that has the same words in both texts.</summary>
    public static bool AreSame(Entry entry, string before, string after) =>
        entry.Document is not null && entry.Language != Language.Base.Code && entry.Language != Language.Simple.Code && Words(before) == Words(after);

    /// <summary>Lets what was asked or approved of a revision, alone or in a bundle that waits, go on for the one in its place. Saves nothing itself.</summary>
    public static async Task CarryAsync(CmsDatabase database, string path, Guid from, Guid to, CancellationToken cancel)
    {
        foreach (var review in await database.Reviews.Where(review => review.Path == path && review.RevisionId == from && review.Approved != false).ToListAsync(cancel)) review.RevisionId = to;
        foreach (var member in await database.Set<BundleMember>().Where(member => member.Path == path && member.RevisionId == from)
            .Where(member => database.Set<Bundle>().Any(bundle => bundle.Id == member.BundleId && (bundle.State == BundleState.InReview || bundle.State == BundleState.Scheduled))).ToListAsync(cancel)) member.RevisionId = to;
    }

    private static string Words(string text) => DocumentText.Parse(SmallCorrection.WithoutStamps(text)).WithoutField("state").WithoutField("reviewedBy").WithoutField("reviewedOn").ToString();
}

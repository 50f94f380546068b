using System.Linq.Expressions;

using Portal.Cms.Database;
using Portal.Cms.Documents;

namespace Portal.Cms.Review;

/// <summary>Nobody approves what they wrote, whatever roles they hold.</summary>
internal static class FourEyes
{
    /// <summary>
    /// True for a text of which the person wrote a part since it was last public: the last comma may be another's while the
    /// text is theirs.
    /// </summary>
    public static Expression<Func<Entry, bool>> HasPartOf(CmsDatabase database, Guid person) => entry => database.Revisions.Any(revision =>
        revision.Path == entry.Path && revision.AuthorId == person
        && revision.Number > (database.Revisions.Where(shown => shown.Id == entry.Live).Select(shown => (int?)shown.Number).FirstOrDefault() ?? 0));

    /// <summary>The opposite: texts that the person may look at as the second one.</summary>
    public static Expression<Func<Entry, bool>> HasNoPartOf(CmsDatabase database, Guid person)
    {
        var has = HasPartOf(database, person);
        return Expression.Lambda<Func<Entry, bool>>(Expression.Not(has.Body), has.Parameters);
    }
}

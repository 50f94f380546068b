using Microsoft.EntityFrameworkCore;

using Portal.Cms.Bundles;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Sharing;
using Portal.Content.Documents;

namespace Portal.Cms.Redirects;

/// <summary>Writes another path into every row that names a text by its path. A slice whose rows do so too stands here.</summary>
internal static class MovePath
{
    /// <summary>Tables whose rows move with the text.</summary>
    public static IReadOnlyList<Type> Tables { get; } = [typeof(Entry), typeof(Revision), typeof(Draft), typeof(ReviewRequest), typeof(BundleMember), typeof(PreviewLink)];

    /// <summary>False where somebody wrote the text since <paramref name="entry"/> was read.</summary>
    public static async Task<bool> RunAsync(CmsDatabase database, Entry entry, string path, string document, CancellationToken cancel)
    {
        var (old, version) = (entry.Path, entry.Version);
        var moved = await database.Entries.Where(each => each.Path == old && each.Version == version)
            .ExecuteUpdateAsync(set => set.SetProperty(each => each.Path, path).SetProperty(each => each.Document, document).SetProperty(each => each.Version, version + 1), cancel);
        if (moved != 1) return false;
        await database.Revisions.Where(each => each.Path == old).ExecuteUpdateAsync(set => set.SetProperty(each => each.Path, path), cancel);
        await database.Drafts.Where(each => each.Path == old).ExecuteUpdateAsync(set => set.SetProperty(each => each.Path, path), cancel);
        await database.Reviews.Where(each => each.Path == old).ExecuteUpdateAsync(set => set.SetProperty(each => each.Path, path), cancel);
        await database.Set<BundleMember>().Where(each => each.Path == old).ExecuteUpdateAsync(set => set.SetProperty(each => each.Path, path), cancel);
        await database.Set<PreviewLink>().Where(each => each.Path == old).ExecuteUpdateAsync(set => set.SetProperty(each => each.Path, path), cancel);
        return true;
    }

    /// <summary>Takes along what somebody typed of a text that is not saved yet, such as a translation just begun: it has no row to move with.</summary>
    public static async Task BegunAsync(CmsDatabase database, DocumentId from, DocumentId to, CancellationToken cancel)
    {
        var (old, folder) = (from.ToString(), $"pages/{from}/");
        var begun = await database.Drafts.Where(draft => draft.Path.StartsWith(folder)).Select(draft => draft.Path).Distinct().ToListAsync(cancel);
        foreach (var path in begun.Where(path => EntryText.DocumentOf(path) == old))
        {
            var moved = EntryText.PathOf(to, EntryText.LanguageOf(path));
            await database.Drafts.Where(draft => draft.Path == path && !database.Drafts.Any(other => other.Path == moved && other.AccountId == draft.AccountId)).ExecuteUpdateAsync(set => set.SetProperty(draft => draft.Path, moved), cancel);
        }
    }
}

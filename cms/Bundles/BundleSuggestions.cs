using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Documents;

namespace Portal.Cms.Bundles;

/// <summary>What most likely belongs together: a document in all its languages, and what leads to it.</summary>
internal sealed class BundleSuggestions(CmsDatabase database)
{
    /// <summary>A campaign has a page, a notice or two and a guide; more than this is a mistake in the search.</summary>
    private const int Most = 50;

    /// <summary>Texts that belong to the documents of <paramref name="paths"/> and are not among them: other languages, notices on them, texts that link to them.</summary>
    public async Task<IReadOnlyList<Entry>> ForAsync(IReadOnlyCollection<string> paths, CancellationToken cancel = default)
    {
        var found = new Dictionary<string, Entry>();
        var documents = await database.Entries.Where(entry => paths.Contains(entry.Path) && entry.Document != null).Select(entry => entry.Document!).Distinct().ToListAsync(cancel);
        foreach (var document in documents)
        {
            var address = $"/{document}/";
            var texts = await database.Entries.AsNoTracking().Where(entry => entry.Document != null && !paths.Contains(entry.Path))
                .Where(entry => entry.Document == document
                    || database.Revisions.Any(revision => revision.Id == entry.Head && (revision.Text.Contains(address) || (entry.Kind == "notice" && revision.Text.Contains(document)))))
                .OrderBy(entry => entry.Path).Take(Most).ToListAsync(cancel);
            foreach (var text in texts) found.TryAdd(text.Path, text);
        }

        return [.. found.Values];
    }
}

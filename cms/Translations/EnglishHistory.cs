using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Cms.Translations;

/// <summary>Finds what an English block or field said when it was translated.</summary>
internal static class EnglishHistory
{
    /// <summary>Revisions looked through, from the newest; older ones are not asked for.</summary>
    private const int Most = 200;

    /// <summary>Blocks and fields as they stood in the file, by their stamps. One that no revision has is missing.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> PartsAsync(CmsDatabase database, string path, Type kind, IEnumerable<string> stamps, CancellationToken cancel = default)
    {
        var wanted = stamps.Where(stamp => stamp.Length > 0 && stamp != TranslationStamps.Unknown).ToHashSet();
        var found = new Dictionary<string, string>();
        if (wanted.Count == 0) return found;
        await foreach (var text in database.Revisions.AsNoTracking().Where(revision => revision.Path == path).OrderByDescending(revision => revision.Number).Take(Most).Select(revision => revision.Text).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var read = DocumentText.Parse(text);
            foreach (var block in read.WordBlocks.Where(block => wanted.Contains(Stamp.OfBlock(block.Source)))) found.TryAdd(Stamp.OfBlock(block.Source), block.Source);
            foreach (var (key, hash) in TranslationForm.HashesOf(read, kind).Where(field => wanted.Contains(field.Value)))
                found.TryAdd(hash, read.Fields.First(field => field.Key == key).Source[(key.Length + 1)..].Trim());
            if (found.Count == wanted.Count) break;
        }

        return found;
    }
}

using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Content.Documents;
using Portal.Content.Languages;

namespace Portal.Cms.Publishing;

/// <summary>
/// What of an earlier publication may still be seen: its texts without those that left the site since. One that left and
/// came back stands as it is public now, since what left may be what was wrong with it; so does one that was moved, since
/// the log does not tell one of the other.
/// </summary>
internal sealed class SiteThen(CmsDatabase database, SiteContent content)
{
    private const int AtOnce = 500;

    /// <summary>What the site of then is made of now.</summary>
    /// <param name="made">What it was made of.</param>
    /// <param name="since">When it was made.</param>
    public async Task<Remains> OfAsync(MadeOf made, Instant since, CancellationToken cancel)
    {
        var now = await content.StateAsync(cancel);
        var live = now.Texts.ToDictionary(text => text.Path, text => text.Revision);
        var paths = await PathsAsync([.. made.Texts.Where(text => !live.ContainsKey(text.Path)).Select(text => text.Revision)], cancel);
        var left = (await database.Audit.AsNoTracking().Where(row => row.At >= since && (row.Act == "document.withdraw" || row.Act == "document.expired" || row.Act == "document.move")).Select(row => row.Subject).Distinct().ToListAsync(cancel)).ToHashSet();

        var texts = new List<(string Path, Guid Revision)>();
        var away = new List<string>();
        foreach (var (path, revision) in made.Texts)
        {
            var here = live.ContainsKey(path) ? path : paths.GetValueOrDefault(revision, path); // Its document may have another address since, and is the same.
            if (!live.TryGetValue(here, out var shown)) away.Add(path);
            else texts.Add((path, left.Contains(path) || (EntryText.DocumentOf(path) is { } document && left.Contains(EntryText.PathOf(DocumentId.Parse(document), Language.Base.Code))) ? shown : revision));
        }

        // What is not public in English now is in no other language either, and neither is it where its English text left.
        var english = texts.Where(text => EntryText.LanguageOf(text.Path) == Language.Base.Code).Select(text => EntryText.DocumentOf(text.Path)).OfType<string>().ToHashSet();
        texts.RemoveAll(text => EntryText.DocumentOf(text.Path) is { } document && !english.Contains(document));
        var state = now with
        {
            Texts = texts,
            Withdrawn = [.. now.Withdrawn.Where(document => !english.Contains(document))],
            Moved = [.. now.Moved.Where(each => english.Contains(each.To) && !english.Contains(each.From))],
        };
        var media = now.Media.Select(file => (file.Path, file.Hash)).ToHashSet();
        return new(state, new(texts, [.. made.Media.Where(media.Contains)], MadeOf.FrameOf(now)), [.. away.Where(path => EntryText.LanguageOf(path) == Language.Base.Code).Select(EntryText.DocumentOf).OfType<string>().Order(StringComparer.Ordinal)]);
    }

    /// <summary>Where revisions stand now.</summary>
    private async Task<Dictionary<Guid, string>> PathsAsync(IReadOnlyCollection<Guid> revisions, CancellationToken cancel)
    {
        var paths = new Dictionary<Guid, string>();
        foreach (var some in revisions.Chunk(AtOnce))
            foreach (var revision in await database.Revisions.AsNoTracking().Where(revision => some.Contains(revision.Id)).Select(revision => new { revision.Id, revision.Path }).ToListAsync(cancel)) paths[revision.Id] = revision.Path;
        return paths;
    }
}

/// <summary>What remains of an earlier publication.</summary>
/// <param name="State">What a site of it is made of.</param>
/// <param name="Made">The same, as far as it was part of it then.</param>
/// <param name="Left">Documents of it that are not public any more.</param>
internal sealed record Remains(SiteState State, MadeOf Made, IReadOnlyList<string> Left)
{
    private const int MostNamed = 5;

    /// <summary>What left, for the list of publications.</summary>
    public string Without => Left.Count == 0 ? "with what has to be as it is now"
        : "without " + string.Join(", ", Left.Take(MostNamed)) + (Left.Count > MostNamed ? $" and {Left.Count - MostNamed} more" : string.Empty);
}

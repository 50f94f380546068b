using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Content.Languages;

namespace Portal.Cms.Translations;

/// <summary>What the matrix is asked for. Empty words ask for nothing.</summary>
/// <param name="Languages">Codes of the columns.</param>
/// <param name="State">One of <see cref="TranslationWords.All"/>: documents of which a column stands so.</param>
internal sealed record TranslationQuestion(string Search, string Kind, IReadOnlyList<string> Languages, string State);

/// <summary>An English document and its translations by language.</summary>
internal sealed record TranslationRow(Entry English, IReadOnlyDictionary<string, Entry> Translations);

/// <summary>One page of documents against languages. Reads rows, never texts.</summary>
internal sealed record TranslationMatrix(IReadOnlyList<TranslationRow> Rows, int Total)
{
    /// <summary>Documents on a page.</summary>
    public const int Size = 25;

    public static TranslationMatrix None { get; } = new([], 0);

    /// <param name="page">From 1.</param>
    public static async Task<TranslationMatrix> OfAsync(CmsDatabase database, TranslationQuestion question, int page, CancellationToken cancel = default)
    {
        var found = Filtered(database, question);
        var total = await found.CountAsync(cancel);
        var rows = await found.OrderBy(entry => entry.Title).ThenBy(entry => entry.Path).Skip((page - 1) * Size).Take(Size).AsNoTracking().ToListAsync(cancel);
        var (documents, languages) = (rows.Select(row => row.Document).ToList(), question.Languages);
        var translations = (await database.Entries.AsNoTracking().Where(entry => documents.Contains(entry.Document) && languages.Contains(entry.Language)).ToListAsync(cancel)).ToLookup(entry => entry.Document);
        return new([.. rows.Select(row => new TranslationRow(row, translations[row.Document].ToDictionary(entry => entry.Language)))], total);
    }

    private static IQueryable<Entry> Filtered(CmsDatabase database, TranslationQuestion question)
    {
        var found = database.Entries.Where(entry => entry.Document != null && entry.Language == Language.Base.Code);
        if (question.Kind.Length > 0) found = found.Where(entry => entry.Kind == question.Kind);
        if (question.Search is { Length: > 0 } words)
        {
            var lower = words.ToLowerInvariant();
#pragma warning disable CA1862 // The database compares: it knows lower case, and no StringComparison.
            found = found.Where(entry => entry.Title.Contains(words) || entry.Title.ToLower().Contains(lower) || entry.Path.Contains(lower));
#pragma warning restore CA1862
        }

        if (!TranslationWords.All.Contains(question.State)) return found;
        var languages = question.Languages;
        if (question.State == TranslationWords.Missing)
            return found.Where(english => database.Entries.Count(entry => entry.Document == english.Document && languages.Contains(entry.Language)) < languages.Count);
        var standing = Standing(database.Entries.Where(entry => languages.Contains(entry.Language)), question.State);
        return found.Where(english => standing.Any(entry => entry.Document == english.Document));
    }

    /// <summary>Translations in a state, as <see cref="TranslationWords.StateOf"/> names it.</summary>
    private static IQueryable<Entry> Standing(IQueryable<Entry> entries, string state) => state switch
    {
        TranslationWords.InTranslation => entries.Where(entry => entry.Stale > 0 && entry.State == EntryState.Draft),
        TranslationWords.Stale => entries.Where(entry => entry.Stale > 0 && entry.State != EntryState.Draft),
        _ => entries.Where(entry => entry.Stale == 0 && entry.Progress == state),
    };
}

/// <summary>How many translations of each language stand where.</summary>
internal sealed class TranslationCounts
{
    private readonly Dictionary<(string Language, string State), int> counts = [];
    private readonly int documents;

    private TranslationCounts(int documents) => this.documents = documents;

    public static TranslationCounts None { get; } = new(0);

    public int Of(string language, string state) => state == TranslationWords.Missing
        ? documents - counts.Where(each => each.Key.Language == language).Sum(each => each.Value)
        : counts.GetValueOrDefault((language, state));

    public static async Task<TranslationCounts> OfAsync(CmsDatabase database, CancellationToken cancel = default)
    {
        var made = new TranslationCounts(await database.Entries.CountAsync(entry => entry.Document != null && entry.Language == Language.Base.Code, cancel));
        var groups = await database.Entries.Where(entry => entry.Progress != null)
            .GroupBy(entry => new { entry.Language, entry.Progress, IsDraft = entry.State == EntryState.Draft, IsStale = entry.Stale > 0 })
            .Select(group => new { group.Key.Language, group.Key.Progress, group.Key.IsDraft, group.Key.IsStale, Count = group.Count() }).ToListAsync(cancel);
        foreach (var group in groups)
        {
            var key = (group.Language, group.IsStale ? (group.IsDraft ? TranslationWords.InTranslation : TranslationWords.Stale) : group.Progress!);
            made.counts[key] = made.counts.GetValueOrDefault(key) + group.Count;
        }

        return made;
    }
}

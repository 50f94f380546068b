using System.Globalization;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Staff;
using Portal.Content.Languages;
using Portal.Content.Text;

namespace Portal.Cms.Reports;

/// <summary>What staff ask about the content as a whole, counted in the database.</summary>
internal sealed class ContentReports(CmsDatabase database, DocumentFilters filters, ContentLanguages languages, ClausePages answers, StaffUser user)
{
    private IQueryable<Entry> Documents => user.Readable(database.Entries.AsNoTracking()).Where(entry => entry.Document != null);

    /// <summary>All reports, in the order of the page.</summary>
    public async Task<IReadOnlyList<Report>> AllAsync(CancellationToken cancel = default) =>
        [await StatesAsync(cancel), await OverdueAsync(cancel), await CoverageAsync(cancel), await PlacesAsync(cancel), await ClausesAsync(cancel)];

    private async Task<Report> StatesAsync(CancellationToken cancel)
    {
        var counts = await Documents.GroupBy(entry => new { entry.Language, entry.State }).Select(group => new { group.Key.Language, group.Key.State, Count = group.Count() }).ToListAsync(cancel);
        var states = Enum.GetValues<EntryState>();
        var rows = (await LanguagesAsync(cancel)).Select(language => (language, Counts: states.Select(state => counts.Where(each => each.Language == language.Code && each.State == state).Sum(each => each.Count)).ToList()))
            .Where(row => row.Counts.Sum() > 0).Select(row => Row([row.language.English, .. row.Counts.Append(row.Counts.Sum()).Select(Number)]));
        return new("states", "Texts by language and state", ["Language", .. states.Select(state => EditorWords.LabelOf(Names.Kebab(state))), "All"], [.. rows]);
    }

    private async Task<Report> OverdueAsync(CancellationToken cancel)
    {
        var due = await filters.Due(Documents).OrderBy(entry => entry.ReviewBy).ThenBy(entry => entry.Path).Select(entry => new { entry.Title, entry.Path, entry.Owner, entry.ReviewBy }).ToListAsync(cancel);
        return new("overdue", "Reviews that are due", ["Title", "Path", "Owner", "Review by"], [.. due.Select(each => Row(each.Title, each.Path, each.Owner, each.ReviewBy!))]);
    }

    /// <summary>Of the texts that are public in English.</summary>
    private async Task<Report> CoverageAsync(CancellationToken cancel)
    {
        var basis = Documents.Where(entry => entry.Language == Language.Base.Code && entry.Live != null);
        var all = await basis.CountAsync(cancel);
        var translated = Documents.Where(entry => entry.Language != Language.Base.Code && basis.Any(english => english.Document == entry.Document));
        var written = await CountsAsync(translated, cancel);
        var live = await CountsAsync(translated.Where(entry => entry.Live != null), cancel);
        var stale = await CountsAsync(filters.Stale(translated), cancel);
        var rows = (await LanguagesAsync(cancel)).Where(language => language != Language.Base)
            .Select(language => (language, Written: written.GetValueOrDefault(language.Code), Live: live.GetValueOrDefault(language.Code), Stale: stale.GetValueOrDefault(language.Code)))
            .Select(row => Row(row.language.English, Number(row.Live), all == 0 ? "0" : Number(row.Live * 100 / all), Number(row.Written), Number(row.Stale), Number(all - row.Written)));
        return new("translations", "Translations of the public English texts", ["Language", "Public", "Public, percent", "Written", "Behind the English", "Missing"], [.. rows]);
    }

    private async Task<Report> PlacesAsync(CancellationToken cancel)
    {
        var open = (await filters.Unverified(Documents).Select(entry => entry.Path).ToListAsync(cancel)).ToHashSet();
        var places = await Documents.Where(entry => entry.NeedsConfirming).OrderBy(entry => entry.VerifiedOn).ThenBy(entry => entry.Path).Select(entry => new { entry.Title, entry.Path, entry.VerifiedOn }).ToListAsync(cancel);
        return new("places", "Places and when they were confirmed", ["Place", "Path", "Confirmed on", "State"], [.. places.Select(each => Row(each.Title, each.Path, each.VerifiedOn ?? "never", open.Contains(each.Path) ? "to be confirmed" : "confirmed"))]);
    }

    private async Task<Report> ClausesAsync(CancellationToken cancel)
    {
        var clauses = await answers.AllAsync(cancel);
        return new("clauses", "Clauses of the service specification and what answers them", ["Clause", "Asks", "Public pages", "Not public"],
            [.. clauses.Select(answer => Row(answer.Clause.Clause, answer.Clause.Asks, string.Join(' ', answer.Public), string.Join(' ', answer.Missing)))]);
    }

    private async Task<IReadOnlyList<Language>> LanguagesAsync(CancellationToken cancel) => [.. (await languages.AllAsync(cancel)).Where(language => user.CanRead(language.Code))];

    private static Task<Dictionary<string, int>> CountsAsync(IQueryable<Entry> entries, CancellationToken cancel) =>
        entries.GroupBy(entry => entry.Language).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(each => each.Key, each => each.Count, cancel);

    private static string[] Row(params string[] cells) => cells;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Publishing;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Reports;

/// <summary>A clause of the service specification with the pages that answer it: those that are public, and those that are not.</summary>
internal sealed record ClauseAnswer(ClauseRow Clause, IReadOnlyList<string> Public, IReadOnlyList<string> Missing);

/// <summary>Which pages the clauses ask for, and whether they are public under the address they have now.</summary>
internal sealed class ClausePages(CmsDatabase database, SiteContent content)
{
    private const string File = "data/clauses.yaml";

    public async Task<IReadOnlyList<ClauseAnswer>> AllAsync(CancellationToken cancel = default)
    {
        var files = await content.TextsAsync([File, DataTable.Settings.Path], cancel);
        var moved = (ContentReader.Settings(files)?.Redirects ?? []).DistinctBy(redirect => redirect.From).ToDictionary(redirect => redirect.From, redirect => redirect.To);
        var clauses = ContentReader.Clauses(files).Select(row => (Row: row, Pages: row.Pages.Select(page => (Named: page.ToString(), Now: Now(Addresses.Of(page), page.ToString()))).ToList())).ToList();
        var asked = clauses.SelectMany(clause => clause.Pages).Select(page => page.Now).Distinct().ToList();
        var live = (await database.Entries.AsNoTracking().Where(entry => entry.Document != null && asked.Contains(entry.Document) && entry.Language == Language.Base.Code && entry.Live != null).Select(entry => entry.Document!).ToListAsync(cancel)).ToHashSet();
        return [.. clauses.Select(clause => new ClauseAnswer(clause.Row, [.. clause.Pages.Where(page => live.Contains(page.Now)).Select(page => page.Named)], [.. clause.Pages.Where(page => !live.Contains(page.Now)).Select(page => page.Named)]))];

        string Now(string address, string page) => moved.TryGetValue(address, out var to) && Addresses.TryDocument(to, out var id) ? id.ToString() : page;
    }
}

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Media;
using Portal.Cms.Places;
using Portal.Content.Languages;

namespace Portal.Cms.Documents;

/// <summary>
/// Fills the columns of rows that an older version of the program kept without them. It reads every text there is, so it
/// is done once for each shape of the database, and the log says for which it was: a start that was ended before that is
/// made up for by the next. What is filled already is left as it is.
/// </summary>
internal sealed class EntryColumns(CmsDatabase database, SecretRecords secrets, AuditLog audit)
{
    private const string Act = "database.columns";
    private const string Subject = "database";

    /// <summary>Name of the newest migration. Its number is another one in each kind of database, and a backup goes from one to the other.</summary>
    private string Shape => database.Database.GetMigrations().Last() is var id ? id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..] : string.Empty;

    /// <summary>Fills where the log does not say that it was done. An empty database lacks nothing, and stays empty: a backup can be restored into it.</summary>
    public async Task EnsureAsync(CancellationToken cancel = default)
    {
        var shape = Shape;
        if (await database.Audit.AnyAsync(row => row.Subject == Subject && row.Act == Act && row.Detail == shape, cancel) || !await database.Revisions.AnyAsync(cancel)) return;
        await FillPlacesAsync(cancel);
        await FillMediaAsync(cancel);
        Note();
        await database.SaveChangesAsync(cancel);
    }

    /// <summary>Lets the next save say that no row lacks a column: whoever filled an empty database knows it.</summary>
    public void Note() => audit.Add(database, Actor.Portal, Act, Subject, Shape);

    /// <summary>A place without a day or a district may have none, or none yet that lists know of: its text tells.</summary>
    private async Task FillPlacesAsync(CancellationToken cancel)
    {
        var lacking = await database.Entries.Where(entry => entry.Kind == EntryText.PlaceKind && entry.Language == Language.Base.Code && (entry.District == null || entry.VerifiedOn == null || !entry.NeedsConfirming)).ToListAsync(cancel);
        foreach (var entry in lacking)
        {
            EntryText.Describe(entry, await database.Revisions.Where(revision => revision.Id == entry.Head).Select(revision => revision.Text).FirstAsync(cancel));
            if (entry is { IsRefuge: true, HoldsPlace: true }) database.Entry(entry).State = EntityState.Detached; // The database would not take it, and nothing else would start.
            else await secrets.ShieldAsync(entry, Actor.Portal, cancel);
        }

        await database.SaveChangesAsync(cancel);
    }

    /// <summary>Looked for by the endings of the files there are: a text that has none of them names none.</summary>
    private async Task FillMediaAsync(CancellationToken cancel)
    {
        var endings = (await database.Media.Select(file => file.Path).ToListAsync(cancel)).Select(path => Path.GetExtension(path)).Where(ending => ending.Length > 1).Distinct();
        foreach (var ending in endings)
        {
            foreach (var revision in await database.Revisions.AsNoTracking().Where(revision => revision.Media == string.Empty && revision.Text.Contains(ending)).Select(revision => new { revision.Id, revision.Text }).ToListAsync(cancel))
            {
                if (MediaMentions.Column(revision.Text) is { Length: > 0 } named)
                    await database.Revisions.Where(each => each.Id == revision.Id).ExecuteUpdateAsync(set => set.SetProperty(each => each.Media, named), cancel);
            }
        }
    }
}

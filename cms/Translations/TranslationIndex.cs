using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Cms.Translations;

/// <summary>Keeps in each translation's row how much of it is stale, so that a list of thousands reads no text.</summary>
internal static class TranslationIndex
{
    private const int AtOnce = 100;

    /// <summary>Counts again for these documents, by their texts as they are saved now. Writes only rows that differ, and not their versions.</summary>
    public static async Task RefreshAsync(CmsDatabase database, IReadOnlyCollection<string> documents, CancellationToken cancel = default)
    {
        var own = database.Database.CurrentTransaction is null ? await database.Database.BeginTransactionAsync(cancel) : null;
        await using var end = own;
        foreach (var some in documents.Chunk(AtOnce))
        {
            var texts = await database.Entries.AsNoTracking().Where(entry => entry.Document != null && some.Contains(entry.Document) && entry.Language != Language.Simple.Code)
                .Join(database.Revisions.AsNoTracking(), entry => entry.Head, revision => revision.Id, (entry, revision) => new { entry.Path, entry.Document, entry.Language, entry.Kind, entry.Parts, entry.Stale, revision.Text })
                .ToListAsync(cancel);
            foreach (var set in texts.GroupBy(text => text.Document))
            {
                if (set.FirstOrDefault(text => text.Language == Language.Base.Code) is not { } basis || DocumentKind.Find(basis.Kind)?.Type is not { } kind) continue;
                var english = DocumentText.Parse(basis.Text);
                foreach (var text in set.Where(text => text != basis))
                {
                    var (parts, stale) = Count(english, kind, text.Text);
                    if ((parts, stale) == (text.Parts, text.Stale)) continue;
                    await database.Entries.Where(entry => entry.Path == text.Path)
                        .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Parts, parts).SetProperty(entry => entry.Stale, stale), cancel);
                }
            }
        }

        if (own is not null) await own.CommitAsync(cancel);
    }

    /// <summary>Fills the columns of translations that were kept before there were columns.</summary>
    public static async Task FillAsync(CmsDatabase database, CancellationToken cancel = default)
    {
        var empty = await database.Entries.Where(entry => entry.Document != null && entry.Progress == null && entry.Language != Language.Base.Code && entry.Language != Language.Simple.Code).ToListAsync(cancel);
        foreach (var entry in empty)
            EntryText.Describe(entry, await database.Revisions.Where(revision => revision.Id == entry.Head).Select(revision => revision.Text).FirstAsync(cancel));
        await database.SaveChangesAsync(cancel);
        await RefreshAsync(database, [.. empty.Select(entry => entry.Document!).Distinct()], cancel);
    }

    private static (int Parts, int Stale) Count(DocumentText english, Type kind, string translation)
    {
        var match = TranslationMatch.Of(english, kind, DocumentText.Parse(translation));
        return (match.Blocks.Count + Stamp.OfFields(english, kind).Split(' ').Length, match.Stale);
    }
}

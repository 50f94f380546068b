using System.Text;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Leave;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Publishing;

/// <summary>The content folder that the database stands for: what is public, or what a preview shows.</summary>
public sealed class SiteContent(CmsDatabase database, IServiceScopeFactory scopes)
{
    /// <summary>The public texts and all media: exactly what the site is made of, with the leave button's second choice where the first does not answer.</summary>
    public async Task<ContentFiles> LiveAsync(CancellationToken cancel = default)
    {
        // A translation is public with its English text or not at all: the facts stand there.
        var texts = await database.Entries.AsNoTracking()
            .Where(entry => entry.Live != null && !entry.Confidential)
            .Where(entry => entry.Document == null || entry.Language == Language.Base.Code || database.Entries.Any(basis => basis.Document == entry.Document && basis.Language == Language.Base.Code && basis.Live != null))
            .Join(database.Revisions.AsNoTracking(), entry => entry.Live, revision => revision.Id, (entry, revision) => new { entry.Path, revision.Text }).ToListAsync(cancel);
        var check = await LeaveChoice.LastAsync(database, cancel);
        return await WithMediaAsync(texts.Select(text => KeyValuePair.Create(text.Path, text.Path == DataTable.Settings.Path ? LeaveChoice.Apply(text.Text, check) : text.Text)), cancel);
    }

    /// <summary>Some public texts alone.</summary>
    public async Task<ContentFiles> TextsAsync(IReadOnlyCollection<string> paths, CancellationToken cancel = default)
    {
        var texts = await database.Entries.AsNoTracking().Where(entry => paths.Contains(entry.Path))
            .Join(database.Revisions.AsNoTracking(), entry => entry.Live ?? entry.Head, revision => revision.Id, (entry, revision) => new { entry.Path, revision.Text }).ToListAsync(cancel);
        return ContentFiles.Of(texts.Select(text => KeyValuePair.Create(text.Path, text.Text)));
    }

    /// <summary>The public texts, one of them exchanged: what a reader would see if it were published now.</summary>
    public async Task<ContentFiles> WithAsync(string path, string text, CancellationToken cancel = default) =>
        (await LiveAsync(cancel)).With((path, Encoding.UTF8.GetBytes(text)));

    /// <summary>The newest saved text of everything, for an export.</summary>
    public async Task<ContentFiles> SavedAsync(CancellationToken cancel = default)
    {
        var texts = await database.Entries.AsNoTracking()
            .Join(database.Revisions.AsNoTracking(), entry => entry.Head, revision => revision.Id, (entry, revision) => new { entry.Path, revision.Text }).ToListAsync(cancel);
        return await WithMediaAsync(texts.Select(text => KeyValuePair.Create(text.Path, text.Text)), cancel);
    }

    private async Task<ContentFiles> WithMediaAsync(IEnumerable<KeyValuePair<string, string>> texts, CancellationToken cancel)
    {
        var media = await database.Media.AsNoTracking().ToListAsync(cancel);
        return ContentFiles.Of(texts)
            .WithLater(media.Select(file => ("media/" + file.Path, (Func<byte[]>)(() => Bytes(file.Hash)))))
            .With(media.Where(file => file.Notes.Length > 0).Select(file => ($"media/{file.Path}{MediaNotes.Ending}", Encoding.UTF8.GetBytes(file.Notes))));
    }

    /// <summary>Read when they are asked for, which is for few of many files, and from any thread: so by a context of its own.</summary>
    private byte[] Bytes(string hash)
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<CmsDatabase>().Files.AsNoTracking().Where(file => file.Hash == hash).Select(file => file.Bytes).First();
    }
}

using System.Security.Cryptography;
using System.Text;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Leave;
using Portal.Cms.Redirects;
using Portal.Content.Languages;
using Portal.Content.Reading;

namespace Portal.Cms.Publishing;

/// <summary>What the site is made of at one moment: which revision of each text, which bytes and notes of each media file, which page the leave button leads to, and which pages were taken off.</summary>
public sealed record SiteState(IReadOnlyList<(string Path, Guid Revision)> Texts, IReadOnlyList<(string Path, string Hash, string Notes)> Media, LeaveCheck? Leave, IReadOnlyList<string> Withdrawn)
{
    /// <summary>What a slice adds besides the texts.</summary>
    public IReadOnlyList<(string Path, string Text)> Added { get; init; } = [];

    /// <summary>Documents that were taken off and are public again under another path.</summary>
    public IReadOnlyList<(string From, string To)> Moved { get; init; } = [];

    /// <summary>The same with documents that come back: their addresses lead nowhere else any more. The same state where none of them is away.</summary>
    public SiteState WithBack(IReadOnlyCollection<string> documents) => Withdrawn.Intersect(documents).Any() || Moved.Any(each => documents.Contains(each.From))
        ? this with { Withdrawn = [.. Withdrawn.Except(documents)], Moved = [.. Moved.Where(each => !documents.Contains(each.From))] }
        : this;

    /// <summary>A hash that is the same exactly as long as nothing is published or withdrawn.</summary>
    public string Print() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(
        Texts.OrderBy(text => text.Path, StringComparer.Ordinal).Select(text => $"{text.Path} {text.Revision}\n")
            .Concat(Media.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"{file.Path} {file.Hash} {file.Notes}\n"))
            .Append(Leave is { UsesSecond: true } check ? $"leave by {check.Second} instead of {check.First}\n" : string.Empty)
            .Concat(Withdrawn.Order(StringComparer.Ordinal).Select(document => $"without {document}\n"))
            .Concat(Added.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => $"with {file.Path} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text)))}\n"))
            .Concat(Moved.OrderBy(each => each.From, StringComparer.Ordinal).Select(each => $"{each.From} is {each.To}\n"))))));
}

/// <summary>
/// A file that a slice writes into what is published, though nobody authored it: <c>services.AddSingleton(new SiteAddition(…))</c>.
/// Whoever changes what it says adds a wish to the outbox.
/// </summary>
/// <param name="Path">Below the content folder; no document and no table has it.</param>
/// <param name="Text">What it says now; null for no file.</param>
public sealed record SiteAddition(string Path, Func<CmsDatabase, CancellationToken, Task<string?>> Text);

/// <summary>The content folder that the database stands for: what is public, or what a preview shows.</summary>
internal sealed class SiteContent(CmsDatabase database, SiteMemory memory, IEnumerable<SiteAddition> additions, IServiceScopeFactory scopes)
{
    /// <summary>More texts than this are asked for in one join instead of by their ids.</summary>
    private const int AtOnce = 500;

    /// <summary>The public texts and all media: exactly what the site is made of, with the leave button's second choice where the first does not answer.</summary>
    public async Task<ContentFiles> LiveAsync(CancellationToken cancel = default) => await FilesAsync(await StateAsync(cancel), cancel);

    /// <summary>What is public, without a word of it.</summary>
    public async Task<SiteState> StateAsync(CancellationToken cancel = default)
    {
        var texts = await LiveEntries().Select(entry => new { entry.Path, entry.Live }).ToListAsync(cancel);
        var withdrawn = await WithdrawnAsync(cancel);
        var moved = await MovedTexts.WhereAsync(database, withdrawn, texts.Where(text => EntryText.LanguageOf(text.Path) == Language.Base.Code).Select(text => EntryText.DocumentOf(text.Path)).OfType<string>().ToHashSet(), cancel);
        return new([.. texts.Select(text => (text.Path, text.Live!.Value))], await MediaAsync(cancel), await LeaveChoice.LastAsync(database, cancel), [.. withdrawn.Except(moved.Keys)]) // The query leaves out what has none.
        {
            Added = await AddedAsync(cancel),
            Moved = [.. moved.Select(each => (each.Key, each.Value))],
        };
    }

    /// <summary>The files of a state. A revision never changes, so this process asks for each text once.</summary>
    public async Task<ContentFiles> FilesAsync(SiteState state, CancellationToken cancel = default)
    {
        // Held here too: a request that knows an older or a newer state may let go of some meanwhile.
        var texts = new Dictionary<Guid, string>();
        foreach (var (_, revision) in state.Texts)
            if (memory.Texts.TryGetValue(revision, out var known)) texts[revision] = known;
        var missing = state.Texts.Where(text => !texts.ContainsKey(text.Revision)).Select(text => text.Revision).ToList();
        var wanted = missing.Count > AtOnce
            ? LiveEntries().Join(database.Revisions.AsNoTracking(), entry => entry.Live, revision => revision.Id, (_, revision) => revision)
            : database.Revisions.AsNoTracking().Where(revision => missing.Contains(revision.Id));
        if (missing.Count > 0)
            await foreach (var text in wanted.Select(revision => new { revision.Id, revision.Text }).AsAsyncEnumerable().WithCancellation(cancel)) texts[text.Id] = memory.Texts[text.Id] = text.Text;

        // Published meanwhile by somebody else, and so not among what the join found: asked for alone.
        foreach (var revision in missing.Where(revision => !texts.ContainsKey(revision)))
            texts[revision] = memory.Texts[revision] = await database.Revisions.AsNoTracking().Where(each => each.Id == revision).Select(each => each.Text).FirstAsync(cancel);

        var files = WithMedia(state.Texts.Select(text => KeyValuePair.Create(text.Path, text.Path == DataTable.Settings.Path ? Settings(state, texts) : texts[text.Revision]))
            .Concat(state.Added.Select(file => KeyValuePair.Create(file.Path, file.Text))), state.Media);
        memory.Forget(state);
        return files;
    }

    /// <summary>The public texts, one of them exchanged: what a reader would see if it were published now.</summary>
    public async Task<ContentFiles> WithAsync(string path, string text, CancellationToken cancel = default) =>
        (await LiveAsync(cancel)).With((path, Encoding.UTF8.GetBytes(text)));

    /// <summary>Some public texts alone.</summary>
    public async Task<ContentFiles> TextsAsync(IReadOnlyCollection<string> paths, CancellationToken cancel = default)
    {
        var texts = await database.Entries.AsNoTracking().Where(entry => paths.Contains(entry.Path))
            .Join(database.Revisions.AsNoTracking(), entry => entry.Live ?? entry.Head, revision => revision.Id, (entry, revision) => new { entry.Path, revision.Text }).ToListAsync(cancel);
        return ContentFiles.Of(texts.Select(text => KeyValuePair.Create(text.Path, text.Text)));
    }

    /// <summary>The newest saved text of everything, for an export.</summary>
    public async Task<ContentFiles> SavedAsync(CancellationToken cancel = default)
    {
        var texts = await database.Entries.AsNoTracking()
            .Join(database.Revisions.AsNoTracking(), entry => entry.Head, revision => revision.Id, (entry, revision) => new { entry.Path, revision.Text }).ToListAsync(cancel);
        return WithMedia(texts.Select(text => KeyValuePair.Create(text.Path, text.Text)), await MediaAsync(cancel));
    }

    /// <summary>A translation is public with its English text or not at all: the facts stand there.</summary>
    private IQueryable<Entry> LiveEntries() => database.Entries.AsNoTracking()
        .Where(entry => entry.Live != null && !entry.Confidential)
        .Where(entry => entry.Document == null || entry.Language == Language.Base.Code || database.Entries.Any(basis => basis.Document == entry.Document && basis.Language == Language.Base.Code && basis.Live != null));

    private static string Settings(SiteState state, Dictionary<Guid, string> texts)
    {
        var revisions = state.Texts.ToDictionary(text => text.Path, text => text.Revision);
        return WithdrawnPages.Apply(LeaveChoice.Apply(texts[revisions[DataTable.Settings.Path]], state.Leave), state.Withdrawn, state.Moved, revisions.Keys.ToHashSet(), path => revisions.TryGetValue(path, out var revision) ? texts[revision] : null);
    }

    /// <summary>Documents that a person or their date took off the site, whether or not somebody writes on them since, and whatever address they have now.</summary>
    private async Task<IReadOnlyList<string>> WithdrawnAsync(CancellationToken cancel)
    {
        var paths = await database.Audit.AsNoTracking().Where(row => row.Act == "document.withdraw" || row.Act == "document.expired").Select(row => row.Subject).Distinct()
            .Where(path => !database.Entries.Any(entry => entry.Path == path && entry.Live != null)).ToListAsync(cancel);
        return [.. paths.Where(path => EntryText.LanguageOf(path) == Language.Base.Code).Select(EntryText.DocumentOf).OfType<string>()];
    }

    private async Task<IReadOnlyList<(string Path, string Text)>> AddedAsync(CancellationToken cancel)
    {
        var added = new List<(string, string)>();
        foreach (var addition in additions)
            if (await addition.Text(database, cancel) is { } text) added.Add((addition.Path, text));
        return added;
    }

    private async Task<IReadOnlyList<(string Path, string Hash, string Notes)>> MediaAsync(CancellationToken cancel) =>
        [.. (await database.Media.AsNoTracking().Select(file => new { file.Path, file.Hash, file.Notes }).ToListAsync(cancel)).Select(file => (file.Path, file.Hash, file.Notes))];

    /// <summary>Media is large: it stays in the database until somebody looks at it.</summary>
    private ContentFiles WithMedia(IEnumerable<KeyValuePair<string, string>> texts, IReadOnlyList<(string Path, string Hash, string Notes)> media) => ContentFiles
        .Of(texts.Concat(media.Where(file => file.Notes.Length > 0).Select(file => KeyValuePair.Create($"media/{file.Path}{MediaNotes.Ending}", file.Notes))))
        .WithStored(media.Select(file => ("media/" + file.Path, file.Hash, (Func<byte[]>)(() => Bytes(file.Hash)))));

    private byte[] Bytes(string hash)
    {
        using var scope = scopes.CreateScope(); // Pictures are encoded on several threads; a context serves one.
        return scope.ServiceProvider.GetRequiredService<CmsDatabase>().Files.AsNoTracking().Where(file => file.Hash == hash).Select(file => file.Bytes).First();
    }
}

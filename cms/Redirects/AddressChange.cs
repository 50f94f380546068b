using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Publishing;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Rules;

namespace Portal.Cms.Redirects;

/// <summary>
/// Gives a document another path. Its texts in all languages move with their history, drafts and reviews; every address
/// it had leads to the new one for good. Other texts that name the old address are left as they are, so that no
/// translation falls behind for it: the redirect tells the site which page they mean. What was public stays public: the
/// move, the redirects, the note in the log and the wish to publish are one transaction. No text changes, so no second
/// person is asked, but only a publisher may move a page that is public.
/// </summary>
internal sealed class AddressChange(CmsDatabase database, SiteContent content, AuditLog audit, Publisher publisher, TimeProvider time)
{
    private const string Clash = "Somebody changed this or the settings meanwhile. Look at it again.";

    /// <summary>The checks of the whole site take their time.</summary>
    private const string Begun = "Somebody saved the first words of a translation of it meanwhile. Nothing was moved. Look at it again, then change the address.";

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Moves a document.</summary>
    /// <param name="from">Its path now.</param>
    /// <param name="to">Its path from now on.</param>
    /// <param name="version">The version of its base text that the person saw.</param>
    /// <param name="actor">Who asks.</param>
    /// <returns>What stands in the way, in sentences; empty where it was done.</returns>
    public async Task<IReadOnlyList<string>> MoveAsync(DocumentId from, DocumentId to, long version, Actor actor, CancellationToken cancel = default)
    {
        var (old, wanted) = (from.ToString(), to.ToString());
        if (from == DocumentId.Home) return ["The start page has the root for its address and keeps it."];
        if (from == to) return ["That is the path it has."];
        if (await database.Entries.AnyAsync(entry => entry.Document == wanted, cancel)) return [$"There is a document {to} already."];
        var entries = await database.Entries.AsNoTracking().Where(entry => entry.Document == old).ToListAsync(cancel);
        if (entries.FirstOrDefault(entry => entry.Language == Language.Base.Code) is not { } basis || basis.Version != version) return [Clash];

        var settings = await database.Entries.FirstOrDefaultAsync(entry => entry.Path == DataTable.Settings.Path, cancel);
        string? redirected = null;
        if (basis.Live is not null)
        {
            if (settings is null || settings.HasUnpublished) return ["The settings have changes that are not public, and the redirects stand in them. Publish them or restore what is public, then change the address."];
            var files = await content.LiveAsync(cancel);
            var text = (await database.Revisions.AsNoTracking().FirstAsync(revision => revision.Id == settings.Live, cancel)).Text;
            redirected = WithRedirects(files, text, from, to);
            if (Breaches(files, Moved(files, redirected, from, to)) is { Count: > 0 } breaches) return breaches;
        }
        else if (SensitiveWord(wanted, await content.LiveAsync(cancel)) is { } word)
        {
            return [$"The path holds the word '{word}'. It stands in the history of whoever reads it: choose neutral words."];
        }

        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        var paths = await database.Entries.Where(entry => entry.Document == old).Select(entry => entry.Path).ToListAsync(cancel);
        if (!paths.ToHashSet().SetEquals(entries.Select(entry => entry.Path))) return [Begun];
        foreach (var entry in entries)
            if (!await MovePath.RunAsync(database, entry, EntryText.PathOf(to, entry.Language), wanted, cancel)) return [Clash];
        await MovePath.BegunAsync(database, from, to, cancel);
        if (redirected is not null)
        {
            Publish(settings!, redirected, actor, $"{old} is now {wanted}");
            database.Outbox.Add(new() { At = Now, By = actor.Name, What = $"move {old}" });
        }

        audit.Add(database, actor, "document.move", EntryText.PathOf(from, Language.Base.Code), wanted);
        try
        {
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            database.ChangeTracker.Clear();
            return [Clash];
        }

        await transaction.CommitAsync(cancel);
        publisher.Wake();
        return [];
    }

    /// <summary>A redirect for every address the document has in every language it is public in.</summary>
    private string WithRedirects(ContentFiles files, string settings, DocumentId from, DocumentId to)
    {
        if (ContentReader.Read(files).Library is not { } library) return settings;
        var edition = new Edition(library, Now);
        var redirects = ContentReader.Settings(ContentFiles.Of([KeyValuePair.Create(DataTable.Settings.Path, settings)]))?.Redirects ?? [];
        foreach (var language in edition.Languages)
            foreach (var address in edition.PagesIn(language).Where(document => document.Id == from).SelectMany(Addresses.Of))
                redirects = RedirectTable.With(redirects, Addresses.In(language, address), Addresses.In(language, Addresses.Of(to) + address[Addresses.Of(from).Length..]));
        return RedirectTable.Write(settings, [.. redirects.Where(redirect => redirect.From != redirect.To)]);
    }

    private static ContentFiles Moved(ContentFiles files, string settings, DocumentId from, DocumentId to)
    {
        var (before, after) = ($"pages/{from}/", $"pages/{to}/");
        var moved = files.Paths.Where(path => path.StartsWith(before, StringComparison.Ordinal) && !path[before.Length..].Contains('/', StringComparison.Ordinal)).ToList();
        var rest = moved.Aggregate(files, (each, path) => each.Without(path));
        return rest.With([(DataTable.Settings.Path, System.Text.Encoding.UTF8.GetBytes(settings)), .. moved.Select(path => (after + path[before.Length..], files.Bytes(path)))]);
    }

    /// <summary>What the rules would say of the moved site and do not say of the one that stands.</summary>
    private List<string> Breaches(ContentFiles before, ContentFiles after)
    {
        var known = Errors(before).ToHashSet();
        return [.. Errors(after).Where(problem => !known.Contains(problem)).Select(problem => problem.ToString())];
    }

    private IEnumerable<Problem> Errors(ContentFiles files)
    {
        var reading = ContentReader.Read(files);
        var problems = reading.Library is { } library ? reading.Problems.Concat(RuleBook.Check(new(library, Now))) : reading.Problems;
        return problems.Where(problem => problem.Weight == Weight.Error);
    }

    private static string? SensitiveWord(string path, ContentFiles files) =>
        ContentReader.Read(files).Library is { } library ? NeutralNames.Find(path, library.Data.SensitiveWords, Language.Base) : null;

    private void Publish(Entry entry, string text, Actor actor, string note)
    {
        var number = database.Revisions.Where(revision => revision.Path == entry.Path).Max(revision => revision.Number) + 1;
        var revision = new Revision { Id = Guid.CreateVersion7(time.GetUtcNow()), Path = entry.Path, Number = number, Text = text, AuthorId = actor.Id, Author = actor.Name, At = Now, Note = note };
        database.Revisions.Add(revision);
        (entry.Head, entry.Live, entry.LiveSince, entry.UpdatedAt, entry.UpdatedBy, entry.State, entry.Version) = (revision.Id, revision.Id, Now, Now, actor.Name, EntryState.Published, entry.Version + 1);
    }
}

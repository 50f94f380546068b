using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Review;
using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Text;

namespace Portal.Cms.Places;

/// <summary>A text that must not be kept in any form. The message says why and what to do.</summary>
public sealed class SecretPlaceException : Exception
{
    public SecretPlaceException()
    {
    }

    public SecretPlaceException(string message)
        : base(message)
    {
    }

    public SecretPlaceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>
/// Keeps a refuge's place out of everything the CMS stores, and a confidential record off the site. Asked before a
/// revision or a draft is written; the database's own checks stand behind it.
/// </summary>
public sealed class SecretRecords(CmsDatabase database, AuditLog audit, TimeProvider time)
{
    /// <summary>Why this text must not be kept; null where it may be.</summary>
    public async Task<string?> RefusalAsync(string path, string kind, string text, CancellationToken cancel = default)
    {
        if (kind != EntryText.PlaceKind || EntryText.DocumentOf(path) is not { } document) return null;
        var read = DocumentText.Parse(text);
        var others = await VariantsAsync(document, cancel);
        var wasRefuge = others.Any(entry => entry.IsRefuge);
        if (SecretPlace.Refusal(read, wasRefuge) is { } refusal) return refusal;
        if (wasRefuge || !SecretPlace.IsRefuge(read)) return null;

        // A record that becomes a refuge would keep its place in the history: no text of it may ever have held one.
        var paths = others.ConvertAll(entry => entry.Path);
        var texts = await database.Revisions.AsNoTracking().Where(revision => paths.Contains(revision.Path)).Select(revision => revision.Text).ToListAsync(cancel);

        // By the folder: a translation that somebody has only begun has a draft and no row.
        var folder = $"pages/{document}/";
        texts.AddRange((await database.Drafts.AsNoTracking().Where(draft => draft.Path.StartsWith(folder)).Select(draft => new { draft.Path, draft.Text }).ToListAsync(cancel)).Where(draft => EntryText.DocumentOf(draft.Path) == document).Select(draft => draft.Text));
        texts.AddRange(database.Revisions.Local.Where(revision => paths.Contains(revision.Path)).Select(revision => revision.Text));
        return texts.Any(old => SecretPlace.PlaceIn(DocumentText.Parse(old)) is not null)
            ? "This record's history tells where it is, so it cannot become a refuge. Make a new record, and withdraw this one."
            : null;
    }

    /// <exception cref="SecretPlaceException">The text must not be kept.</exception>
    public async Task RefuseAsync(string path, string kind, string text, CancellationToken cancel = default)
    {
        if (await RefusalAsync(path, kind, text, cancel) is { } refusal) throw new SecretPlaceException(refusal);
    }

    /// <summary>
    /// Spreads the mark of a record over its translations; takes what became confidential off the site, ends the links that
    /// show it to somebody without an account, and tells the log.
    /// Nobody has to agree: waiting for a second person would leave it public. Saves nothing itself.
    /// </summary>
    public async Task ShieldAsync(Entry entry, Actor actor, CancellationToken cancel = default)
    {
        if (entry.Document is not { } document || entry.Kind != EntryText.PlaceKind) return;
        var variants = await VariantsAsync(document, cancel);
        var basis = entry.Language == Language.Base.Code ? entry : variants.Find(each => each.Language == Language.Base.Code);
        if (basis is null) return;
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        foreach (var variant in variants)
        {
            (variant.Confidential, variant.IsRefuge) = (basis.Confidential, basis.IsRefuge);
            if (!basis.Confidential) continue;
            if (variant.Live is null)
            {
                await Departure.EndAsync(database, audit, variant, actor, now, cancel);
                if (variant == entry || variant.State is not (EntryState.InReview or EntryState.Scheduled)) continue;
                (variant.State, variant.PublishAt, variant.Version) = (EntryState.Draft, null, variant.Version + 1);
                continue;
            }

            await Departure.TakeOffAsync(database, audit, variant, actor, now, cancel);
            if (variant != entry) variant.Version++;
            audit.Add(database, actor, "document.withdraw", variant.Path, "marked confidential");
            database.Outbox.Add(new() { At = now, By = actor.Name, What = $"withdraw {variant.Path}" });
        }
    }

    /// <summary>The texts of a document, those that wait to be saved too.</summary>
    private async Task<List<Entry>> VariantsAsync(string document, CancellationToken cancel)
    {
        await database.Entries.Where(entry => entry.Document == document).LoadAsync(cancel);
        return [.. database.Entries.Local.Where(entry => entry.Document == document)];
    }
}

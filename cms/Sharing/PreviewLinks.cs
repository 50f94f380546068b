using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Cms.Staff;

namespace Portal.Cms.Sharing;

/// <summary>Makes, finds and takes back links to previews. Only a hash is kept; made, first opened and taken back are noted.</summary>
internal sealed class PreviewLinks(CmsDatabase database, CmsSettings settings, AuditLog audit, TimeProvider time)
{
    /// <summary>Longest life in days.</summary>
    public const int Longest = 14;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>The address to hand over, never to be seen again.</summary>
    /// <param name="days">1 to <see cref="Longest"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The days are fewer or more.</exception>
    public async Task<string> MakeAsync(Entry entry, int days, Actor actor, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, Longest);
        var token = Token.New();
        var link = new PreviewLink { Id = Guid.CreateVersion7(time.GetUtcNow()), Hash = Token.Hash(token), Path = entry.Path, RevisionId = entry.Head, MadeBy = actor.Name, MadeAt = Now, ExpiresAt = Now + Duration.FromDays(days) };
        database.Add(link);
        audit.Add(database, actor, "preview.share", entry.Path, $"link {link.Id}, {days} days");
        await database.SaveChangesAsync(cancel);
        return $"{settings.Url.TrimEnd('/')}/preview/{token}";
    }

    /// <summary>The link of a token where it is still good; null otherwise, as where its text is confidential by now.</summary>
    public async Task<PreviewLink?> FindAsync(string token, CancellationToken cancel = default)
    {
        var (hash, now) = (Token.Hash(token), Now);
        return await database.Set<PreviewLink>().AsNoTracking().FirstOrDefaultAsync(link => link.Hash == hash && link.RevokedAt == null && link.ExpiresAt > now && database.Entries.Any(entry => entry.Path == link.Path && !entry.Confidential), cancel);
    }

    /// <summary>Notes the first time it is opened.</summary>
    public async Task OpenedAsync(PreviewLink link, CancellationToken cancel = default)
    {
        if (link.OpenedAt is not null) return;
        var now = Now;
        if (await database.Set<PreviewLink>().Where(each => each.Id == link.Id && each.OpenedAt == null).ExecuteUpdateAsync(each => each.SetProperty(row => row.OpenedAt, now), cancel) == 0) return;
        audit.Add(database, Actor.Visitor, "preview.open", link.Path, $"link {link.Id}");
        await database.SaveChangesAsync(cancel);
    }

    /// <summary>Ends a link at once. False where it had ended already.</summary>
    public async Task<bool> RevokeAsync(Guid id, Actor actor, CancellationToken cancel = default)
    {
        if (await database.Set<PreviewLink>().FirstOrDefaultAsync(link => link.Id == id && link.RevokedAt == null, cancel) is not { } link) return false;
        link.RevokedAt = Now;
        audit.Add(database, actor, "preview.revoke", link.Path, $"link {link.Id}");
        await database.SaveChangesAsync(cancel);
        return true;
    }
}

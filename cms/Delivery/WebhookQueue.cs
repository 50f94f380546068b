using System.Text;

using Microsoft.EntityFrameworkCore;

using NodaTime.Text;

using Portal.Cms.Database;
using Portal.Cms.Publishing;

namespace Portal.Cms.Delivery;

/// <summary>Writes what the webhooks are to be told into the publication's own transaction.</summary>
internal static class WebhookQueue
{
    public static async Task AddAsync(CmsDatabase database, Publication publication, long cursor, IReadOnlyList<Change> changes, CancellationToken cancel)
    {
        if (changes.Count == 0) return;
        var hooks = await database.Webhooks.Select(hook => hook.Id).ToListAsync(cancel);
        if (hooks.Count == 0) return;
        var body = Encoding.UTF8.GetString(Body(publication, cursor, changes));
        database.WebhookMessages.AddRange(hooks.Select(hook => new WebhookMessage { WebhookId = hook, Publication = publication.Id, Body = body, WrittenAt = publication.At, NextAt = publication.At }));
    }

    /// <summary>Which documents came or went, by id, kind and language; none of their words.</summary>
    private static byte[] Body(Publication publication, long cursor, IReadOnlyList<Change> changes) => DocumentJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("event", "publication");
        json.WriteString("publication", publication.Id.ToString());
        json.WriteString("at", InstantPattern.ExtendedIso.Format(publication.At));
        json.WriteString("cursor", cursor.ToString());
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("id", change.Document);
            json.WriteString("kind", change.Kind);
            json.WriteString("language", change.Language);
            json.WriteString("change", change.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}

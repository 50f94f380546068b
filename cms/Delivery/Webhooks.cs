using System.Net;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;

namespace Portal.Cms.Delivery;

/// <summary>Adds and removes webhooks.</summary>
internal sealed class Webhooks(CmsDatabase database, IDataProtectionProvider protection, CmsSettings settings, AuditLog audit, TimeProvider time)
{
    /// <summary>Fewest characters of a secret.</summary>
    public const int LeastSecret = 24;

    /// <summary>Most webhooks there may be.</summary>
    public const int Most = 20;

    /// <summary>What the secrets are sealed for.</summary>
    public const string Purpose = "Portal.Cms.Delivery.Webhook";

    public Task<List<Webhook>> AllAsync(CancellationToken cancel) => database.Webhooks.AsNoTracking().OrderBy(hook => hook.AddedAt).ToListAsync(cancel);

    /// <summary>The last messages of every webhook, newest first.</summary>
    public Task<List<WebhookMessage>> MessagesAsync(int most, CancellationToken cancel) => database.WebhookMessages.AsNoTracking().OrderByDescending(message => message.Id).Take(most).ToListAsync(cancel);

    /// <summary>What is wrong with an address; null where nothing is. Where its name leads is looked at with every try.</summary>
    public string? Mistake(string? url)
    {
        if (!Uri.TryCreate(url?.Trim(), UriKind.Absolute, out var address) || address.Host.Length == 0) return "Write a whole address, such as https://example.org/hook.";
        if (address.UserInfo.Length > 0) return "Leave name and password out of the address.";
        if (settings.WebhooksToLoopback && address.IsLoopback) return null;
        if (address.Scheme != Uri.UriSchemeHttps) return "The address must begin with https://.";
        return address.IsLoopback || (IPAddress.TryParse(address.IdnHost, out var number) && !PublicAddress.IsPublic(number)) ? "The address is on this machine or a private network. Use one on the internet." : null;
    }

    public async Task AddAsync(Actor actor, string url, string secret, CancellationToken cancel)
    {
        var hook = new Webhook
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Url = url.Trim(),
            Secret = protection.CreateProtector(Purpose).Protect(secret.Trim()),
            AddedAt = Instant.FromDateTimeOffset(time.GetUtcNow()),
            AddedBy = actor.Name,
        };
        database.Webhooks.Add(hook);
        audit.Add(database, actor, "delivery.webhook.add", hook.Id.ToString(), new Uri(hook.Url).Host);
        await database.SaveChangesAsync(cancel);
    }

    public async Task RemoveAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await database.Webhooks.FirstOrDefaultAsync(hook => hook.Id == id, cancel) is not { } hook) return;
        database.Webhooks.Remove(hook);
        audit.Add(database, actor, "delivery.webhook.remove", hook.Id.ToString(), new Uri(hook.Url).Host);
        await database.SaveChangesAsync(cancel);
    }
}

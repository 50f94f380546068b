using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Staff;

namespace Portal.Cms.Delivery;

/// <summary>Lets a program read drafts through the interface. Only the hash of what it carries is kept.</summary>
public sealed class DeliveryToken
{
    /// <summary>What a token of this kind may do.</summary>
    public const string Scope = "preview:read";

    public required Guid Id { get; init; }

    /// <summary>What it is for, in the Owner's words.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public required Instant MadeAt { get; init; }

    public required string MadeBy { get; init; }

    /// <summary>The first instant at which it is refused.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>Day in Kent it was last used, ISO 8601; null for never. The day is enough to see that it lies idle.</summary>
    public string? LastUsed { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<DeliveryToken>
    {
        public void Configure(EntityTypeBuilder<DeliveryToken> builder)
        {
            builder.HasKey(token => token.Id);
            builder.HasIndex(token => token.Hash).IsUnique();
        }
    }
}

/// <summary>Makes, checks and revokes tokens.</summary>
internal sealed class DeliveryTokens(CmsDatabase database, AuditLog audit, TimeProvider time)
{
    /// <summary>Longest life of a token, in days.</summary>
    public const int LongestDays = 366;

    private const string Scheme = "Bearer ";

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public Task<List<DeliveryToken>> AllAsync(CancellationToken cancel) => database.DeliveryTokens.AsNoTracking().OrderBy(token => token.ExpiresAt).ToListAsync(cancel);

    /// <summary>The token itself, never to be seen again.</summary>
    /// <param name="days">1 to <see cref="LongestDays"/>.</param>
    public async Task<string> MakeAsync(Actor actor, string name, int days, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, LongestDays);
        var secret = Token.New();
        var token = new DeliveryToken { Id = Guid.CreateVersion7(time.GetUtcNow()), Name = name.Trim(), Hash = Token.Hash(secret), MadeAt = Now, MadeBy = actor.Name, ExpiresAt = Now + Duration.FromDays(days) };
        database.DeliveryTokens.Add(token);
        audit.Add(database, actor, "delivery.token.make", token.Id.ToString(), $"{token.Name}, {days} days, {DeliveryToken.Scope}");
        await database.SaveChangesAsync(cancel);
        return secret;
    }

    public async Task RevokeAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        if (await database.DeliveryTokens.FirstOrDefaultAsync(token => token.Id == id, cancel) is not { } token) return;
        database.DeliveryTokens.Remove(token);
        audit.Add(database, actor, "delivery.token.revoke", token.Id.ToString(), token.Name);
        await database.SaveChangesAsync(cancel);
    }

    /// <param name="header">The Authorization header; empty for none.</param>
    public async Task<bool> IsGoodAsync(string header, CancellationToken cancel)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var (hash, now) = (Token.Hash(header[Scheme.Length..].Trim()), Now);
        var token = await database.DeliveryTokens.AsNoTracking().FirstOrDefaultAsync(token => token.Hash == hash && token.ExpiresAt > now, cancel);
        if (token is null) return false;
        var today = now.InZone(LondonTime.Zone).Date.ToString("uuuu-MM-dd", null);
        if (token.LastUsed != today) await database.DeliveryTokens.Where(each => each.Id == token.Id).ExecuteUpdateAsync(set => set.SetProperty(each => each.LastUsed, today), cancel);
        return true;
    }
}

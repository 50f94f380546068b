using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Sharing;

/// <summary>A link with which somebody without an account sees one revision of one text as the page it would be.</summary>
public sealed class PreviewLink
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the token, lower-case hexadecimal. The token itself was shown once and is nowhere.</summary>
    public required string Hash { get; init; }

    public required string Path { get; init; }

    /// <summary>The revision shown: what was shared, not what was written since.</summary>
    public required Guid RevisionId { get; init; }

    public required string MadeBy { get; init; }

    public required Instant MadeAt { get; init; }

    /// <summary>The first instant at which it is refused.</summary>
    public required Instant ExpiresAt { get; init; }

    public Instant? OpenedAt { get; set; }

    public Instant? RevokedAt { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<PreviewLink>
    {
        public void Configure(EntityTypeBuilder<PreviewLink> builder)
        {
            builder.HasKey(link => link.Id);
            builder.HasIndex(link => link.Hash).IsUnique();
            builder.HasIndex(link => link.Path);
        }
    }
}

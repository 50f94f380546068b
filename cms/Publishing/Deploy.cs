using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Publishing;

/// <summary>What became of a publication on the host that serves the site to the public.</summary>
public sealed class Deploy
{
    public required Guid PublicationId { get; init; }

    /// <summary>The host's own id; null before it knows of it.</summary>
    public string? HostId { get; set; }

    /// <summary>When the host said that it serves it; null until then.</summary>
    public Instant? LiveSince { get; set; }

    /// <summary>Why it is not live, the last time it was tried; null where nothing went wrong yet.</summary>
    public string? Failure { get; set; }

    public int Failures { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<Deploy>
    {
        public void Configure(EntityTypeBuilder<Deploy> builder) => builder.HasKey(deploy => deploy.PublicationId);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Publishing;

/// <summary>Bytes kept once by their hash: media, and the files of the last publications.</summary>
public sealed class StoredFile
{
    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

#pragma warning disable CA1819 // The column's bytes as they are; nobody keeps a row to change it.
    public required byte[] Bytes { get; init; }
#pragma warning restore CA1819

    private sealed class Shape : IEntityTypeConfiguration<StoredFile>
    {
        public void Configure(EntityTypeBuilder<StoredFile> builder) => builder.HasKey(file => file.Hash);
    }
}

/// <summary>A site as it was put in place: which file had which bytes. Never changed.</summary>
public sealed class Publication
{
    public required Guid Id { get; init; }

    public required Instant At { get; init; }

    /// <summary>Who asked, or <c>schedule</c>.</summary>
    public required string By { get; init; }

    /// <summary>What it was for, in a line.</summary>
    public required string What { get; init; }

    /// <summary>A line for each file: hash, space, path; in ordinal order of the paths. Empty once it is no longer among those kept.</summary>
    public required string Manifest { get; set; }

    public int Written { get; init; }

    public int Removed { get; init; }

    /// <summary>Why it is not live; null where it is.</summary>
    public string? Failure { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<Publication>
    {
        public void Configure(EntityTypeBuilder<Publication> builder)
        {
            builder.HasKey(publication => publication.Id);
            builder.HasIndex(publication => publication.At);
        }
    }
}

/// <summary>A wish to publish, written with what it publishes in one transaction and taken off when the site is in place.</summary>
public sealed class OutboxRow
{
    public long Id { get; init; }

    public required Instant At { get; init; }

    public required string By { get; init; }

    public required string What { get; init; }

    private sealed class Shape : IEntityTypeConfiguration<OutboxRow>
    {
        public void Configure(EntityTypeBuilder<OutboxRow> builder) => builder.HasKey(row => row.Id);
    }
}

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

/// <summary>A site as it was put in place, or why it was not. Never changed.</summary>
public sealed class Publication
{
    public required Guid Id { get; init; }

    /// <summary>1 for the first; two publications of one instant have an order too.</summary>
    public required long Number { get; init; }

    /// <summary>When the texts were looked up that it shows: what was approved by then is in it.</summary>
    public required Instant At { get; init; }

    /// <summary>Who asked, or <c>schedule</c>.</summary>
    public required string By { get; init; }

    /// <summary>What it was for, in a line.</summary>
    public required string What { get; init; }

    /// <summary>The day in Kent it was made for, ISO 8601: campaigns and notices follow the day.</summary>
    public string Day { get; init; } = string.Empty;

    /// <summary>Hash of which revision of each text and which bytes of each media file it was made of.</summary>
    public string Inputs { get; init; } = string.Empty;

    /// <summary>Hash of the program that made it.</summary>
    public string Program { get; init; } = string.Empty;

    /// <summary>The earlier publication whose files it put in place again, or could not; null for one made of the texts.</summary>
    public Guid? RollBackOf { get; init; }

    public int Written { get; init; }

    public int Removed { get; init; }

    /// <summary>Why it is not live; null where it is.</summary>
    public string? Failure { get; init; }

    /// <summary>True for a roll back that could not be: what stood there stands, and it is not tried again.</summary>
    public bool IsRefusedRollBack => Failure is not null && RollBackOf is not null;

    private sealed class Shape : IEntityTypeConfiguration<Publication>
    {
        public void Configure(EntityTypeBuilder<Publication> builder)
        {
            builder.HasKey(publication => publication.Id);
            builder.Ignore(publication => publication.IsRefusedRollBack);
            builder.HasIndex(publication => publication.Number).IsUnique();
        }
    }
}

/// <summary>Which file of a publication had which bytes; only the last publications have one.</summary>
public sealed class Manifest
{
    public required Guid PublicationId { get; init; }

#pragma warning disable CA1819 // The column's bytes as they are; nobody keeps a row to change it.
    /// <summary>A line for each file: hash, space, path; then what it was made of, see <see cref="MadeOf"/>; compressed (Brotli).</summary>
    public required byte[] Lines { get; init; }
#pragma warning restore CA1819

    private sealed class Shape : IEntityTypeConfiguration<Manifest>
    {
        public void Configure(EntityTypeBuilder<Manifest> builder) => builder.HasKey(manifest => manifest.PublicationId);
    }
}

/// <summary>A wish to publish, written with what it publishes in one transaction and taken off when the site is in place.</summary>
public sealed class OutboxRow
{
    /// <summary>In the place of a publication: the wish that a roll back ends.</summary>
    public static readonly Guid End = Guid.Empty;

    public long Id { get; init; }

    public required Instant At { get; init; }

    public required string By { get; init; }

    public required string What { get; init; }

    /// <summary>The publication whose files are wished back, or <see cref="End"/>; null for a wish that something changed, which waits while the site is rolled back.</summary>
    public Guid? RollBackTo { get; init; }

    private sealed class Shape : IEntityTypeConfiguration<OutboxRow>
    {
        public void Configure(EntityTypeBuilder<OutboxRow> builder) => builder.HasKey(row => row.Id);
    }
}

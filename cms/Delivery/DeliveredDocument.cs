using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Delivery;

/// <summary>
/// One document in one language as it was published: the bytes the headless interface answers with, made in the
/// publication's own transaction and never changed. A later publication ends it and may put another in its place; one
/// that ended without another is what the list of changes calls gone.
/// </summary>
public sealed class DeliveredDocument
{
    public long Id { get; init; }

    /// <summary>Path of the document: <c>guides/leaving-home</c>.</summary>
    public required string Document { get; init; }

    public required string Language { get; init; }

    /// <summary>Name of its kind, as in a file.</summary>
    public required string Kind { get; init; }

    /// <summary>Topics, each between two spaces.</summary>
    public required string Topics { get; init; }

    /// <summary>Id of a district, <c>all</c>, or empty.</summary>
    public required string District { get; init; }

    /// <summary>What the document says, in lower-case hexadecimal SHA-256: the instant of the change apart.</summary>
    public required string Hash { get; init; }

    /// <summary>Strong entity tag of <see cref="Bytes"/>, with its quotes.</summary>
    public required string Tag { get; init; }

    /// <summary>When these bytes came to be delivered: the instant they tell, or that of a roll back.</summary>
    public required Instant ChangedAt { get; init; }

    /// <summary>Bytes of <see cref="Bytes"/> that stand in a list, without the brace that closes them.</summary>
    public required int ItemLength { get; init; }

#pragma warning disable CA1819 // The column's bytes as they are; nobody keeps a row to change it.
    /// <summary>UTF-8 JSON; empty once no publication that is kept has it.</summary>
    public required byte[] Bytes { get; init; }
#pragma warning restore CA1819

    /// <summary>Number of the first edition that has it.</summary>
    public required long From { get; init; }

    /// <summary>Number of the first edition after it that has it no more; null while it is public.</summary>
    public long? Until { get; init; }

    /// <summary>When it ended; null while it is public.</summary>
    public Instant? GoneAt { get; init; }

    private sealed class Shape : IEntityTypeConfiguration<DeliveredDocument>
    {
        public void Configure(EntityTypeBuilder<DeliveredDocument> builder)
        {
            builder.HasKey(row => row.Id);
            builder.HasIndex(row => new { row.Document, row.Language, row.From }).IsUnique();
            builder.HasIndex(row => row.Until);
        }
    }
}

/// <summary>A publication that changed what the interface delivers. The newest is what it answers from.</summary>
public sealed class DeliveryEdition
{
    /// <summary>1 for the first, without gaps: the cursor of the list of changes.</summary>
    public required long Number { get; init; }

    public required Guid Publication { get; init; }

    public required Instant At { get; init; }

#pragma warning disable CA1819 // As above.
    /// <summary>What the interface says of the site as a whole: UTF-8 JSON, but for number and instant.</summary>
    public required byte[] Site { get; init; }
#pragma warning restore CA1819

    private sealed class Shape : IEntityTypeConfiguration<DeliveryEdition>
    {
        public void Configure(EntityTypeBuilder<DeliveryEdition> builder)
        {
            builder.HasKey(edition => edition.Number);
            builder.Property(edition => edition.Number).ValueGeneratedNever();
            builder.HasIndex(edition => edition.At);
        }
    }
}

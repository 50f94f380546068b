using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Audit;

/// <summary>One act of somebody, chained to the act before it: a row that is changed, added or taken out later breaks the chain.</summary>
public sealed class AuditRow
{
    /// <summary>1 for the first, without gaps.</summary>
    public required long Number { get; init; }

    public required Instant At { get; init; }

    public Guid? ActorId { get; init; }

    public required string Actor { get; init; }

    /// <summary>A dotted verb: <c>document.publish</c>, <c>staff.role.grant</c>.</summary>
    public required string Act { get; init; }

    /// <summary>What it concerned: a path, an account's id.</summary>
    public required string Subject { get; init; }

    /// <summary>A reason or the change, in a line; never personal data of the public.</summary>
    public string Detail { get; init; } = string.Empty;

    /// <summary>SHA-256 over the row before and this row, in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    private sealed class Shape : IEntityTypeConfiguration<AuditRow>
    {
        public void Configure(EntityTypeBuilder<AuditRow> builder)
        {
            builder.HasKey(row => row.Number);
            builder.Property(row => row.Number).ValueGeneratedNever();
            builder.HasIndex(row => row.Subject);
        }
    }
}

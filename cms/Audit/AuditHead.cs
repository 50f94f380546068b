using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Cms.Audit;

/// <summary>
/// Where the log ends, in one row. Writers queue for it, so that each sees the hash of the one before; and a log cut off
/// at its end, whose chain is still whole, no longer agrees with it.
/// </summary>
public sealed class AuditHead
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>Number of the last row; 0 for an empty log.</summary>
    public long Number { get; set; }

    public string Hash { get; set; } = AuditChain.Beginning;

    private sealed class Shape : IEntityTypeConfiguration<AuditHead>
    {
        public void Configure(EntityTypeBuilder<AuditHead> builder)
        {
            builder.HasKey(head => head.Id);
            builder.Property(head => head.Id).ValueGeneratedNever();
            builder.HasData(new AuditHead());
        }
    }
}

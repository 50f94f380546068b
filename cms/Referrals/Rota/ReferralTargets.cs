using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Cms.Referrals.Rota;

/// <summary>What the service promises itself, in one row. Nothing has a default that is a promise.</summary>
public sealed class ReferralTargets
{
    /// <summary>The only row.</summary>
    public const int One = 1;

    public int Id { get; init; } = One;

    /// <summary>Hours within which an urgent message is opened, 1 to 72; null while nobody decided.</summary>
    public int? UrgentHours { get; set; }

    /// <summary>Hours within which any other message is opened, 1 to 240; null while nobody decided.</summary>
    public int? OtherHours { get; set; }

    /// <summary>First staffed hour of each day from Monday, with a hyphen and the last, a comma between days; a day without is empty. Empty while nobody decided.</summary>
    public string StaffedHours { get; set; } = string.Empty;

    /// <summary>Days that words are kept after hand-over, 1 to 90.</summary>
    public int DaysAfterHandOver { get; set; } = 30;

    /// <summary>Days that words are kept after they were first read, 1 to 365.</summary>
    public int DaysAfterReading { get; set; } = 90;

    public long Version { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<ReferralTargets>
    {
        public void Configure(EntityTypeBuilder<ReferralTargets> builder)
        {
            builder.HasKey(targets => targets.Id);
            builder.Property(targets => targets.Id).ValueGeneratedNever();
            builder.Property(targets => targets.Version).IsConcurrencyToken();
        }
    }
}

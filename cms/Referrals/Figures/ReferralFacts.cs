using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Cms.Referrals.Figures;

/// <summary>
/// What is counted of a message, as staff confirmed it after reading. It outlives the words; its tie to the message is cut
/// when they are deleted. Empty texts are what the list of missing data names.
/// </summary>
public sealed class ReferralFacts
{
    public required Guid Id { get; init; }

    /// <summary>The message; null once its words are deleted.</summary>
    public Guid? ReferralId { get; set; }

    /// <summary>The quarter it came in, in Kent, as <c>2026-Q4</c>.</summary>
    public required string Quarter { get; init; }

    /// <summary>Self, friend, or the field of work of whoever referred (clause 4.1).</summary>
    public string Source { get; set; } = string.Empty;

    /// <summary>Id of the district, or moving, outside, unsure.</summary>
    public string District { get; set; } = string.Empty;

    public string AgeBand { get; set; } = string.Empty;

    /// <summary>Code of the language spoken, or <c>other</c>.</summary>
    public string Language { get; set; } = string.Empty;

    public string Outcome { get; set; } = string.Empty;

    public required bool Urgent { get; init; }

    /// <summary>Whole hours from its coming to the first try to reach somebody; null while none was made.</summary>
    public int? ResponseHours { get; set; }

    /// <summary>The target of that day in hours; null where there was none.</summary>
    public int? TargetHours { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<ReferralFacts>
    {
        public void Configure(EntityTypeBuilder<ReferralFacts> builder)
        {
            builder.HasKey(facts => facts.Id);
            builder.HasIndex(facts => facts.ReferralId).IsUnique();
            builder.HasIndex(facts => facts.Quarter);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Leave;

/// <summary>What one night's check of the leave button's two pages found.</summary>
public sealed class LeaveCheck
{
    /// <summary>The night, by its date in Kent, ISO 8601: however many hosts check, one result stands.</summary>
    public required string Night { get; init; }

    public required Instant At { get; init; }

    /// <summary>The first choice then.</summary>
    public required string First { get; init; }

    /// <summary>Why it did not answer; null where it did.</summary>
    public string? FirstFault { get; init; }

    /// <summary>The second choice then; null where there was none.</summary>
    public string? Second { get; init; }

    /// <summary>Why it did not answer; null where it did or there was none.</summary>
    public string? SecondFault { get; init; }

    /// <summary>True where the site leads to the second choice from then on.</summary>
    public bool UsesSecond { get; init; }

    private sealed class Shape : IEntityTypeConfiguration<LeaveCheck>
    {
        public void Configure(EntityTypeBuilder<LeaveCheck> builder) => builder.HasKey(check => check.Night);
    }
}

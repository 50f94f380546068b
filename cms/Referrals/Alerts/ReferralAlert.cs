using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Referrals.Alerts;

/// <summary>
/// A mail that says there is work to do, and nothing else. A wish names nobody; when its time has come it becomes a letter
/// to each person whom it concerns then, and each letter waits here until a server has taken it.
/// </summary>
public sealed class ReferralAlert
{
    public required Guid Id { get; init; }

    public required AlertKind Kind { get; init; }

    /// <summary>Whose address it goes to.</summary>
    public required ReferralGroup Group { get; init; }

    public required Instant WantedAt { get; init; }

    /// <summary>Not before this instant is it tried.</summary>
    public required Instant NextAt { get; set; }

    public int Tries { get; set; }

    /// <summary>Account that the letter goes to; null for a wish.</summary>
    public Guid? To { get; init; }

    /// <summary>When a server took the letter, or letters were made of the wish; null while it waits.</summary>
    public Instant? SentAt { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<ReferralAlert>
    {
        public void Configure(EntityTypeBuilder<ReferralAlert> builder)
        {
            builder.HasKey(alert => alert.Id);
            builder.HasIndex(alert => alert.SentAt);
        }
    }
}

/// <summary>Why there is work to do.</summary>
public enum AlertKind
{
    /// <summary>Messages wait; told once for many.</summary>
    Waiting,

    /// <summary>An urgent one came; told at once.</summary>
    Urgent,

    /// <summary>One lay unread past its target, and the form has closed by itself.</summary>
    Overdue,
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Referrals.Rota;

/// <summary>The form was opened or closed. The newest row counts; without one it is closed.</summary>
public sealed class FormSwitch
{
    public required Guid Id { get; init; }

    public required Instant At { get; init; }

    public required bool Open { get; init; }

    /// <summary>Account; null where it closed by itself because a message lay unread past its target.</summary>
    public Guid? By { get; init; }

    /// <summary>Why it was closed: one of a list, never words.</summary>
    public FormReason Why { get; init; }

    private sealed class Shape : IEntityTypeConfiguration<FormSwitch>
    {
        public void Configure(EntityTypeBuilder<FormSwitch> builder)
        {
            builder.HasKey(each => each.Id);
            builder.HasIndex(each => each.At);
        }
    }
}

/// <summary>Why the form is closed.</summary>
public enum FormReason
{
    None,

    /// <summary>A message lay unread past its target.</summary>
    Overdue,
    TooFewStaff,
    TooManyMessages,
    Holiday,
    Trouble,
    SafetyConcern,
}

/// <summary>Who answers messages on a day, and who does where they cannot.</summary>
public sealed class RotaDay
{
    /// <summary>In Kent, as <c>2026-12-01</c>.</summary>
    public required string Date { get; init; }

    public required Guid OnDuty { get; set; }

    /// <summary>Absence cover; null where nobody was named.</summary>
    public Guid? Cover { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<RotaDay>
    {
        public void Configure(EntityTypeBuilder<RotaDay> builder) => builder.HasKey(day => day.Date);
    }
}

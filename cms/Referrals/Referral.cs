using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Referrals;

/// <summary>
/// A sealed message to the service. What stands outside the seal is all that is here: who wrote, about whom, from where
/// and in which language is inside, for together these would tell who it is.
/// </summary>
public sealed class Referral
{
    /// <summary>Random, so that the order of arrival tells nothing.</summary>
    public required Guid Id { get; init; }

    /// <summary>Eight random letters that the visitor is shown and staff see in the list.</summary>
    public required string Reference { get; init; }

    /// <summary>SHA-256 of the key that makes a second try harmless; null 48 hours after it came.</summary>
#pragma warning disable CA1819 // The column's bytes as they are; nobody keeps a row to change it.
    public byte[]? RetryHash { get; set; }
#pragma warning restore CA1819

    /// <summary>Id of the key set it was sealed to.</summary>
    public required string KeySet { get; init; }

    /// <summary>Recipients that <see cref="Header"/> wraps its key for, in ordinal order with a space between: the file itself hides them.</summary>
    public required string Readers { get; set; }

    /// <summary>The hour it came in, minutes cut off.</summary>
    public required Instant Received { get; init; }

    /// <summary>Length of the padded text in KiB: 4, 16 or 32.</summary>
    public required int SizeClass { get; init; }

    public required ReferralGroup Group { get; set; }

    /// <summary>Under 16, or a safeguarding concern: a professional's high risk, or a worry about somebody who works here.</summary>
    public required bool Urgent { get; init; }

    /// <summary>What staff said of need and risk after reading: it orders what was read.</summary>
    public ReferralNeed Need { get; set; }

    public ReferralState State { get; set; }

    /// <summary>False where a form without JavaScript was posted and its second step never came: shown to staff, labelled.</summary>
    public bool Confirmed { get; set; } = true;

    /// <summary>SHA-256 of the token that confirms it; null where it is confirmed.</summary>
#pragma warning disable CA1819 // The column's bytes as they are; nobody keeps a row to change it.
    public byte[]? ConfirmHash { get; set; }
#pragma warning restore CA1819

    /// <summary>The check for a human failed: a label, never a refusal and never a lower place.</summary>
    public bool Unchecked { get; init; }

    /// <summary>The header of the sealed file: written anew when readers come or go; null once deleted.</summary>
#pragma warning disable CA1819 // The column's bytes as they are; nobody keeps a row to change it.
    public byte[]? Header { get; set; }
#pragma warning restore CA1819

    /// <summary>The rest of the sealed file, which never changes; null once deleted.</summary>
#pragma warning disable CA1819 // The column's bytes as they are; nobody keeps a row to change it.
    public byte[]? Payload { get; set; }
#pragma warning restore CA1819

    /// <summary>First time somebody's browser said that it showed its words; null while it is unread, however often its file was given out.</summary>
    public Instant? OpenedAt { get; set; }

    /// <summary>When it was passed on; null while it was not.</summary>
    public Instant? HandedOverAt { get; set; }

    /// <summary>When work on it ended; null while it goes on.</summary>
    public Instant? ClosedAt { get; set; }

    /// <summary>Account it is assigned to; null for nobody.</summary>
    public Guid? AssignedTo { get; set; }

    /// <summary>Days after hand-over that the form promised when it came in; null where that is not known.</summary>
    public int? PromisedAfterHandOver { get; set; }

    /// <summary>Days after reading that the form promised when it came in, at most; null where that is not known.</summary>
    public int? PromisedAfterReading { get; set; }

    /// <summary>Kept until then beyond the usual days; null for the usual. It counts with a reason alone.</summary>
    public Instant? KeptUntil { get; set; }

    /// <summary>Why it is kept longer: one of a list, never words.</summary>
    public KeepReason KeptFor { get; set; }

    /// <summary>Raised by every write; a write that brings an older one is refused.</summary>
    public long Version { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<Referral>
    {
        public void Configure(EntityTypeBuilder<Referral> builder)
        {
            builder.HasKey(referral => referral.Id);
            builder.HasIndex(referral => referral.Reference).IsUnique();
            builder.HasIndex(referral => referral.RetryHash).IsUnique();
            builder.HasIndex(referral => referral.State);
            builder.Property(referral => referral.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>Who may open a message.</summary>
public enum ReferralGroup
{
    /// <summary>The referral workers.</summary>
    Team,

    /// <summary>The safeguarding lead alone: somebody worries about a person who works here.</summary>
    Lead,
}

/// <summary>How far work on a message has come.</summary>
public enum ReferralState
{
    /// <summary>Nobody has read it.</summary>
    New,

    /// <summary>Somebody has read it.</summary>
    Opened,

    /// <summary>Somebody tries to reach the person.</summary>
    InProgress,

    /// <summary>Passed to a service that helps.</summary>
    HandedOver,

    /// <summary>Work has ended otherwise.</summary>
    Closed,

    /// <summary>Its words are gone; the row stays for the log.</summary>
    Deleted,
}

/// <summary>What staff say of need and risk after reading. No score: one choice, which orders the list.</summary>
public enum ReferralNeed
{
    /// <summary>Nobody has said: one that came in as urgent counts as high, any other as standard.</summary>
    None,
    High,
    Standard,
    Low,
}

/// <summary>Why a message is kept beyond its days.</summary>
public enum KeepReason
{
    None,
    Complaint,
    CourtOrder,
    SafeguardingEnquiry,
    PersonAsked,
}

/// <summary>One try to reach somebody. Only choices: words would be personal data outside the seal.</summary>
public sealed class ContactAttempt
{
    public required Guid Id { get; init; }

    public required Guid ReferralId { get; init; }

    public required Instant At { get; init; }

    /// <summary>Account of whoever tried.</summary>
    public required Guid By { get; init; }

    public required ContactChannel Channel { get; init; }

    public required ContactOutcome Outcome { get; init; }

    private sealed class Shape : IEntityTypeConfiguration<ContactAttempt>
    {
        public void Configure(EntityTypeBuilder<ContactAttempt> builder)
        {
            builder.HasKey(attempt => attempt.Id);
            builder.HasOne<Referral>().WithMany().HasForeignKey(attempt => attempt.ReferralId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>How somebody was to be reached.</summary>
public enum ContactChannel
{
    Phone,
    Text,
    Email,
    InPerson,

    /// <summary>Through the professional who referred, on their published number.</summary>
    Referrer,
}

/// <summary>What came of it.</summary>
public enum ContactOutcome
{
    Reached,
    NoAnswer,
    NotSafeToTalk,
    WrongDetails,
}

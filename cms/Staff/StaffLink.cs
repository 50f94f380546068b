using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Staff;

/// <summary>A link that lets somebody choose a passphrase, once. It is deleted when it is used.</summary>
public sealed class StaffLink
{
    /// <summary>SHA-256 of the token, lower-case hexadecimal.</summary>
    public required string Id { get; init; }

    public required LinkKind Kind { get; init; }

    /// <summary>Whose passphrase; null for the first Owner's set-up.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The first instant at which it is refused.</summary>
    public required Instant ExpiresAt { get; init; }

    private sealed class Shape : IEntityTypeConfiguration<StaffLink>
    {
        public void Configure(EntityTypeBuilder<StaffLink> builder)
        {
            builder.HasKey(link => link.Id);
            builder.HasOne<Account>().WithMany().HasForeignKey(link => link.AccountId);
        }
    }
}

/// <summary>What a link is for.</summary>
public enum LinkKind
{
    /// <summary>Makes the first Owner.</summary>
    SetUp,

    /// <summary>A new member of staff chooses their first passphrase.</summary>
    Invite,

    /// <summary>A new passphrase; second factors stay.</summary>
    Reset,

    /// <summary>A new passphrase, and second factors are taken away: the phone is lost.</summary>
    ResetAll,
}

/// <summary>One of ten codes on paper, for the day the phone is lost. Deleted when it is used.</summary>
public sealed class RecoveryCode
{
    public required Guid AccountId { get; init; }

    /// <summary>SHA-256 of the code, lower-case hexadecimal; a code has 80 bits, so that no slower hash is needed.</summary>
    public required string Hash { get; init; }

    private sealed class Shape : IEntityTypeConfiguration<RecoveryCode>
    {
        public void Configure(EntityTypeBuilder<RecoveryCode> builder)
        {
            builder.HasKey(code => new { code.AccountId, code.Hash });
            builder.HasOne<Account>().WithMany().HasForeignKey(code => code.AccountId);
        }
    }
}

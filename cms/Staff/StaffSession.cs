using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Staff;

/// <summary>One signed-in browser. Deleting the row ends it with the next request.</summary>
public sealed class StaffSession
{
    /// <summary>SHA-256 of the key in the cookie, lower-case hexadecimal: a copy of the table signs nobody in.</summary>
    public required string Id { get; init; }

    public required Guid AccountId { get; init; }

    public required Instant CreatedAt { get; init; }

    /// <summary>The last request, to half a minute.</summary>
    public required Instant SeenAt { get; set; }

    /// <summary>True once a code, a recovery code or a passkey was given.</summary>
    public bool SecondFactor { get; set; }

    /// <summary>The ticket, protected, in base 64.</summary>
    public required string Ticket { get; init; }

    private sealed class Shape : IEntityTypeConfiguration<StaffSession>
    {
        public void Configure(EntityTypeBuilder<StaffSession> builder)
        {
            builder.HasKey(session => session.Id);
            builder.HasIndex(session => session.AccountId);
            builder.HasOne<Account>().WithMany().HasForeignKey(session => session.AccountId);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Bundles;

/// <summary>Texts that go live and leave together: a campaign with its page, its notice and its languages.</summary>
public sealed class Bundle
{
    public required Guid Id { get; init; }

    public required string Name { get; set; }

    public BundleState State { get; set; }

    /// <summary>When it is to go live once approved; null for at once.</summary>
    public Instant? PublishAt { get; set; }

    /// <summary>When it leaves the site by itself; null for never.</summary>
    public Instant? ExpireAt { get; set; }

    /// <summary>Since when it is public as a whole; null while it is not.</summary>
    public Instant? LiveSince { get; set; }

    public Guid? SubmittedById { get; set; }

    public string? SubmittedBy { get; set; }

    public Instant? SubmittedAt { get; set; }

    /// <summary>What the second person wrote, why it was held back at its instant, or what of it stays though it left; empty for nothing.</summary>
    public string Comment { get; set; } = string.Empty;

    /// <summary>Raised by every write; a write that brings an older one is refused.</summary>
    public long Version { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<Bundle>
    {
        public void Configure(EntityTypeBuilder<Bundle> builder)
        {
            builder.HasKey(bundle => bundle.Id);
            builder.Property(bundle => bundle.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>One text of a bundle. A text may be in several.</summary>
public sealed class BundleMember
{
    public required Guid BundleId { get; init; }

    public required string Path { get; init; }

    /// <summary>The revision that was submitted, and that alone may go live with the bundle; null while it is composed.</summary>
    public Guid? RevisionId { get; set; }

    /// <summary>The revision that went live with the bundle; null while none did.</summary>
    public Guid? Placed { get; set; }

    /// <summary>What was public when the bundle went live, and is again once it is withdrawn; the same as <see cref="Placed"/> where the bundle found it there, null where nothing was.</summary>
    public Guid? Before { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<BundleMember>
    {
        public void Configure(EntityTypeBuilder<BundleMember> builder)
        {
            builder.HasKey(member => new { member.BundleId, member.Path });
            builder.HasOne<Bundle>().WithMany().HasForeignKey(member => member.BundleId);
            builder.HasIndex(member => member.Path);
        }
    }
}

/// <summary>Where a bundle stands on its way to the public.</summary>
public enum BundleState
{
    /// <summary>Being put together, or sent back, or held back.</summary>
    Draft,

    /// <summary>Waiting for a second person.</summary>
    InReview,

    /// <summary>Approved, waiting for its instant.</summary>
    Scheduled,

    /// <summary>Public.</summary>
    Published,

    /// <summary>Was public and was taken off the site as one.</summary>
    Withdrawn,
}

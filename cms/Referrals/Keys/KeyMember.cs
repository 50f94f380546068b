using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Referrals.Keys;

/// <summary>
/// Somebody who can open messages: their public key, and their identity as they wrapped it in their browser. Neither the
/// identity nor the passphrase has ever been here.
/// </summary>
public sealed class KeyMember
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>Public key, <c>age1…</c>.</summary>
    public required string Recipient { get; init; }

    /// <summary>Their identity, sealed with a passphrase (age, scrypt); only they are given it. Empty once it has ended.</summary>
#pragma warning disable CA1819 // The column's bytes as they are; nobody keeps a row to change it.
    public required byte[] Wrapped { get; set; }
#pragma warning restore CA1819

    public required Instant MadeAt { get; init; }

    /// <summary>When somebody with access let them in; null while they wait: a key alone opens nothing.</summary>
    public Instant? AdmittedAt { get; set; }

    /// <summary>When it ended; null while it is good.</summary>
    public Instant? EndedAt { get; set; }

    /// <summary>Ends it for good. Nobody needs the identity any more, and no copy of the database made from now on has it.</summary>
    public void End(Instant now) => (EndedAt, Wrapped) = (now, []);

    private sealed class Shape : IEntityTypeConfiguration<KeyMember>
    {
        public void Configure(EntityTypeBuilder<KeyMember> builder)
        {
            builder.HasKey(member => member.Id);
            builder.HasIndex(member => member.AccountId);
            builder.HasIndex(member => member.Recipient).IsUnique();
        }
    }
}

/// <summary>The key that is kept on paper or a stick in a safe, and that the organisation can open everything with.</summary>
public sealed class RecoveryKey
{
    public required Guid Id { get; init; }

    /// <summary>Public key, <c>age1…</c>.</summary>
    public required string Recipient { get; init; }

    public required Instant MadeAt { get; init; }

    /// <summary>When somebody proved that its identity opens a file sealed to it; null while nobody has.</summary>
    public Instant? CheckedAt { get; set; }

    /// <summary>SHA-256 of the word that the test file holds; null once it was told right.</summary>
#pragma warning disable CA1819 // The column's bytes as they are; nobody keeps a row to change it.
    public byte[]? TestHash { get; set; }
#pragma warning restore CA1819

    public Instant? EndedAt { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<RecoveryKey>
    {
        public void Configure(EntityTypeBuilder<RecoveryKey> builder) => builder.HasKey(key => key.Id);
    }
}

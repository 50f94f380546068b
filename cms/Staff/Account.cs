using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Staff;

/// <summary>A member of staff.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>The name colleagues see.</summary>
    public required string Name { get; set; }

    public required Instant Since { get; init; }

    /// <summary>True where they may no longer sign in; their next request is refused.</summary>
    public bool Disabled { get; set; }

    /// <summary>The secret of their authenticator app, protected; null where they have none.</summary>
    public string? CodeSecret { get; set; }

    /// <summary>The half minute, counted from 1970, of the last code that was accepted: no code is good twice.</summary>
    public long CodeStep { get; set; }
}

/// <summary>What an account may do. Nothing is allowed that no grant allows.</summary>
public sealed class Grant
{
    public required Guid AccountId { get; init; }

    public required Role Role { get; init; }

    /// <summary>For a translator the one language of this grant; empty for every other role.</summary>
    public string Language { get; init; } = string.Empty;

    private sealed class Shape : IEntityTypeConfiguration<Grant>
    {
        public void Configure(EntityTypeBuilder<Grant> builder) => builder.HasKey(grant => new { grant.AccountId, grant.Role, grant.Language });
    }
}

/// <summary>The roles of the CMS.</summary>
public enum Role
{
    /// <summary>Writes documents in the base language.</summary>
    Author,

    /// <summary>Writes the languages their grants name.</summary>
    Translator,

    /// <summary>Approves or sends back what somebody else wrote.</summary>
    Reviewer,

    /// <summary>Lets what was approved go live now or at another time, withdraws and rolls back; never approves.</summary>
    Publisher,

    /// <summary>Navigation, notices, campaigns, interface texts, redirects, media.</summary>
    CommunicationsLead,

    /// <summary>Staff accounts and settings; never a key to a referral.</summary>
    Owner,

    /// <summary>Reads the log and nothing else.</summary>
    Auditor,

    /// <summary>Opens and answers messages of people who write to the service. Never an Owner too.</summary>
    ReferralWorker,

    /// <summary>The same, of both groups; keys, rota, targets, the switch. Never an Owner too.</summary>
    SafeguardingLead,

    /// <summary>Sees what was done with messages, and no word of them. Never an Owner too.</summary>
    ReferralAuditor,
}

using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Delivery;
using Portal.Cms.Documents;
using Portal.Cms.Leave;
using Portal.Cms.Media;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;

namespace Portal.Cms.Database;

/// <summary>
/// Everything the CMS remembers, in SQLite or PostgreSQL. Each slice keeps its own tables; nothing of it is held in
/// memory longer than a request, so that two instances may share one database.
/// </summary>
public abstract class CmsDatabase(DbContextOptions options) : IdentityUserContext<Account, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<Revision> Revisions => Set<Revision>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<ReviewRequest> Reviews => Set<ReviewRequest>();

    public DbSet<StoredFile> Files => Set<StoredFile>();

    public DbSet<MediaFile> Media => Set<MediaFile>();

    public DbSet<Publication> Publications => Set<Publication>();

    public DbSet<Manifest> Manifests => Set<Manifest>();

    public DbSet<Deploy> Deploys => Set<Deploy>();

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<LeaveCheck> LeaveChecks => Set<LeaveCheck>();

    public DbSet<DeliveredDocument> Delivered => Set<DeliveredDocument>();

    public DbSet<DeliveryEdition> DeliveryEditions => Set<DeliveryEdition>();

    public DbSet<DeliveryToken> DeliveryTokens => Set<DeliveryToken>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookMessage> WebhookMessages => Set<WebhookMessage>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    public DbSet<Grant> Grants => Set<Grant>();

    public DbSet<StaffSession> Sessions => Set<StaffSession>();

    public DbSet<StaffLink> Links => Set<StaffLink>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Acts that the next save chains to the log, in the order they were noted.</summary>
    internal List<AuditNote> Notes { get; } = [];

    /// <summary>The first version that stores passkeys.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <summary>Saves, together with the acts noted since the last save: either both are kept or neither.</summary>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) => Notes.Count == 0
        ? base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
        : AuditChain.SaveAsync(this, () => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);

    /// <exception cref="InvalidOperationException">An act was noted: the log is written by the asynchronous save alone.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => Notes.Count == 0
        ? base.SaveChanges(acceptAllChangesOnSuccess)
        : throw new InvalidOperationException("An act waits for the audit log; save with SaveChangesAsync.");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Instant>().HaveConversion<InstantTicks>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CmsDatabase).Assembly);
    }
}

/// <summary>The database as one file.</summary>
public sealed class SqliteDatabase(DbContextOptions<SqliteDatabase> options) : CmsDatabase(options);

/// <summary>The database on a server.</summary>
public sealed class PostgresDatabase(DbContextOptions<PostgresDatabase> options) : CmsDatabase(options);

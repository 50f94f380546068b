using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Delivery;

/// <summary>An address that is told of each publication.</summary>
public sealed class Webhook
{
    public required Guid Id { get; init; }

    public required string Url { get; init; }

    /// <summary>The shared secret, sealed with the keys of the CMS.</summary>
    public required string Secret { get; init; }

    public required Instant AddedAt { get; init; }

    public required string AddedBy { get; init; }

    private sealed class Shape : IEntityTypeConfiguration<Webhook>
    {
        public void Configure(EntityTypeBuilder<Webhook> builder) => builder.HasKey(hook => hook.Id);
    }
}

/// <summary>What one webhook is to be told of one publication, written with the publication; kept for a while after so that the result can be seen.</summary>
public sealed class WebhookMessage
{
    public long Id { get; init; }

    public required Guid WebhookId { get; init; }

    public required Guid Publication { get; init; }

    /// <summary>JSON, exactly as it is sent.</summary>
    public required string Body { get; init; }

    public required Instant WrittenAt { get; init; }

    /// <summary>Not before this instant is it sent again.</summary>
    public required Instant NextAt { get; set; }

    /// <summary>How often it was sent.</summary>
    public int Tries { get; set; }

    public WebhookState State { get; set; }

    /// <summary>What came of the last try, in a few words.</summary>
    public string Result { get; set; } = string.Empty;

    private sealed class Shape : IEntityTypeConfiguration<WebhookMessage>
    {
        public void Configure(EntityTypeBuilder<WebhookMessage> builder)
        {
            builder.HasKey(message => message.Id);
            builder.HasOne<Webhook>().WithMany().HasForeignKey(message => message.WebhookId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(message => new { message.State, message.WebhookId });
        }
    }
}

/// <summary>How far a message has come.</summary>
public enum WebhookState
{
    Waiting,
    Sent,

    /// <summary>Nobody took it in <see cref="WebhookSender.LongestDays"/> days.</summary>
    GivenUp,
}

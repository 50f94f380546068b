using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

using Portal.Cms.Media;

namespace Portal.Cms.Documents;

/// <summary>One saved state of a text, whole, exactly as it would stand in a file. Never changed, never deleted.</summary>
public sealed class Revision
{
    public required Guid Id { get; init; }

    public required string Path { get; init; }

    /// <summary>1 for the first of its path.</summary>
    public required int Number { get; init; }

    public required string Text
    {
        get;
        init => (field, Media) = (value, MediaMentions.Column(value));
    }

    /// <summary>Paths of media files that the text names, each between two blanks; kept so that lists need not read texts.</summary>
    public string Media { get; private init; } = string.Empty;

    /// <summary>The account that saved it; null for an import.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>Their name then, or <c>import</c>.</summary>
    public required string Author { get; init; }

    public required Instant At { get; init; }

    /// <summary>Why, in the author's words; may be empty.</summary>
    public string Note { get; init; } = string.Empty;

    private sealed class Shape : IEntityTypeConfiguration<Revision>
    {
        public void Configure(EntityTypeBuilder<Revision> builder)
        {
            builder.HasKey(revision => revision.Id);
            builder.HasIndex(revision => new { revision.Path, revision.Number }).IsUnique();
        }
    }
}

/// <summary>What somebody typed and has not saved: kept on the server after each pause, thrown away when it is saved.</summary>
public sealed class Draft
{
    public required string Path { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>The revision they began with; null for a new document.</summary>
    public Guid? BasedOn { get; set; }

    public required string Text { get; set; }

    public required Instant At { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<Draft>
    {
        public void Configure(EntityTypeBuilder<Draft> builder) => builder.HasKey(draft => new { draft.Path, draft.AccountId });
    }
}

/// <summary>A second person's look at a revision.</summary>
public sealed class ReviewRequest
{
    public required Guid Id { get; init; }

    public required string Path { get; init; }

    /// <summary>What is to be looked at; a later revision of the same words takes its place.</summary>
    public required Guid RevisionId { get; set; }

    public required Guid SubmittedById { get; init; }

    public required string SubmittedBy { get; init; }

    public required Instant SubmittedAt { get; init; }

    public Instant? PublishAt { get; init; }

    public Guid? DecidedById { get; set; }

    public string? DecidedBy { get; set; }

    public Instant? DecidedAt { get; set; }

    /// <summary>True for approved, false for sent back; null while it waits.</summary>
    public bool? Approved { get; set; }

    public string Comment { get; set; } = string.Empty;

    private sealed class Shape : IEntityTypeConfiguration<ReviewRequest>
    {
        public void Configure(EntityTypeBuilder<ReviewRequest> builder)
        {
            builder.HasKey(review => review.Id);
            builder.HasIndex(review => new { review.Path, review.DecidedAt });
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Documents;

/// <summary>
/// One text of the site by its path in a content folder: a document in one language, a table of strings, the settings, a
/// table of data. What it says stands in its revisions; here stand the columns that lists and the publisher need.
/// </summary>
public sealed class Entry
{
    /// <summary>Path below <c>content/</c>: <c>pages/guides/leaving-home/pl.md</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Path of the document, <c>guides/leaving-home</c>; null for a text that is no document.</summary>
    public string? Document { get; init; }

    /// <summary>Language code; the base language's for a text that is no document.</summary>
    public required string Language { get; init; }

    /// <summary>Name of the document's kind, or <c>strings</c>, <c>settings</c>, <c>data</c>.</summary>
    public required string Kind { get; set; }

    public required string Title { get; set; }

    /// <summary>Who answers for the text, from its front matter; empty where nobody is named.</summary>
    public string Owner { get; set; } = string.Empty;

    /// <summary>Topics from the front matter, each between two spaces, so that one can be looked for.</summary>
    public string Topics { get; set; } = string.Empty;

    /// <summary>Day of the next review, ISO 8601; null where none is set.</summary>
    public string? ReviewBy { get; set; }

    /// <summary>District of a place, from its text; null for what is no place.</summary>
    public string? District { get; set; }

    /// <summary>Day somebody last confirmed a place by telephone, ISO 8601; null where nobody has, or for what is no place.</summary>
    public string? VerifiedOn { get; set; }

    /// <summary>True for a refuge, whose place is never written down.</summary>
    public bool IsRefuge { get; set; }

    /// <summary>True where the text tells where a place is. The database refuses it together with <see cref="IsRefuge"/>.</summary>
    public bool HoldsPlace { get; set; }

    /// <summary>True for a record that reaches no output, and for its translations. The database refuses it together with <see cref="Live"/>.</summary>
    public bool Confidential { get; set; }

    /// <summary>True for a place that one can go to and that may be shown: somebody confirms it by telephone again and again.</summary>
    public bool NeedsConfirming { get; set; }

    /// <summary>How far a translation has come as its text says, <c>needs-review</c>; null for what is no translation.</summary>
    public string? Progress { get; set; }

    /// <summary>Who reviewed a translation and on which day, ISO 8601; null while nobody did.</summary>
    public string? ReviewedBy { get; set; }

    public string? ReviewedOn { get; set; }

    /// <summary>Blocks and fields of the English text as it was last saved; 0 for what is no translation.</summary>
    public int Parts { get; set; }

    /// <summary>How many of <see cref="Parts"/> the saved translation has not, or has for an older English text.</summary>
    public int Stale { get; set; }

    public EntryState State { get; set; }

    /// <summary>The newest saved revision.</summary>
    public Guid Head { get; set; }

    /// <summary>The revision that is public; null while none is.</summary>
    public Guid? Live { get; set; }

    public Instant? LiveSince { get; set; }

    /// <summary>When the approved revision goes live; null for at once.</summary>
    public Instant? PublishAt { get; set; }

    /// <summary>When the text leaves the site by itself; null for never.</summary>
    public Instant? ExpireAt { get; set; }

    public Instant UpdatedAt { get; set; }

    /// <summary>Name of who saved last.</summary>
    public required string UpdatedBy { get; set; }

    /// <summary>Raised by every write; a write that brings an older one is refused.</summary>
    public long Version { get; set; }

    /// <summary>True where the saved text differs from the public one.</summary>
    public bool HasUnpublished => Live != Head;

    private sealed class Shape : IEntityTypeConfiguration<Entry>
    {
        public void Configure(EntityTypeBuilder<Entry> builder)
        {
            builder.HasKey(entry => entry.Path);
            builder.ToTable(table =>
            {
                // The last wall: whatever a program does wrong, these rows cannot be written.
                table.HasCheckConstraint("CK_Entries_RefugeHoldsNoPlace", "NOT (\"IsRefuge\" AND \"HoldsPlace\")");
                table.HasCheckConstraint("CK_Entries_ConfidentialIsNotPublic", "NOT (\"Confidential\" AND \"Live\" IS NOT NULL)");
            });
            builder.Property(entry => entry.Version).IsConcurrencyToken();
            builder.Ignore(entry => entry.HasUnpublished);
            builder.HasIndex(entry => new { entry.Kind, entry.Language, entry.Title });
            builder.HasIndex(entry => entry.Document);
            builder.HasIndex(entry => new { entry.Language, entry.Progress, entry.State, entry.Stale });
            builder.HasIndex(entry => entry.UpdatedAt);
        }
    }
}

/// <summary>Where a text stands on its way to the public.</summary>
public enum EntryState
{
    /// <summary>Being written, whether or not an older text is public.</summary>
    Draft,

    /// <summary>Waiting for a second person.</summary>
    InReview,

    /// <summary>Approved, waiting for its instant.</summary>
    Scheduled,

    /// <summary>Public as saved.</summary>
    Published,

    /// <summary>Was public and was taken off the site, by a person or by its date.</summary>
    Withdrawn,
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

using Portal.Content.Reading;

namespace Portal.Cms.Media;

/// <summary>A picture, video or download by its path below <c>media/</c>. The bytes are kept by their hash.</summary>
public sealed class MediaFile
{
    public required string Path { get; init; }

    public required string Hash { get; set; }

    public required long Length { get; set; }

    public required Instant AddedAt { get; set; }

    public required string AddedBy { get; set; }

    /// <summary>The text beside the file as it stands in a content folder, to the byte; empty where there is none.</summary>
    public string Notes { get; set; } = string.Empty;

    /// <summary>The folder, without a slash at its end; empty at the top.</summary>
    public string Folder => Path.LastIndexOf('/') is var at and > 0 ? Path[..at] : string.Empty;

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public MediaType? Type => MediaType.Find(Path);

    public bool IsPicture => Type?.Group == MediaGroup.Picture;

    /// <summary>What is known about the file; nothing where its text was imported and is wrong.</summary>
    public MediaNotes ReadNotes() => MediaNotes.Read(Path, Notes, []) ?? MediaNotes.None;

    private sealed class Shape : IEntityTypeConfiguration<MediaFile>
    {
        public void Configure(EntityTypeBuilder<MediaFile> builder)
        {
            builder.HasKey(file => file.Path);

            // A write that was made beside other bytes or other words than those it read is refused.
            builder.Property(file => file.Hash).IsConcurrencyToken();
            builder.Property(file => file.Notes).IsConcurrencyToken();
            builder.Ignore(file => file.Folder).Ignore(file => file.Name).Ignore(file => file.Type).Ignore(file => file.IsPicture);
        }
    }
}

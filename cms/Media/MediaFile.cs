using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

using NodaTime;

namespace Portal.Cms.Media;

/// <summary>A picture, video or download by its path below <c>media/</c>. The bytes are kept by their hash.</summary>
public sealed class MediaFile
{
    public required string Path { get; init; }

    public required string Hash { get; set; }

    public required long Length { get; set; }

    public required Instant AddedAt { get; set; }

    public required string AddedBy { get; set; }

    private sealed class Shape : IEntityTypeConfiguration<MediaFile>
    {
        public void Configure(EntityTypeBuilder<MediaFile> builder) => builder.HasKey(file => file.Path);
    }
}

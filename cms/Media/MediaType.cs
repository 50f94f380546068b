namespace Portal.Cms.Media;

/// <summary>A kind of file the library takes.</summary>
/// <param name="Ending">With its dot. A file's path ends in what its bytes are.</param>
/// <param name="ContentType">What the bytes are served as.</param>
/// <param name="Spoken">What staff call it: "a JPEG picture".</param>
/// <param name="Most">Most bytes of one file.</param>
public sealed record MediaType(string Ending, string ContentType, MediaGroup Group, string Spoken, long Most)
{
    private const long MegaByte = 1_000_000;

    /// <summary>Most bytes of one picture: a phone's photograph has 3 to 8 million.</summary>
    public const long MostPicture = 15 * MegaByte;

    public const long MostDocument = 15 * MegaByte;

    /// <summary>Most bytes of a film. Visitors pay for their data, and the site's files are held in memory while it is built.</summary>
    public const long MostVideo = 60 * MegaByte;

    public const long MostSound = 20 * MegaByte;

    public const long MostText = MegaByte;

    /// <summary>Most bytes of one upload, all its files together.</summary>
    public const long MostUpload = 100 * MegaByte;

    public static MediaType Jpeg { get; } = new(".jpg", "image/jpeg", MediaGroup.Picture, "a JPEG picture", MostPicture);

    public static MediaType Png { get; } = new(".png", "image/png", MediaGroup.Picture, "a PNG picture", MostPicture);

    public static MediaType WebP { get; } = new(".webp", "image/webp", MediaGroup.Picture, "a WebP picture", MostPicture);

    public static MediaType Pdf { get; } = new(".pdf", "application/pdf", MediaGroup.Document, "a PDF document", MostDocument);

    public static MediaType Word { get; } = new(".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", MediaGroup.Document, "a Word document", MostDocument);

    public static MediaType Excel { get; } = new(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", MediaGroup.Document, "an Excel workbook", MostDocument);

    public static MediaType PowerPoint { get; } = new(".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", MediaGroup.Document, "a PowerPoint presentation", MostDocument);

    public static MediaType Text { get; } = new(".txt", "text/plain; charset=utf-8", MediaGroup.Document, "plain text", MostText);

    public static MediaType Mp4 { get; } = new(".mp4", "video/mp4", MediaGroup.Video, "an MP4 video", MostVideo);

    public static MediaType WebM { get; } = new(".webm", "video/webm", MediaGroup.Video, "a WebM video", MostVideo);

    public static MediaType Captions { get; } = new(".vtt", "text/vtt; charset=utf-8", MediaGroup.Captions, "a captions file", MostText);

    public static MediaType Mp3 { get; } = new(".mp3", "audio/mpeg", MediaGroup.Sound, "an MP3 recording", MostSound);

    public static IReadOnlyList<MediaType> All { get; } = [Jpeg, Png, WebP, Pdf, Word, Excel, PowerPoint, Text, Captions, Mp4, WebM, Mp3];

    /// <summary>The type a path says it has; null where it is none of ours, as an import may bring.</summary>
    public static MediaType? Find(string path) => All.FirstOrDefault(type => path.EndsWith(type.Ending, StringComparison.OrdinalIgnoreCase))
        ?? (path.EndsWith(".jpeg", StringComparison.OrdinalIgnoreCase) ? Jpeg : null);
}

/// <summary>What a list of files can be narrowed to.</summary>
public enum MediaGroup
{
    Picture,

    Document,

    Video,

    Captions,

    Sound,
}

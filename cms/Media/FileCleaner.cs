namespace Portal.Cms.Media;

/// <summary>
/// Takes out of a film, a recording or a document what says who made it, where, when and with what. What people see and
/// hear in it stays to the byte; a file that would go on naming somebody is refused. Pictures have <see cref="PictureCleaner"/>;
/// plain text and captions hold nothing but their words.
/// </summary>
internal static class FileCleaner
{
    /// <param name="type">As <see cref="MediaSniffer"/> told it from the bytes.</param>
    public static CleanFile Clean(byte[] bytes, MediaType type)
    {
        var clean = CleanerOf(type)(bytes);
        return clean.Bytes is { } kept && MediaSniffer.Of(kept).Type != type ? CleanFile.Refused($"is broken: it begins like {type.Spoken} and holds none. Save it again and upload that.") : clean;
    }

    private static Func<byte[], CleanFile> CleanerOf(MediaType type) => type.Ending switch
    {
        ".mp4" => Mp4Cleaner.Clean,
        ".webm" => WebMCleaner.Clean,
        ".mp3" => Mp3Cleaner.Clean,
        ".pdf" => PdfCleaner.Clean,
        ".docx" or ".xlsx" or ".pptx" => OfficeCleaner.Clean,
        ".txt" or ".vtt" => CleanFile.Kept,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A picture is cleaned by decoding it."),
    };
}

using Portal.Cms.Publishing;
using Portal.Content.Languages;
using Portal.Content.Reading;
using Portal.Content.Rules;

namespace Portal.Cms.Media;

/// <summary>A file somebody chose, looked at.</summary>
/// <param name="Bytes">What is kept; null where it is refused.</param>
/// <param name="Refusal">Why, and what to do; empty where it is taken.</param>
internal sealed record CheckedUpload(MediaType? Type, byte[]? Bytes, string Refusal);

/// <summary>Decides whether a file may come in, by its bytes, its size, its pixels and the title inside it, and cleans what does.</summary>
internal sealed class UploadCheck(PictureCleaner pictures, SiteContent content)
{
    private IReadOnlyDictionary<string, IReadOnlyList<string>>? sensitive;

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> SensitiveWordsAsync(CancellationToken cancel = default) =>
        sensitive ??= ContentReader.SensitiveWords(await content.TextsAsync(["data/sensitive-words.yaml"], cancel));

    /// <param name="name">As the browser sent it; it must say what the bytes are.</param>
    public async Task<CheckedUpload> RunAsync(string name, IFormFile file, CancellationToken cancel = default)
    {
        if (file.Length > MediaType.MostVideo) return new(null, null, $"'{name}' is larger than {Size(MediaType.MostVideo)}, the most that is taken. Make it smaller.");
        using var memory = new MemoryStream((int)file.Length);
        await file.CopyToAsync(memory, cancel);
        return await RunAsync(name, memory.ToArray(), cancel);
    }

    public async Task<CheckedUpload> RunAsync(string name, byte[] bytes, CancellationToken cancel = default)
    {
        var (type, what, remedy) = MediaSniffer.Of(bytes);
        if (type is null) return new(null, null, $"'{name}' is {what}. {remedy}");
        var ending = Path.GetExtension(name);
        if (ending.Length > 0 && MediaType.Find(name) != type)
            return new(type, null, $"'{name}' is not what its name says: it is {what}. If that is right, change the ending of its name to {type.Ending} and upload it again; else choose the right file.");
        if (bytes.Length > type.Most) return new(type, null, $"'{name}' has {Size(bytes.Length)}; {what} may have at most {Size(type.Most)}. Make it smaller.");
        if (await TitleFaultAsync(bytes, type, cancel) is { } fault) return new(type, null, $"'{name}' {fault}");
        var clean = type.Group == MediaGroup.Picture ? await pictures.CleanAsync(bytes, type, cancel) : FileCleaner.Clean(bytes, type);
        return new(type, clean.Bytes, clean.Bytes is null ? $"'{name}' {clean.Refusal}" : string.Empty);
    }

    public static string Size(long bytes) => bytes >= 1_000_000 ? $"{bytes / 1e6:0.#} MB" : $"{Math.Max(1, bytes / 1000)} kB";

    private async Task<string?> TitleFaultAsync(byte[] bytes, MediaType type, CancellationToken cancel)
    {
        if (FileTitles.Of(bytes, type) is not { } titles) return "is locked with a passphrase or against changes. Save it without protection and upload that.";
        var words = await SensitiveWordsAsync(cancel);
        foreach (var title in titles)
            if (NeutralNames.Find(title, words, Language.Base) is { } word)
                return $"has the title, subject or keywords '{Shortened(title)}' in its properties, with the word '{word}'. A viewer shows that in its tab and its history. Change it under File, Properties (or Info), save, and upload it again.";
        return null;
    }

    private static string Shortened(string title) => title.Length <= 80 ? title : title[..80] + "…";
}

using NetVips;

using Portal.Cms.Hosting;

namespace Portal.Cms.Media;

/// <summary>Small WebP pictures for the staff pages, made once and kept beside the site by the hash of their source.</summary>
internal sealed class Thumbnails(CmsSettings settings)
{
    /// <summary>Longest side in pixels: in a list, and on the picture's own page.</summary>
    public const int InList = 240;

    public const int OnPage = 960;

    private string Folder => Path.Combine(settings.SiteFolder + ".cache", "thumbs");

    /// <summary>Null where the source is no picture that can be read.</summary>
    /// <param name="bytes">Asked for only where none is kept yet.</param>
    public async Task<byte[]?> OfAsync(string hash, int size, Func<Task<byte[]>> bytes, CancellationToken cancel = default)
    {
        var file = FileOf(hash, size);
        if (File.Exists(file)) return await File.ReadAllBytesAsync(file, cancel);
        if (Make(await bytes(), size) is not { } made) return null;
        Directory.CreateDirectory(Folder);
        var draft = $"{file}.{Path.GetRandomFileName()}"; // Two requests may make the same one: the last move stays.
        await File.WriteAllBytesAsync(draft, made, cancel);
        File.Move(draft, file, overwrite: true);
        return made;
    }

    /// <summary>Takes away what was made of bytes that are gone.</summary>
    public void Forget(string hash)
    {
        foreach (var file in new[] { FileOf(hash, InList), FileOf(hash, OnPage) }.Where(File.Exists)) File.Delete(file);
    }

    private string FileOf(string hash, int size) => Path.Combine(Folder, $"{hash}-{size}.webp");

    private static byte[]? Make(byte[] bytes, int size)
    {
        if (MediaSniffer.Of(bytes).Type is not { Group: MediaGroup.Picture }) return null;
        NetVips.NetVips.BlockUntrusted = true;
        try
        {
            using var small = Image.ThumbnailBuffer(bytes, size, height: size, size: Enums.Size.Down, outputProfile: "srgb");
            return small.WebpsaveBuffer(70, keep: Enums.ForeignKeep.None);
        }
        catch (VipsException)
        {
            return null;
        }
    }
}

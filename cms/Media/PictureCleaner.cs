using NetVips;

using Portal.Site.Media;

namespace Portal.Cms.Media;

/// <summary>
/// Takes everything but the pixels out of a picture: place, time, camera, hidden text, whatever stands behind its end;
/// and turns it upright. Only the loader of the type that was told from the bytes is called. One picture at a time, since
/// each may take some 150 MB.
/// </summary>
internal sealed class PictureCleaner : IDisposable
{
    private const int Quality = 95; // Once at this quality nobody sees; the site encodes its own from the result.

    private readonly SemaphoreSlim turn = new(1, 1);

    public async Task<CleanFile> CleanAsync(byte[] bytes, MediaType type, CancellationToken cancel = default)
    {
        await turn.WaitAsync(cancel);
        try
        {
            return Clean(bytes, type);
        }
        catch (VipsException)
        {
            return CleanFile.Refused($"is broken: it begins like {type.Spoken} and cannot be read to its end. Save it again and upload that.");
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private static CleanFile Clean(byte[] bytes, MediaType type)
    {
        NetVips.NetVips.BlockUntrusted = true;

        // Opening reads the header alone; pixels are decoded when they are saved, which a picture too large never is.
        using var image = Open(bytes, type);
        var pixels = (long)image.Width * image.Height;
        if (pixels > PictureEncoder.MostPixels)
            return CleanFile.Refused($"has {Math.Ceiling(pixels / 1e6):0} megapixels ({image.Width} by {image.Height}); at most {PictureEncoder.MostPixels / 1_000_000} are taken. Make it smaller, such as 3000 pixels wide.");
        if (image.Contains("n-pages") && image.Get("n-pages") is int pages && pages > 1)
            return CleanFile.Refused("moves. Save one still of it, or upload a video with captions.");

        using var upright = image.Autorot();
        return CleanFile.Kept(Save(upright, type, IsLossless(bytes)));
    }

    private static Image Open(byte[] bytes, MediaType type) => type.Ending switch
    {
        ".jpg" => Image.JpegloadBuffer(bytes, failOn: Enums.FailOn.Truncated),
        ".png" => Image.PngloadBuffer(bytes, failOn: Enums.FailOn.Truncated),
        _ => Image.WebploadBuffer(bytes, failOn: Enums.FailOn.Truncated),
    };

    /// <summary>The colour profile stays: without it the colours would change.</summary>
    private static byte[] Save(Image image, MediaType type, bool isLossless) => type.Ending switch
    {
        ".jpg" => image.JpegsaveBuffer(Quality, optimizeCoding: true, subsampleMode: Enums.ForeignSubsample.Off, keep: Enums.ForeignKeep.Icc),
        ".png" => image.PngsaveBuffer(keep: Enums.ForeignKeep.Icc),
        _ => image.WebpsaveBuffer(Quality, lossless: isLossless, keep: Enums.ForeignKeep.Icc),
    };

    /// <summary>True for a WebP picture whose pixels are kept exactly.</summary>
    private static bool IsLossless(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, 4096)].IndexOf("VP8L"u8) > 0;
}

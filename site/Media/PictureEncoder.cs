using System.Security.Cryptography;

using NetVips;

using Portal.Content.Blocks;
using Portal.Content.Reading;
using Portal.Site.Building;

namespace Portal.Site.Media;

/// <summary>
/// Encodes pictures at five widths as AVIF, WebP and JPEG, metadata stripped and turned upright, and keeps what it made
/// beside the output by the hash of the source, so that a picture is encoded once. One picture at a time in the whole
/// process, whoever asks: each takes some 330 MiB, and previews ask beside the publisher.
/// </summary>
internal sealed class PictureEncoder(string cache)
{
    // A change of settings makes new files, not stale ones.
    private const string Recipe = "1";
    private const int AvifQuality = 50;
    private const int AvifEffort = 3;
    private const int WebpQuality = 75;
    private const int JpegQuality = 78;

    /// <summary>Pixels of the largest picture taken. A phone's usual 12 megapixels are three times inside it.</summary>
    public const long MostPixels = 36_000_000;

    private static readonly int[] Widths = [320, 640, 960, 1280, 1920];

    private static readonly Lock Turn = new();

    /// <summary>True for the kinds it encodes, by extension.</summary>
    public static bool Handles(string path) => Path.GetExtension(path).ToUpperInvariant() is ".PNG" or ".JPG" or ".JPEG" or ".WEBP";

    /// <summary>The picture's addresses; its files are handed to <paramref name="add"/>.</summary>
    /// <param name="focus">Stays in sight where the shape leaves a part out.</param>
    /// <exception cref="InvalidDataException">The file is no picture, or too large.</exception>
    public EncodedPicture Encode(string path, byte[] source, Action<string, byte[]> add, PictureShape shape = PictureShape.Whole, FocalPoint? focus = null)
    {
        NetVips.NetVips.BlockUntrusted = true;
        var (wholeWidth, wholeHeight) = Size(path, source);
        var part = PicturePart.Of(wholeWidth, wholeHeight, shape, focus ?? FocalPoint.Middle);
        var (width, height) = (part.Width, part.Height);
        var recipe = shape == PictureShape.Whole ? Recipe : $"{Recipe} {part}";
        var hash = Convert.ToHexStringLower(SHA256.HashData([.. source, .. System.Text.Encoding.UTF8.GetBytes(recipe)]))[..10];
        var widths = Widths.Where(each => each < width).Append(Math.Min(width, Widths[^1])).Distinct().ToList();

        var name = Path.GetFileNameWithoutExtension(path);
        var sets = new Dictionary<string, List<string>> { ["avif"] = [], ["webp"] = [], ["jpg"] = [] };
        var files = widths.SelectMany(each => sets.Keys.Select(format => (Width: each, Format: format, Kept: Path.Combine(cache, $"{hash}-{each}.{format}")))).ToList();

        // What is kept waits for nobody. Whoever waited finds kept what the one before them made of the same picture.
        if (files.TrueForAll(each => File.Exists(each.Kept))) AddAll();
        else lock (Turn) AddAll();

        var largest = widths[^1];
        return new(largest, (int)Math.Round((double)height * largest / width),
            [("image/avif", string.Join(", ", sets["avif"])), ("image/webp", string.Join(", ", sets["webp"]))],
            $"/{SiteAssets.Folder}/{name}-{largest}.{hash}.jpg", string.Join(", ", sets["jpg"]));

        void AddAll()
        {
            foreach (var (each, format, kept) in files)
            {
                var file = $"{SiteAssets.Folder}/{name}-{each}.{hash}.{format}";
                add(file, Cached(kept, () => Make(source, shape == PictureShape.Whole ? null : part, each, format)));
                sets[format].Add($"/{file} {each}w");
            }
        }
    }

    private static (int Width, int Height) Size(string path, byte[] source)
    {
        try
        {
            using var image = Image.NewFromBuffer(source);
            if ((long)image.Width * image.Height > MostPixels) throw new InvalidDataException($"media/{path} has more than {MostPixels:N0} pixels. Make it smaller.");
            using var upright = image.Autorot();
            return (upright.Width, upright.Height);
        }
        catch (VipsException error)
        {
            throw new InvalidDataException($"media/{path} is not a picture this site can read. Save it as PNG, JPEG or WebP.", error);
        }
    }

    private static byte[] Make(byte[] source, PicturePart? part, int width, string format)
    {
        // The profile is thrown away with the metadata, so colours are brought to sRGB first. The height is no limit.
        using var small = part is null ? Image.ThumbnailBuffer(source, width, height: 100_000, size: Enums.Size.Down, outputProfile: "srgb") : Cut(source, part, width);
        using var flat = format == "jpg" && small.HasAlpha() ? small.Flatten([255.0, 255.0, 255.0]) : small.Copy();
        return format switch
        {
            "avif" => flat.HeifsaveBuffer(AvifQuality, compression: Enums.ForeignHeifCompression.Av1, effort: AvifEffort, keep: Enums.ForeignKeep.None),
            "webp" => flat.WebpsaveBuffer(WebpQuality, keep: Enums.ForeignKeep.None),
            _ => flat.JpegsaveBuffer(JpegQuality, optimizeCoding: true, interlace: true, keep: Enums.ForeignKeep.None),
        };
    }

    private static Image Cut(byte[] source, PicturePart part, int width)
    {
        using var image = Image.NewFromBuffer(source);
        using var upright = image.Autorot();
        using var cut = upright.Crop(part.Left, part.Top, part.Width, part.Height);
        return cut.ThumbnailImage(width, height: 100_000, size: Enums.Size.Down, outputProfile: "srgb");
    }

    private byte[] Cached(string file, Func<byte[]> make)
    {
        if (File.Exists(file)) return File.ReadAllBytes(file);

        var bytes = make();
        Directory.CreateDirectory(cache);
        var draft = $"{file}.{Path.GetRandomFileName()}"; // Two processes may make the same picture at once: each its own draft, the last move stays.
        File.WriteAllBytes(draft, bytes);
        File.Move(draft, file, overwrite: true);
        return bytes;
    }
}

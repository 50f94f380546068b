using Portal.Content.Blocks;
using Portal.Content.Reading;

namespace Portal.Site.Media;

/// <summary>The part of an upright picture that is shown, in its pixels.</summary>
internal sealed record PicturePart(int Left, int Top, int Width, int Height)
{
    /// <summary>The largest part of the shape, its middle as near to the focal point as the edges let it.</summary>
    public static PicturePart Of(int width, int height, PictureShape shape, FocalPoint focus)
    {
        if (shape == PictureShape.Whole) return new(0, 0, width, height);
        var ratio = shape == PictureShape.Wide ? 2 : 1; // Width by height.
        var cutWidth = Math.Max(1, (int)Math.Min(width, (long)height * ratio));
        var cutHeight = Math.Max(1, cutWidth / ratio);
        return new(Start(width, cutWidth, focus.X), Start(height, cutHeight, focus.Y), cutWidth, cutHeight);
    }

    private static int Start(int whole, int part, int percent) => Math.Clamp((int)(((long)whole * percent / 100) - (part / 2)), 0, whole - part);
}

using Portal.Content.Blocks;
using Portal.Theme;

namespace Portal.Site.Building;

/// <summary>Addresses of the files that pages name: the theme's assets, encoded pictures, prebuilt indexes.</summary>
public sealed class SiteAssets
{
    /// <summary>Folder of everything whose name carries a hash of its bytes.</summary>
    public const string Folder = "assets";

    /// <summary>Pictures by their path below <c>media/</c> and the shape they are cut to.</summary>
    public required IReadOnlyDictionary<(string Media, PictureShape Shape), EncodedPicture> Pictures { get; init; }

    /// <summary>Addresses of other files by a name of their own: <c>gazetteer</c>, <c>search.pl</c>, <c>media/kit/words.txt</c>.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>Address of a style sheet of the theme: <c>site</c>, or <c>home</c> for the start page.</summary>
    public static string Stylesheet(string name) => Address(name + ".css");

    public static string Script(string name) => Address(name + ".js");

    private static string Address(string name) => $"/{Folder}/{ThemeAssets.HashedName(name)}";
}

/// <summary>One picture at its widths in three formats.</summary>
/// <param name="Width">Width of the largest, in pixels.</param>
/// <param name="Height">Height of the largest, in pixels.</param>
/// <param name="Sources">Format's media type and its <c>srcset</c>, best first.</param>
/// <param name="Fallback">Address of the JPEG for browsers that know neither.</param>
/// <param name="FallbackSet">Its <c>srcset</c>.</param>
public sealed record EncodedPicture(int Width, int Height, IReadOnlyList<(string Type, string SourceSet)> Sources, string Fallback, string FallbackSet);

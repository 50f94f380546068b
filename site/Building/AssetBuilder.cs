using System.Security.Cryptography;
using System.Text;

using Portal.Content.Blocks;
using Portal.Content.Places;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Rules;
using Portal.Site.Media;
using Portal.Site.Search;
using Portal.Theme;

namespace Portal.Site.Building;

/// <summary>Puts the files that pages name into the output, before any page is drawn: pages name them by their hash.</summary>
internal static class AssetBuilder
{
    /// <summary>Adds every asset; null where a media file cannot be used, with its problem told.</summary>
    public static SiteAssets? Add(Edition edition, SiteOutput output, string cache, List<Problem> problems)
    {
        foreach (var name in ThemeAssets.Names.Where(name => name != "guard.js" && !ThemeAssets.IsForStaff(name)))
            output.Add($"{SiteAssets.Folder}/{ThemeAssets.HashedName(name)}", ThemeAssets.Read(name).ToArray());

        var files = new Dictionary<string, string> { ["gazetteer"] = AddHashed(output, "places", ".json", Encoding.UTF8.GetBytes(GazetteerScript.Write(edition.Library.Data.Gazetteer))) };
        var indexes = edition.Languages.Where(language => !language.IsSimple).AsParallel()
            .Select(language => (language, Address: AddHashed(output, $"index-{language.Code}", ".json", SearchIndex.Write(edition, language))));
        foreach (var (language, address) in indexes) files[SearchIndex.Name(language)] = address;

        // Only what a public text names: a file that was put beside the others is not published by that.
        var pictures = new Dictionary<(string, PictureShape), EncodedPicture>();
        var encoder = new PictureEncoder(cache);
        foreach (var (media, shape) in MediaUse.Named(edition).OrderBy(use => use.Media, StringComparer.Ordinal).ThenBy(use => use.Shape))
        {
            var bytes = edition.Library.Files.Bytes("media/" + media);
            try
            {
                if (PictureEncoder.Handles(media)) pictures[(media, shape)] = encoder.Encode(media, bytes, output, shape, edition.Library.NotesOf(media).Focus);
                else files["media/" + media] = AddNamed(output, media, bytes);
            }
            catch (InvalidDataException error)
            {
                problems.Add(new("media/" + media, 0, error.Message, "Replace the file."));
            }
        }

        return problems.Any(problem => problem.Weight == Weight.Error) ? null : new() { Pictures = pictures, Files = files };
    }

    private static string AddHashed(SiteOutput output, string name, string extension, byte[] bytes)
    {
        var path = $"{SiteAssets.Folder}/{name}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..8]}{extension}";
        output.Add(path, bytes);
        return "/" + path;
    }

    /// <summary>A download keeps its name, since the downloads folder shows it.</summary>
    private static string AddNamed(SiteOutput output, string media, byte[] bytes)
    {
        output.Add("files/" + media, bytes);
        return "/files/" + media;
    }
}

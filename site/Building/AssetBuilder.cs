using System.Security.Cryptography;
using System.Text;

using Portal.Content.Blocks;
using Portal.Content.Places;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Rules;
using Portal.Site.Contact;
using Portal.Site.Media;
using Portal.Site.Search;
using Portal.Theme;

namespace Portal.Site.Building;

/// <summary>The assets of a build and what they were made of, for the next build.</summary>
/// <param name="Gazetteer">Path of the table of places.</param>
/// <param name="Media">The files made of each media file, by its path below <c>media/</c> and the shape it is cut to.</param>
internal sealed record MadeAssets(SiteAssets Assets, ContentLibrary Library, string Gazetteer, IReadOnlyDictionary<(string Media, PictureShape Shape), IReadOnlyList<string>> Media);

/// <summary>Puts the files that pages name into the output, before any page is drawn: pages name them by their hash.</summary>
internal static class AssetBuilder
{
    /// <summary>Adds every asset; null where a media file cannot be used, with its problem told.</summary>
    public static SiteAssets? Add(Edition edition, SiteOutput output, string cache, List<Problem> problems) =>
        Make(edition, output.Add, _ => { }, cache, problems, last: null)?.Assets;

    /// <summary>The same beside an earlier build: what is made of the same files is not made again.</summary>
    /// <param name="add">Takes a file that was made; called from several threads.</param>
    /// <param name="keep">Takes the path of a file that is as <paramref name="last"/> made it.</param>
    /// <param name="last">An earlier build of this process.</param>
    public static MadeAssets? Make(Edition edition, Action<string, byte[]> add, Action<string> keep, string cache, List<Problem> problems, MadeAssets? last)
    {
        foreach (var name in ThemeAssets.Names.Where(name => name != "guard.js" && !ThemeAssets.IsForStaff(name) && !ThemeAssets.IsForIntake(name)))
        {
            var path = $"{SiteAssets.Folder}/{ThemeAssets.HashedName(name)}";
            if (last is null) add(path, ThemeAssets.Read(name).ToArray());
            else keep(path);
        }

        var library = edition.Library;
        var gazetteer = last is not null && ReferenceEquals(last.Library.Data, library.Data) ? last.Gazetteer : null;
        if (gazetteer is null) gazetteer = AddHashed(add, "places", Encoding.UTF8.GetBytes(GazetteerScript.Write(library.Data.Gazetteer)));
        else keep(gazetteer);
        var files = new Dictionary<string, string> { ["gazetteer"] = "/" + gazetteer };
        if (ContactPages.IntakeOf(edition) is not null)
            foreach (var language in edition.Languages.Where(language => !language.IsSimple)) files[FormFile.Name(language)] = "/" + AddHashed(add, $"form-{language.Code}", FormFile.Write(edition, language));
        var indexes = edition.Languages.Where(language => !language.IsSimple).AsParallel()
            .Select(language => (language, Path: AddHashed(add, $"index-{language.Code}", SearchIndex.Write(edition, language))));
        foreach (var (language, path) in indexes) files[SearchIndex.Name(language)] = "/" + path;

        // Only what a public text names: a file that was put beside the others is not published by that.
        var (pictures, made) = (new Dictionary<(string Media, PictureShape Shape), EncodedPicture>(), new Dictionary<(string Media, PictureShape Shape), IReadOnlyList<string>>());
        var encoder = new PictureEncoder(cache);
        foreach (var use in MediaUse.Named(edition).OrderBy(use => use.Media, StringComparer.Ordinal).ThenBy(use => use.Shape))
        {
            var (media, shape) = use;
            var paths = new List<string>();
            try
            {
                if (last is not null && last.Media.TryGetValue(use, out var before) && library.Files.HasSame("media/" + media, last.Library.Files) && library.NotesOf(media).Focus == last.Library.NotesOf(media).Focus)
                {
                    foreach (var path in before) keep(path);
                    paths.AddRange(before);
                    if (last.Assets.Pictures.TryGetValue(use, out var picture)) pictures[use] = picture;
                }
                else if (PictureEncoder.Handles(media)) pictures[use] = encoder.Encode(media, library.Files.Bytes("media/" + media), Note, shape, library.NotesOf(media).Focus);
                else Note("files/" + media, library.Files.Bytes("media/" + media)); // A download keeps its name, since the downloads folder shows it.

                if (!pictures.ContainsKey(use)) files["media/" + media] = "/files/" + media;
                made[use] = paths;
            }
            catch (InvalidDataException error)
            {
                problems.Add(new("media/" + media, 0, error.Message, "Replace the file."));
            }

            void Note(string path, byte[] bytes)
            {
                paths.Add(path);
                add(path, bytes);
            }
        }

        return problems.Any(problem => problem.Weight == Weight.Error) ? null : new(new() { Pictures = pictures, Files = files }, library, gazetteer, made);
    }

    private static string AddHashed(Action<string, byte[]> add, string name, byte[] bytes)
    {
        var path = $"{SiteAssets.Folder}/{name}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..8]}.json";
        add(path, bytes);
        return path;
    }
}

using Portal.Cms.Hosting;
using Portal.Site.Building;

namespace Portal.Cms.Publishing;

/// <summary>
/// Pictures, tables and downloads that a previewed page names: those of the published site, and beside it those that only
/// a preview has, such as a picture of a campaign that is not public yet.
/// </summary>
internal sealed class PreviewAssets(CmsSettings settings)
{
    private const int Most = 2000;
    private const int Kept = 1000;

    private string Site => Path.GetFullPath(settings.SiteFolder);

    private string Extra => Path.GetFullPath(settings.SiteFolder + ".preview");

    /// <summary>Keeps what the published site does not have; a file of the same name as a published one is the published one.</summary>
    public void Keep(SiteOutput output)
    {
        foreach (var path in output.Files.Keys.Where(path => !File.Exists(Path.Combine(Site, path)) && !File.Exists(Path.Combine(Extra, path))))
        {
            var target = Path.Combine(Extra, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var written = Path.Combine(Extra, Path.GetRandomFileName());
            File.WriteAllBytes(written, output.Files[path]);
            File.Move(written, target, overwrite: true); // Two previews at once write the same bytes.
        }

        Forget();
    }

    /// <summary>A file below <c>assets/</c> or <c>files/</c>; null where there is none.</summary>
    public FileInfo? Find(string path) => new[] { Site, Extra }.Select(root => (Root: root, Full: Path.GetFullPath(Path.Combine(root, path))))
        .Where(each => each.Full.StartsWith(each.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal)).Select(each => new FileInfo(each.Full)).FirstOrDefault(file => file.Exists);

    /// <summary>Lets the oldest go: a preview that is opened again writes its own anew.</summary>
    private void Forget()
    {
        if (!Directory.Exists(Extra)) return;
        var files = new DirectoryInfo(Extra).GetFiles("*", SearchOption.AllDirectories);
        if (files.Length <= Most) return;
        foreach (var file in files.OrderByDescending(file => file.LastWriteTimeUtc).Skip(Kept)) file.Delete();
    }
}

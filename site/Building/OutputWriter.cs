using System.IO.Enumeration;
using System.Text;

namespace Portal.Site.Building;

/// <summary>What putting a site in place changed.</summary>
/// <param name="Written">Files that were new or different.</param>
/// <param name="Removed">Files that are no longer part of the site.</param>
/// <param name="Kept">Files that were the same already.</param>
internal sealed record Placement(int Written, int Removed, int Kept);

/// <summary>What lies in a folder after a site was put there, so that the next need not read it all again.</summary>
/// <param name="Files">Hash, length in bytes and time of last writing (UTC ticks) of each file.</param>
internal sealed record PlacedSite(Placement Placement, IReadOnlyDictionary<string, (string Hash, long Length, long Written)> Files);

/// <summary>
/// Puts a finished site in place: files that differ are written beside the output, then moved in by one atomic rename
/// each: assets first, pages next, removals last, so that no page ever names an asset that is not there. Only a file that
/// becomes a folder, or a folder that becomes a file, is removed before: just ahead of what takes its place. A journal
/// beside the output lists the steps; after a crash the next run finishes them. Bytes that are the same are not touched.
/// </summary>
internal sealed class OutputWriter(string output)
{
    private readonly string output = Path.GetFullPath(output).TrimEnd(Path.DirectorySeparatorChar);

    /// <summary>Every site has it, so a folder with it is one of ours.</summary>
    private const string Marker = "_headers";
    private const string HashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"; // SHA-256 of no bytes.

    /// <summary>True where a site stands in the folder.</summary>
    public bool IsThere => File.Exists(Path.Combine(output, Marker));

    private string Staging => output + ".staging";

    private string Journal => output + ".journal";

    /// <summary>
    /// Why a folder cannot take the site, or null: whatever it holds beside the site is removed, so it must be new, empty,
    /// or one that a build made, and never one that the content lies in.
    /// </summary>
    public static string? Refusal(string output, string content)
    {
        var folder = Path.GetFullPath(output).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        var words = Path.GetFullPath(content).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        if (words.StartsWith(folder, StringComparison.Ordinal) || folder.StartsWith(words, StringComparison.Ordinal))
            return $"The output folder {output} and the content folder {content} lie in one another. Name another with --output.";
        var isOurs = File.Exists(Path.Combine(folder, Marker)) || File.Exists(folder.TrimEnd(Path.DirectorySeparatorChar) + ".journal");
        return !Directory.Exists(folder) || isOurs || !Directory.EnumerateFileSystemEntries(folder).Any()
            ? null
            : $"The output folder {output} holds files that no build of this site made; they would be removed. Name a new or empty folder with --output.";
    }

    public Placement Place(SiteOutput site)
    {
        Finish();
        var present = Present().Keys;
        var changed = site.Files.Keys.AsParallel().Where(path => !IsSame(path, site)).AsSequential()
            .OrderBy(IsPage).ThenBy(path => path, StringComparer.Ordinal).ToList();
        var gone = present.Where(path => !site.Files.ContainsKey(path)).Order(StringComparer.Ordinal).ToList();

        Stage(changed, path => site.Files[path]);
        WriteJournal(changed, gone);
        Finish();
        return new(changed.Count, gone.Count, site.Files.Count - changed.Count);
    }

    /// <summary>The same of a site by its hashes: bytes are asked for only where the folder has others.</summary>
    /// <param name="hashes">SHA-256 of every file in lower-case hexadecimal.</param>
    /// <param name="bytes">Gives the bytes of a path; called from several threads.</param>
    /// <param name="last">What this process knows of the folder: a file of that length and time is the one it wrote. Null where it is all to be read.</param>
    public PlacedSite Place(IReadOnlyDictionary<string, string> hashes, Func<string, byte[]> bytes, PlacedSite? last)
    {
        Finish();
        var present = Present();
        var changed = hashes.AsParallel().Where(file => !IsSame(file.Key, file.Value, present.TryGetValue(file.Key, out var there) ? there : null, last)).Select(file => file.Key).AsSequential()
            .OrderBy(IsPage).ThenBy(path => path, StringComparer.Ordinal).ToList();
        var gone = present.Keys.Where(path => !hashes.ContainsKey(path)).Order(StringComparer.Ordinal).ToList();

        Stage(changed, bytes);
        WriteJournal(changed, gone);
        Finish();
        foreach (var file in changed.Select(path => (Path: path, Info: new FileInfo(Path.Combine(output, path))))) present[file.Path] = (file.Info.Length, file.Info.LastWriteTimeUtc.Ticks);
        return new(new(changed.Count, gone.Count, hashes.Count - changed.Count), hashes.ToDictionary(file => file.Key, file => (file.Value, present[file.Key].Length, present[file.Key].Written)));
    }

    /// <summary>True where the folder has every file of a site and no other, none of them emptied, as a power cut may leave it. Reads none: a start has no time for that.</summary>
    /// <param name="hashes">SHA-256 of every file in lower-case hexadecimal.</param>
    public bool Holds(IReadOnlyDictionary<string, string> hashes)
    {
        var present = Present();
        return present.Count == hashes.Count && hashes.All(file => present.TryGetValue(file.Key, out var there) && (there.Length > 0 || file.Value == HashOfNothing));
    }

    /// <summary>Carries out what a journal still lists; does nothing where there is none.</summary>
    public void Finish()
    {
        if (!File.Exists(Journal))
        {
            // Without a journal a staging folder is the rest of a run that died before it promised anything.
            if (Directory.Exists(Staging)) Directory.Delete(Staging, recursive: true);
            return;
        }

        foreach (var line in File.ReadAllLines(Journal))
        {
            var path = line[2..];
            if (line.StartsWith('+')) MoveIn(path);
            else Remove(path);
        }

        File.Delete(Journal);
        if (Directory.Exists(Staging)) Directory.Delete(Staging, recursive: true);
    }

    private void Stage(List<string> changed, Func<string, byte[]> bytes)
    {
        foreach (var folder in changed.Select(path => Path.GetDirectoryName(Path.Combine(Staging, path))!).Distinct()) Directory.CreateDirectory(folder);
        Parallel.ForEach(changed, path => File.WriteAllBytes(Path.Combine(Staging, path), bytes(path)));
    }

    private void WriteJournal(List<string> changed, List<string> gone)
    {
        if (changed.Count + gone.Count == 0) return;
        var draft = Journal + ".new";
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', Steps(changed, gone)) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, Journal, overwrite: true);
    }

    /// <summary>The lines of the journal in their order.</summary>
    private static IEnumerable<string> Steps(List<string> changed, List<string> gone)
    {
        var left = gone.ToHashSet();
        var targets = changed.ToHashSet();
        var below = gone.ToLookup(path => Folders(path).FirstOrDefault(targets.Contains));
        foreach (var path in changed)
        {
            foreach (var inTheWay in Folders(path).Where(left.Contains).Concat(below[path]).ToList())
            {
                left.Remove(inTheWay);
                yield return "- " + inTheWay;
            }

            yield return "+ " + path;
        }

        foreach (var path in gone.Where(left.Contains)) yield return "- " + path;
    }

    /// <summary>The folders a path lies in, the nearest first.</summary>
    private static IEnumerable<string> Folders(string path)
    {
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1)) yield return path[..at];
    }

    private void MoveIn(string path)
    {
        var staged = Path.Combine(Staging, path);
        if (!File.Exists(staged)) return; // Moved before the crash.
        var target = Path.Combine(output, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(staged, target, overwrite: true);
    }

    private void Remove(string path)
    {
        var target = Path.Combine(output, path);
        if (File.Exists(target)) File.Delete(target); // Else removed before the crash, and perhaps a folder by now.
        for (var folder = Path.GetDirectoryName(target)!; folder.Length > output.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            Directory.Delete(folder);
    }

    /// <summary>Length in bytes and time of last writing (UTC ticks) of every file in the folder.</summary>
    private Dictionary<string, (long Length, long Written)> Present()
    {
        if (!Directory.Exists(output)) return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        var files = new FileSystemEnumerable<(string Path, long Length, long Written)>(output, Look, options) { ShouldIncludePredicate = IsFile };
        return files.ToDictionary(file => file.Path, file => (file.Length, file.Written), StringComparer.Ordinal);

        (string Path, long Length, long Written) Look(ref FileSystemEntry entry) =>
            (entry.ToSpecifiedFullPath()[(output.Length + 1)..].Replace(Path.DirectorySeparatorChar, '/'), entry.Length, entry.LastWriteTimeUtc.UtcTicks);

        static bool IsFile(ref FileSystemEntry entry) => !entry.IsDirectory;
    }

    private bool IsSame(string path, string hash, (long Length, long Written)? present, PlacedSite? last)
    {
        if (present is not { } file) return false;
        var isKnown = last is not null && last.Files.TryGetValue(path, out var known) && known.Length == file.Length && known.Written == file.Written;
        return (isKnown ? last!.Files[path].Hash : SiteDraft.Hash(File.ReadAllBytes(Path.Combine(output, path)))) == hash;
    }

    private bool IsSame(string path, SiteOutput site)
    {
        var file = new FileInfo(Path.Combine(output, path));
        return file.Exists && site.Files[path] is var bytes && file.Length == bytes.Length && File.ReadAllBytes(file.FullName).AsSpan().SequenceEqual(bytes);
    }

    private static bool IsPage(string path) => path.EndsWith(".html", StringComparison.Ordinal);
}

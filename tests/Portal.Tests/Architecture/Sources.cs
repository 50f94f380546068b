namespace Portal.Tests.Architecture;

/// <summary>A file of the source tree, by its path below the repository with forward slashes.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public int Lines => Text.AsSpan().Count('\n') + (Text.EndsWith('\n') ? 0 : 1);
}

/// <summary>The code of the repository: what people write, not what a build leaves.</summary>
internal static class Sources
{
    private static readonly string[] Rooms = ["content", "theme", "site", "cms", "tests"];
    private static readonly string[] Code = [".cs", ".razor", ".css", ".js", ".mjs"];
    private static readonly string[] Leftovers = ["bin", "obj", "node_modules", "output", "output.cache", "built", "pages", "strings", "data", "media", "SqliteMigrations", "PostgresMigrations"];

    public static IReadOnlyList<SourceFile> All { get; } = [.. Rooms.SelectMany(room => Of(new DirectoryInfo(Path.Combine(A.Repository, room))))];

    public static IEnumerable<SourceFile> In(params string[] rooms) => All.Where(file => rooms.Any(room => file.Path.StartsWith(room + "/", StringComparison.Ordinal)));

    private static IEnumerable<SourceFile> Of(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles().Where(file => Code.Contains(file.Extension)))
            yield return new(Path.GetRelativePath(A.Repository, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName));
        foreach (var file in folder.EnumerateDirectories().Where(inner => !Leftovers.Contains(inner.Name)).SelectMany(Of))
            yield return file;
    }
}

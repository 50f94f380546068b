namespace Portal.Benchmarks;

/// <summary>The checkout this program was built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Portal.sln"))) return at.FullName;
        throw new InvalidOperationException("The benchmarks run from inside the repository.");
    }
}

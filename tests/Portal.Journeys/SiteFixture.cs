using NodaTime;

using Portal.Content.Reading;
using Portal.Site.Building;
using Portal.Site.Hosting;

using Xunit;

namespace Portal.Journeys;

/// <summary>
/// The starter site, built once for all tests at a fixed instant and served on loopback with the host's own headers. The
/// leave button leads to a second local server, so that no test talks to the outside.
/// </summary>
public sealed class SiteFixture : IAsyncLifetime
{
    /// <summary>A Thursday in the sixteen days' campaign, 10:00 in Kent.</summary>
    public static Instant At { get; } = Instant.FromUtc(2026, 11, 26, 10, 0);

    private readonly string folder = Directory.CreateTempSubdirectory("portal-site").FullName;
    private StaticServer? server;

    /// <summary>Address of the site, without a slash at the end.</summary>
    public string Url { get; private set; } = string.Empty;

    /// <summary>Folder of the built site.</summary>
    public string Output => Path.Combine(folder, "output");

    /// <summary>Neutral addresses with their language prefix of every page.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    /// <summary>The page the leave button leads to: says what it was asked, and can be made to hang.</summary>
    public LeaveDestination Destination { get; } = new();

    /// <summary>Root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Copies the pictures that were encoded already to where a CMS looks for them: encoding them is most of a first publication.</summary>
    /// <param name="cache">Folder that is made.</param>
    internal static void KeepPictures(string cache)
    {
        var pictures = new DirectoryInfo(Path.Combine(Repository, "site", "output.cache"));
        if (!pictures.Exists) return;
        Directory.CreateDirectory(cache);
        foreach (var file in pictures.EnumerateFiles()) file.CopyTo(Path.Combine(cache, file.Name));
    }

    public async ValueTask InitializeAsync()
    {
        await Destination.StartAsync();
        var files = ContentFiles.FromFolder(Path.Combine(Repository, "content"));
        var build = SiteBuilder.Build(files, new(At, BaseUrl: null, Path.Combine(Repository, "site", "output.cache")));
        if (build.Output is not { } output) throw new InvalidOperationException("The starter site does not build:\n" + string.Join('\n', build.Problems));

        new OutputWriter(Output).Place(output);
        PointLeaveButtonAt(Destination.Url);
        Addresses = [.. output.Files.Keys.Where(path => path.EndsWith(".html", StringComparison.Ordinal))
            .Select(path => "/" + path.Replace("index.html", string.Empty, StringComparison.Ordinal))];
        server = new StaticServer(Output, build.Rules!);
        await server.StartAsync("http://127.0.0.1:0", CancellationToken.None);
        Url = server.Urls.First();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        await Destination.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The setting wants https; a test's destination cannot have it, so the finished pages are changed.</summary>
    private void PointLeaveButtonAt(string url)
    {
        foreach (var page in Directory.EnumerateFiles(Output, "*.html", SearchOption.AllDirectories))
            File.WriteAllText(page, File.ReadAllText(page).Replace("https://www.bbc.co.uk/weather", url, StringComparison.Ordinal));
    }

    private static string FindRepository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Portal.sln"))) return at.FullName;
        throw new InvalidOperationException("The tests run from inside the repository.");
    }
}

using System.Text;

using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

using NodaTime;

using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Site.Building;
using Portal.Site.Map;

namespace Portal.Tests;

/// <summary>One page of the built starter site.</summary>
internal sealed record BuiltPage(string Path, byte[] Bytes, IHtmlDocument Html)
{
    /// <summary>Its address: <c>/pl/guides/</c>.</summary>
    public string Address => "/" + Path.Replace("index.html", string.Empty, StringComparison.Ordinal);

    public string Text { get; } = Encoding.UTF8.GetString(Bytes);
}

/// <summary>The starter content and the site made of it, once for all tests, at a fixed instant.</summary>
internal static class StarterSite
{
    /// <summary>A Thursday in the sixteen days' campaign, 10:00 in Kent.</summary>
    public static Instant At { get; } = Instant.FromUtc(2026, 11, 26, 10, 0);

    public static ContentFiles Files { get; } = ContentFiles.FromFolder(Path.Combine(A.Repository, "content"));

    private static readonly Lazy<ContentReading> Read = new(() => ContentReader.Read(Files));
    private static readonly Lazy<SiteBuild> Built = new(() => A.Build(Files, At));
    private static readonly Lazy<IReadOnlyList<BuiltPage>> Parsed = new(Parse);

    public static ContentReading Reading => Read.Value;

    public static ContentLibrary Library => Reading.Library ?? throw new InvalidOperationException(string.Join('\n', Reading.Problems));

    public static SiteBuild Build => Built.Value;

    public static SiteOutput Output => Build.Output ?? throw new InvalidOperationException(string.Join('\n', Build.Problems));

    public static SiteMap Map { get; } = new(new Edition(Library, At));

    /// <summary>Every HTML file, parsed.</summary>
    public static IReadOnlyList<BuiltPage> Pages => Parsed.Value;

    private static BuiltPage[] Parse() =>
        [.. Output.Files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)).AsParallel().AsOrdered()
            .Select(file => new BuiltPage(file.Key, file.Value, new HtmlParser().ParseDocument(new MemoryStream(file.Value))))];
}

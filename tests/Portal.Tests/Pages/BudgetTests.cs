using System.IO.Compression;

using Xunit;

namespace Portal.Tests.Pages;

/// <summary>What a phone on a bad network fetches before it shows a page: HTML, style sheets and scripts, as a host sends them.</summary>
public sealed class BudgetTests
{
    private const int MostOfPage = 14_000;
    private const int MostOfHome = 10_000;

    private static readonly Dictionary<string, int> Assets = StarterSite.Output.Files
        .Where(file => file.Key.EndsWith(".css", StringComparison.Ordinal) || file.Key.EndsWith(".js", StringComparison.Ordinal))
        .ToDictionary(file => "/" + file.Key, file => Compressed(file.Value, CompressionLevel.SmallestSize));

    [Fact]
    public void No_page_is_heavier_than_14_kB_and_the_start_page_than_10()
    {
        var weights = StarterSite.Pages.AsParallel().Select(page => (page.Path, Bytes: Weigh(page, CompressionLevel.Optimal))).OrderByDescending(each => each.Bytes).ToList();

        // Hosts compress what they keep as small as they can; the quick measure only finds the pages worth the slow one.
        var heaviest = weights.Where(each => each.Bytes > MostOfPage || Neutral(each.Path) == "index.html").Select(each => each.Path).ToHashSet();
        var measured = StarterSite.Pages.Where(page => heaviest.Contains(page.Path)).AsParallel()
            .Select(page => (page.Path, Bytes: Weigh(page, CompressionLevel.SmallestSize))).OrderByDescending(each => each.Bytes).ToList();

        foreach (var (path, bytes) in measured.Where(each => Neutral(each.Path) != "index.html").Take(3).Concat(measured.Where(each => Neutral(each.Path) == "index.html")))
            TestContext.Current.SendDiagnosticMessage($"{bytes} bytes (brotli): {path}");
        Assert.Equal([], measured.Where(each => each.Bytes > MostOf(each.Path)).Select(each => $"{each.Path}: {each.Bytes}"));
    }

    private static int MostOf(string path) => Neutral(path) == "index.html" ? MostOfHome : MostOfPage;

    private static string Neutral(string path) =>
        StarterSite.Library.Languages.FirstOrDefault(language => !language.IsBase && path.StartsWith(language.Prefix + "/", StringComparison.Ordinal)) is { } language ? path[(language.Prefix.Length + 1)..] : path;

    private static int Weigh(BuiltPage page, CompressionLevel level) => Compressed(page.Bytes, level)
        + page.Html.QuerySelectorAll("link[rel=stylesheet]").Sum(link => Assets[link.GetAttribute("href")!])
        + page.Html.QuerySelectorAll("script[src]").Sum(script => Assets[script.GetAttribute("src")!]);

    private static int Compressed(byte[] bytes, CompressionLevel level)
    {
        using var result = new MemoryStream();
        using (var brotli = new BrotliStream(result, level, leaveOpen: true)) brotli.Write(bytes);
        return (int)result.Length;
    }
}

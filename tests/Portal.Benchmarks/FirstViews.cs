using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Portal.Benchmarks;

/// <summary>How many bytes a first visit to each page takes: its HTML, and the style sheet and scripts it names.</summary>
internal sealed partial class FirstViews
{
    private const int Window = 22;
    private readonly Dictionary<string, byte[]> files;

    public FirstViews(IReadOnlyDictionary<string, byte[]> site) => files = new(site);

    /// <summary>Compressed bytes by page, smallest first, at a Brotli quality from 0 to 11.</summary>
    public IReadOnlyList<(string Page, int Bytes)> Sizes(int quality)
    {
        var assets = files.Where(file => file.Key.EndsWith(".css", StringComparison.Ordinal) || file.Key.EndsWith(".js", StringComparison.Ordinal))
            .ToDictionary(file => "/" + file.Key, file => Compressed(file.Value, quality));
        return [.. files.Where(file => file.Key.EndsWith(".html", StringComparison.Ordinal)).AsParallel()
            .Select(page => (page.Key, Compressed(page.Value, quality) + Named(page.Value).Distinct().Sum(asset => assets[asset])))
            .OrderBy(page => page.Item2).ThenBy(page => page.Key, StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Named(byte[] page) =>
        Asset().Matches(System.Text.Encoding.UTF8.GetString(page)).Select(match => match.Groups["address"].Value);

    private static int Compressed(byte[] bytes, int quality)
    {
        var target = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, target, out var written, quality, Window) ? written : throw new InvalidOperationException("The buffer is as long as any result.");
    }

    [GeneratedRegex("(?:href|src)=\"(?<address>/assets/[^\"]+\\.(?:css|js))\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Asset();
}

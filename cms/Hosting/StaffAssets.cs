using System.Collections.Concurrent;
using System.IO.Compression;

using Portal.Theme;

namespace Portal.Cms.Hosting;

/// <summary>Style sheets and scripts of the staff pages, from the theme's assembly, named by their hash and so kept for ever.</summary>
internal static class StaffAssets
{
    private const int Quality = 9; // Two levels below the best: a few hundred bytes more, a tenth of the time.
    private const int Window = 22;

    private static readonly string[] Names = ["staff.css", "staff.js", "rich.js", "keys.js", "media.js", "reader.js"];

    // Compressed when first asked for, so that a start waits for nothing; a handful of files.
    private static readonly ConcurrentDictionary<string, byte[]> Compressed = new();

    public static string Address(string name) => "/assets/" + ThemeAssets.HashedName(name);

    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        foreach (var name in Names.Where(ThemeAssets.Names.Contains))
        {
            var type = name.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "text/javascript";
            app.MapGet(Address(name), (HttpContext context) =>
            {
                var headers = context.Response.Headers;
                headers.CacheControl = "public, max-age=31536000, immutable";
                headers.Vary = "Accept-Encoding";
                var bytes = ThemeAssets.Read(name);
                if (context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
                {
                    headers.ContentEncoding = "br";
                    bytes = Compressed.GetOrAdd(name, Compress);
                }

                return Results.Bytes(bytes, type + "; charset=utf-8");
            }).AllowAnonymous();
        }
    }

    private static byte[] Compress(string name)
    {
        var bytes = ThemeAssets.Read(name).Span;
        var room = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, room, out var length, Quality, Window) ? room[..length] : throw new InvalidOperationException($"{name} could not be compressed.");
    }
}

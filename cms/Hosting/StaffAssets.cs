using Portal.Theme;

namespace Portal.Cms.Hosting;

/// <summary>Style sheets and scripts of the staff pages, from the theme's assembly, named by their hash and so kept for ever.</summary>
internal static class StaffAssets
{
    private static readonly string[] Names = ["staff.css", "staff.js", "rich.js", "keys.js", "media.js"];

    public static string Address(string name) => "/assets/" + ThemeAssets.HashedName(name);

    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        foreach (var name in Names.Where(ThemeAssets.Names.Contains))
        {
            var type = name.EndsWith(".css", StringComparison.Ordinal) ? "text/css" : "text/javascript";
            app.MapGet(Address(name), (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.Bytes(ThemeAssets.Read(name).ToArray(), type + "; charset=utf-8");
            }).AllowAnonymous();
        }
    }
}

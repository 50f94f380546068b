using Portal.Cms.Hosting;

namespace Portal.Cms.Publishing;

/// <summary>Putting the site in place, and what a preview needs of it.</summary>
internal static class PublishingServices
{
    public static IServiceCollection AddPublishing(this IServiceCollection services, CmsSettings settings)
    {
        services.AddNetlify(settings);
        return services.AddScoped<SitePreview>().AddScoped<SiteRollback>().AddSingleton<LocalSite>().AddSingleton<Publisher>().AddHostedService(provider => provider.GetRequiredService<Publisher>());
    }

    public static void MapPublishing(this IEndpointRouteBuilder app) =>
        app.MapGet("/assets/{name}", (string name, CmsSettings settings) =>
        {
            // Styles, scripts and pictures that a previewed page names: they lie in the published site.
            var file = new FileInfo(Path.Combine(Path.GetFullPath(settings.SiteFolder), "assets", Path.GetFileName(name)));
            return file.Exists ? Results.File(file.FullName, ContentType(file.Extension)) : Results.NotFound();
        }).AllowAnonymous(); // Files of the public site.

    private static string ContentType(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".avif" => "image/avif",
        ".webp" => "image/webp",
        ".jpg" => "image/jpeg",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}

using Portal.Cms.Hosting;
using Portal.Cms.Staff;

namespace Portal.Cms.Publishing;

/// <summary>Putting the site in place, and what a preview needs of it.</summary>
internal static class PublishingServices
{
    public static IServiceCollection AddPublishing(this IServiceCollection services, CmsSettings settings)
    {
        services.AddNetlify(settings);
        return services.AddSingleton<PreviewAssets>().AddScoped<SitePreview>().AddScoped<SiteRollback>().AddScoped<SiteThen>().AddScoped<PublicSince>().AddScoped<PublicationStore>().AddSingleton<SiteMemory>().AddSingleton<SitePlacer>().AddSingleton<LocalSite>().AddSingleton<Publisher>().AddHostedService(provider => provider.GetRequiredService<Publisher>());
    }

    public static void MapPublishing(this IEndpointRouteBuilder app)
    {
        // What a previewed page names. Styles, scripts and pictures carry their hash in their name and are no secret.
        app.MapGet("/assets/{name}", (string name, PreviewAssets assets) => Send(assets.Find("assets/" + name))).AllowAnonymous();
        app.MapGet("/files/{*path}", (string path, PreviewAssets assets) => Send(assets.Find("files/" + path))).RequireAuthorization(Permissions.Read);
    }

    public static IResult Send(FileInfo? file) => file is null ? Results.NotFound() : Results.File(file.FullName, ContentType(file.Extension));

    private static string ContentType(string extension) => extension switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".avif" => "image/avif",
        ".webp" => "image/webp",
        ".jpg" => "image/jpeg",
        ".svg" => "image/svg+xml",
        ".pdf" => "application/pdf",
        ".mp4" => "video/mp4",
        ".vtt" => "text/vtt; charset=utf-8",
        ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}

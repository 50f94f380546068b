using Portal.Cms.Staff;

namespace Portal.Cms.Media;

/// <summary>The media library: what staff upload, and how they look at it. The public gets files from the published site alone.</summary>
internal static class MediaServices
{
    public static IServiceCollection AddMedia(this IServiceCollection services) =>
        services.AddScoped<MediaStore>().AddScoped<MediaUpload>().AddScoped<UploadCheck>().AddSingleton<PictureCleaner>().AddSingleton<Thumbnails>();

    public static void MapMedia(this IEndpointRouteBuilder app)
    {
        app.MapGet("/media/raw/{*path}", RawAsync).RequireAuthorization(Permissions.Read);
        app.MapGet("/media/thumb/{size:int}/{*path}", ThumbAsync).RequireAuthorization(Permissions.Read);
    }

    /// <summary>Address of a small picture; it changes with the bytes, so that a browser may keep it.</summary>
    public static string ThumbAddress(MediaFile file, int size) => $"/media/thumb/{size}/{file.Path}?v={file.Hash[..12]}";

    /// <summary>The bytes as they are. Whatever they hold, nothing in them runs as a part of the CMS.</summary>
    private static async Task<IResult> RawAsync(string path, HttpContext context, MediaStore media)
    {
        if (await media.FindAsync(path, context.RequestAborted) is not { } file) return Results.NotFound();
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        var bytes = await media.BytesAsync(file, context.RequestAborted);
        return file.IsPicture
            ? Results.Bytes(bytes, file.Type!.ContentType)
            : Results.Bytes(bytes, file.Type?.ContentType ?? "application/octet-stream", file.Name, enableRangeProcessing: true);
    }

    private static async Task<IResult> ThumbAsync(int size, string path, HttpContext context, MediaStore media, Thumbnails thumbnails)
    {
        if (size is not (Thumbnails.InList or Thumbnails.OnPage) || await media.FindAsync(path, context.RequestAborted) is not { IsPicture: true } file) return Results.NotFound();
        if (await thumbnails.OfAsync(file.Hash, size, () => media.BytesAsync(file, context.RequestAborted), context.RequestAborted) is not { } small) return Results.NotFound();
        context.Response.Headers.CacheControl = "private, max-age=604800, immutable";
        return Results.Bytes(small, MediaType.WebP.ContentType);
    }
}

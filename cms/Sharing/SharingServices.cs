using System.Text;
using System.Text.RegularExpressions;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Publishing;

namespace Portal.Cms.Sharing;

/// <summary>Previews for people without an account.</summary>
internal static partial class SharingServices
{
    private const string Over = "This preview is over, or the link is not whole. Ask whoever sent it for a new one.\n";

    public static IServiceCollection AddSharing(this IServiceCollection services) => services.AddScoped<PreviewLinks>();

    public static void MapSharing(this IEndpointRouteBuilder app)
    {
        app.MapGet("/preview/{token}", ShowAsync).AllowAnonymous();
        app.MapGet("/preview/{token}/files/{*path}", async (string token, string path, PreviewLinks links, PreviewAssets assets, CancellationToken cancel) =>
            await links.FindAsync(token, cancel) is null ? Gone() : PublishingServices.Send(assets.Find("files/" + path))).AllowAnonymous();
    }

    /// <summary>The page as it would be published, and nothing of the CMS. Its links lead to the public site.</summary>
    private static async Task<IResult> ShowAsync(string token, HttpContext context, PreviewLinks links, CmsDatabase database, SitePreview preview, CancellationToken cancel)
    {
        var headers = context.Response.Headers;
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        headers["Referrer-Policy"] = "no-referrer"; // The address is the key.
        headers.CacheControl = "no-store";
        if (await links.FindAsync(token, cancel) is not { } link || await database.Entries.AsNoTracking().FirstOrDefaultAsync(entry => entry.Path == link.Path, cancel) is not { } entry) return Gone();
        var text = await database.Revisions.Where(revision => revision.Id == link.RevisionId).Select(revision => revision.Text).FirstAsync(cancel);
        var page = await preview.PageAsync(entry, text, cancel);
        if (page.Bytes is null) return Results.Text("This page cannot be shown yet. Tell whoever sent you the link.\n", "text/plain; charset=utf-8", statusCode: StatusCodes.Status422UnprocessableEntity);
        await links.OpenedAsync(link, cancel);
        headers.ContentSecurityPolicy = page.Policy;
        return Results.Text(Outward(Encoding.UTF8.GetString(page.Bytes), page.Site, token), "text/html; charset=utf-8");
    }

    /// <summary>Leads what lies inside the site to the public one; styles and pictures come from here, downloads with the token.</summary>
    internal static string Outward(string html, string site, string token) => Inside().Replace(html, match => match.Groups["path"].Value switch
    {
        "assets/" => match.Value,
        "files/" => $"{match.Groups["name"].Value}=\"/preview/{token}/files/",
        var path => $"{match.Groups["name"].Value}=\"{site}/{path}",
    });

    private static IResult Gone() => Results.Text(Over, "text/plain; charset=utf-8", statusCode: StatusCodes.Status404NotFound);

    [GeneratedRegex("""(?<name>\b(?:href|src|action|poster))="/(?!/)(?<path>assets/|files/|)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Inside();
}

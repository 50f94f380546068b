using System.IO.Compression;

using Microsoft.AspNetCore.ResponseCompression;

namespace Portal.Cms.Hosting;

/// <summary>
/// Pages are sent compressed, over https too. What a length could give away (BREACH) is closed elsewhere: the session's
/// cookie is SameSite=Strict, so no other site can make a browser ask for a signed-in page with words of its choice; the
/// form's token is encrypted anew for every answer; passphrases never stand in a page; and a link or a recovery code that
/// is shown once stands only in the answer to a form that carried such a token. Files have their own compression.
/// </summary>
internal static class PageCompression
{
    public static IServiceCollection AddPageCompression(this IServiceCollection services)
    {
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html"];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
    }
}

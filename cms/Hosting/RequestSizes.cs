using System.Globalization;

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

using Portal.Cms.Layout;

namespace Portal.Cms.Hosting;

/// <summary>
/// A form that is larger than its page takes is told so on a page, before anything else reads it: what reads it first
/// would say that the form is out of date, or nothing at all.
/// </summary>
internal static class RequestSizes
{
    /// <summary>What the server takes where a page says nothing else, in bytes.</summary>
    public const long Most = 30_000_000;

    private const double MegaByte = 1_000_000;

    public static async Task Check(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType || context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }

        var most = endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is { } own ? own.MaxRequestBodySize : Most;
        if (context.Request.ContentLength > most)
        {
            await TellAsync(context, $"It is larger than the {Math.Floor(most.Value / MegaByte).ToString(CultureInfo.InvariantCulture)} MB that this page takes.");
            return;
        }

        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted); // Kept by the request: nobody reads it twice.
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await TellAsync(context, $"It is larger than the {Math.Floor((most ?? Most) / MegaByte).ToString(CultureInfo.InvariantCulture)} MB that this page takes.");
            return;
        }
        catch (InvalidDataException)
        {
            await TellAsync(context, "It has more fields, or a longer one, than a form may have.");
            return;
        }

        await next(context);
    }

    private static Task TellAsync(HttpContext context, string why)
    {
        context.SetEndpoint(null);
        return new RazorComponentResult<TooLarge>(new Dictionary<string, object?> { [nameof(TooLarge.Why)] = why }) { StatusCode = StatusCodes.Status413PayloadTooLarge }.ExecuteAsync(context);
    }
}

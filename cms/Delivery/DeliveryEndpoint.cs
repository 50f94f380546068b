using Microsoft.Net.Http.Headers;

namespace Portal.Cms.Delivery;

/// <summary>What every answer of the interface has in common: its headers, its limits, its conditions and its problems.</summary>
internal sealed partial class DeliveryEndpoint(DeliveryFeed feed, DeliveryLimit limit, DeliveryHelp help, ILogger<DeliveryEndpoint> log)
{
    private const string ForAll = "public, max-age=0, must-revalidate";
    private const string ForNobodyElse = "private, no-store";
    private const string JsonPolicy = "default-src 'none'; frame-ancestors 'none'";
    private const string PagePolicy = "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public DeliveryHelp Help => help;

    public async Task RunAsync(HttpContext context, int cost, Func<HttpContext, DeliveryView, Task> answer)
    {
        SetHeaders(context.Response.Headers);
        try
        {
            if (!limit.Allows(context, cost))
            {
                context.Response.Headers.RetryAfter = "60";
                await SendAsync(context, Answer.Problem(StatusCodes.Status429TooManyRequests, "Too many requests", $"Too many requests came from this address. Wait a minute, then go on; for everything at once take {DeliveryServices.Root}export."));
            }
            else if (HttpMethods.IsOptions(context.Request.Method)) Allow(context.Response);
            else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            {
                context.Response.Headers.Allow = "GET, HEAD";
                await SendAsync(context, Answer.Problem(StatusCodes.Status405MethodNotAllowed, "Method not allowed", "This interface is read only: use GET or HEAD."));
            }
            else await answer(context, await feed.NowAsync(context.RequestAborted) ?? Nothing);
        }
        catch (Exception error) when (error is not OperationCanceledException && !context.Response.HasStarted)
        {
            LogFailure(context.Request.Path, error);
            context.Response.Clear();
            SetHeaders(context.Response.Headers);
            await SendAsync(context, Answer.Problem(StatusCodes.Status500InternalServerError, "Something went wrong", "The answer could not be made. Try again in a minute."));
        }
    }

    /// <summary>Sends an answer, or says that the asker has it already.</summary>
    public static async Task SendAsync(HttpContext context, Answer answer)
    {
        var (request, response) = (context.Request, context.Response);
        if (answer.Status == StatusCodes.Status200OK && !Accepts(request, answer.Type))
            answer = Answer.Problem(StatusCodes.Status406NotAcceptable, "Not acceptable", $"This address answers with {answer.Type.Split(';')[0]}. Accept it, or send no Accept header.");
        if (answer.Tag.Length > 0 && IsConditionMet(request, response, answer.Tag)) return;
        if (answer.Tag.Length > 0 && FailsMatch(request, answer.Tag)) answer = Answer.Problem(StatusCodes.Status412PreconditionFailed, "Precondition failed", "The document is no longer the one named in If-Match. Fetch it again.");

        response.StatusCode = answer.Status;
        response.ContentType = answer.Type;
        response.ContentLength = answer.Bytes.Length;
        if (answer.Status != StatusCodes.Status200OK) response.Headers.CacheControl = "no-store";
        else if (answer.Tag.Length > 0) response.Headers.ETag = answer.Tag;
        if (answer.Type == Answer.Html) response.Headers.ContentSecurityPolicy = PagePolicy;
        if (!HttpMethods.IsHead(request.Method)) await response.Body.WriteAsync(answer.Bytes, context.RequestAborted);
    }

    /// <summary>True, and answered with 304, where the asker names the tag in If-None-Match.</summary>
    private static bool IsConditionMet(HttpRequest request, HttpResponse response, string tag)
    {
        if (request.Headers.IfNoneMatch.Count == 0 || request.Headers.IfMatch.Count > 0) return false;
        if (request.Headers.IfNoneMatch is not [{ } single] || single != tag)
        {
            if (!EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known) || !known.Any(each => each.Tag == tag || each.Tag == "*")) return false;
        }

        response.StatusCode = StatusCodes.Status304NotModified;
        response.Headers.ETag = tag;
        return true;
    }

    private static bool FailsMatch(HttpRequest request, string tag) => request.Headers.IfMatch.Count > 0
        && !(EntityTagHeaderValue.TryParseList(request.Headers.IfMatch, out var known) && known.Any(each => (each.Tag == tag && !each.IsWeak) || each.Tag == "*"));

    private static bool Accepts(HttpRequest request, string type)
    {
        if (request.Headers.Accept is [] or ["*/*"]) return true;
        if (request.Headers.Accept is [Answer.Json]) return type == Answer.Json;
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)) return true; // What cannot be read asks for nothing in particular.
        var offered = MediaTypeHeaderValue.Parse(type.Split(';')[0]);
        return accepted.Any(each => each.Quality != 0 && (each.MatchesAllTypes || (each.Type == offered.Type && (each.MatchesAllSubTypes || each.SubType == offered.SubType))));
    }

    private static void Allow(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.Allow = "GET, HEAD";
        response.Headers.AccessControlAllowMethods = "GET";
        response.Headers.AccessControlAllowHeaders = "If-None-Match"; // Not Authorization: a token has no place in a page.
        response.Headers.AccessControlMaxAge = "86400";
    }

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.CacheControl = ForAll;
        headers.ContentSecurityPolicy = JsonPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers["X-Robots-Tag"] = "noindex";
        headers.Vary = "Accept";
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "ETag";
    }

    [LoggerMessage(LogLevel.Error, "The headless interface could not answer {Path}.")]
    private partial void LogFailure(string path, Exception error);
}

using Microsoft.AspNetCore.Http.HttpResults;

using Portal.Cms.Layout;

namespace Portal.Cms.Hosting;

/// <summary>An empty "not found" becomes a page with a way on. Answers to scripts and programs, which are no pages, stay as they are.</summary>
internal static class MissingPages
{
    public static async Task Draw(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response is not { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentType: null } || !HttpMethods.IsGet(context.Request.Method) || !AsksForPage(context.Request)) return;
        await using var scope = context.RequestServices.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider; // The renderer of the page that found nothing serves no second page.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        context.Response.Clear();
        SecurityHeaders.Set(context.Response.Headers);
        await new RazorComponentResult<Missing> { StatusCode = StatusCodes.Status404NotFound }.ExecuteAsync(context);
    }

    private static bool AsksForPage(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}

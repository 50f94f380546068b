using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.HttpResults;

using Portal.Cms.Layout;
using Portal.Cms.Staff;

namespace Portal.Cms.Hosting;

/// <summary>An empty "not found", or a form that its page no longer has, becomes a page with a way on. Answers to scripts and programs, which are no pages, stay as they are.</summary>
internal static class MissingPages
{
    public static async Task Draw(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.HasStarted || !AsksForPage(context.Request)) return;
        if (HttpMethods.IsGet(context.Request.Method) && context.Response is { StatusCode: StatusCodes.Status404NotFound, ContentType: null }) await DrawAsync<Missing>(context);
        else if (HttpMethods.IsPost(context.Request.Method) && context.Response.StatusCode == StatusCodes.Status400BadRequest && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null) await DrawAsync<FormGone>(context);
    }

    private static async Task DrawAsync<TPage>(HttpContext context) where TPage : IComponent
    {
        var status = context.Response.StatusCode;
        await using var scope = context.RequestServices.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<StaffUser>().Become(context.RequestServices.GetRequiredService<StaffUser>());
        context.RequestServices = scope.ServiceProvider; // The renderer of the page that failed serves no second page.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        context.Response.Clear();
        SecurityHeaders.Set(context.Response.Headers);
        await new RazorComponentResult<TPage> { StatusCode = status }.ExecuteAsync(context);
    }

    private static bool AsksForPage(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}

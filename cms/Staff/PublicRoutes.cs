using Microsoft.AspNetCore.Authorization;

namespace Portal.Cms.Staff;

/// <summary>
/// Everything that answers somebody who is not signed in. Whatever is missing here is refused by the fallback policy; and
/// an endpoint that lets everybody in without standing here stops the start.
/// </summary>
internal static class PublicRoutes
{
    /// <summary>Route patterns; one that ends in a slash stands for all below it.</summary>
    public static IReadOnlyList<string> All { get; } = ["/sign-in", "/setup", "/invite", "/keys/ask", "/health", "/assets/", "/preview/", "/api", "/api/v1/", "/openapi/v1.json"];

    public static bool Contains(string pattern)
    {
        var path = "/" + pattern.TrimStart('/');
        return All.Any(each => path == each || (each.EndsWith('/') && path.StartsWith(each, StringComparison.Ordinal)));
    }

    /// <exception cref="InvalidOperationException">An endpoint is open to everybody and does not stand on the list.</exception>
    public static void Check(IEndpointRouteBuilder app)
    {
        var open = app.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText ?? string.Empty)
            .Where(pattern => !Contains(pattern))
            .ToList();
        if (open.Count > 0) throw new InvalidOperationException($"Open to everybody without standing in PublicRoutes: {string.Join(", ", open)}.");
    }
}

using Microsoft.AspNetCore.Http.HttpResults;

using Portal.Cms.Documents;
using Portal.Cms.Staff;

namespace Portal.Cms.Checks;

/// <summary>What the rules say of a text while it is written, and before it is published.</summary>
internal static class CheckServices
{
    public static IServiceCollection AddChecks(this IServiceCollection services) => services.AddScoped<DocumentChecks>();

    /// <summary>The panel alone, for the script that exchanges it after an autosave.</summary>
    public static void MapChecks(this IEndpointRouteBuilder app) => app.MapGet("/documents/checks/{*path}", async Task<IResult> (string path, DocumentStore documents, StaffUser user, CancellationToken cancel) =>
        await documents.FindAsync(path, cancel) is not { } entry || !user.CanRead(entry.Language) ? TypedResults.NotFound() : new RazorComponentResult<ChecksPanel>(new Dictionary<string, object?> { ["Path"] = path }))
        .RequireAuthorization(Permissions.Read);
}

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;

using Portal.Cms.Documents;
using Portal.Cms.Staff;
using Portal.Content.Languages;
using Portal.Content.Text;

namespace Portal.Cms.Places;

/// <summary>Access points: where they are, who rang them, and their tables.</summary>
internal static class PlaceServices
{
    public static IServiceCollection AddPlaces(this IServiceCollection services) =>
        services.AddScoped<SecretRecords>().AddScoped<PlaceFinder>().AddScoped<PlaceChecks>().AddScoped<PlaceTable>();

    public static void MapPlaces(this IEndpointRouteBuilder app)
    {
        app.MapPost("/places/confirm", ConfirmAsync).RequireAuthorization(Permissions.Write);
        app.MapGet("/places/export.csv", async (PlaceTable table, CancellationToken cancel) =>
            Results.Text(await table.WriteAsync(cancel), "text/csv; charset=utf-8")).RequireAuthorization(Permissions.Read);
    }

    private static async Task<IResult> ConfirmAsync(HttpContext context, DocumentStore documents, PlaceChecks checks, StaffUser user, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest("The form is out of date. Go back and load the page again.");
        var posted = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await documents.FindAsync(posted["path"].ToString(), context.RequestAborted) is not { } entry || entry.Kind != EntryText.PlaceKind || entry.Language != Language.Base.Code) return Results.NotFound();
        var done = await checks.ConfirmAsync(entry, long.TryParse(posted["version"], out var version) ? version : 0, user.Actor, context.RequestAborted);
        var back = posted["back"].ToString();
        if (!back.StartsWith('/') || back.StartsWith("//", StringComparison.Ordinal)) back = "/places";
        return Results.LocalRedirect(QueryHelpers.AddQueryString(back, "said", Names.Kebab(done)));
    }
}

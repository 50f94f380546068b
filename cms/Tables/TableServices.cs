using Microsoft.AspNetCore.Antiforgery;

using Portal.Cms.Documents;
using Portal.Cms.Staff;
using Portal.Content.Reading;

namespace Portal.Cms.Tables;

/// <summary>The settings and the tables below <c>data/</c>.</summary>
internal static class TableServices
{
    public static void MapTables(this IEndpointRouteBuilder app) => app.MapPost("/site/draft/{*path}", KeepDraftAsync).RequireAuthorization(Permissions.Read);

    /// <summary>Keeps what is being typed; mistakes are told when it is saved.</summary>
    private static async Task<IResult> KeepDraftAsync(string path, HttpContext context, DocumentStore documents, StaffUser user, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest("The form is out of date. Open the page again in another tab and copy your words there.");
        if (await documents.FindAsync(path, context.RequestAborted) is not { Kind: "settings" or "data" } entry) return Results.NotFound();
        if (!user.MayWrite(entry)) return Results.Forbid();
        var posted = await context.Request.ReadFormAsync(context.RequestAborted);
        var saved = await documents.HeadAsync(entry, context.RequestAborted);
        var head = saved.Text;
        var text = TableInput.Read([.. posted], DataTable.Find(path), head).Text;
        if (text == head) await documents.DropDraftAsync(path, user.Id, context.RequestAborted);
        else await documents.KeepDraftAsync(path, text, entry, DocumentStore.VersionFor(entry, saved.Number, posted["revision"]), user.Id, context.RequestAborted);
        return Results.NoContent();
    }
}

using Microsoft.AspNetCore.Antiforgery;

using Portal.Cms.Places;
using Portal.Cms.Publishing;
using Portal.Cms.Redirects;
using Portal.Cms.Review;
using Portal.Cms.Staff;
using Portal.Content.Documents;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Cms.Documents;

/// <summary>Documents, their revisions, and the way to the public.</summary>
internal static class DocumentServices
{
    public static IServiceCollection AddDocuments(this IServiceCollection services) =>
        services.AddScoped<DocumentStore>().AddScoped<ContentImport>().AddScoped<ContentLanguages>().AddScoped<DocumentFilters>().AddScoped<SiteContent>().AddScoped<ReviewDesk>().AddScoped<AddressChange>().AddScoped<MovedTexts>().AddScoped<EntryColumns>().AddHostedService<FirstContent>();

    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        app.MapPost("/documents/draft/{*path}", KeepDraftAsync).RequireAuthorization(Permissions.Read);
        app.MapGet("/documents/preview/{*path}", PreviewAsync).RequireAuthorization(Permissions.Read);
    }

    /// <summary>Keeps what is being typed. 401 once the session is over: the page then keeps the words and says so.</summary>
    private static async Task<IResult> KeepDraftAsync(string path, HttpContext context, DocumentStore documents, MovedTexts moved, StaffUser user, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest("The form is out of date. Open the page again in another tab and copy your words there.");
        path = EntryText.DocumentOf(path) is null ? path : await moved.NowAsync(path, context.RequestAborted);
        if (await documents.FindAsync(path, context.RequestAborted) is not { } entry || !user.CanRead(entry.Language) || DocumentKind.Find(entry.Kind)?.Type is not { } kind) return Results.NotFound();
        if (!user.CanWrite(entry.Language)) return Results.Forbid();
        var head = await documents.HeadAsync(entry, context.RequestAborted);
        var before = DocumentText.Parse(head.Text);
        var posted = await context.Request.ReadFormAsync(context.RequestAborted);
        var text = TranslationStamps.Follow(before, EditorForm.Posted(posted, kind, entry.Language).Apply(before)).ToString();
        if (text == head.Text) await documents.DropDraftAsync(path, user.Id, context.RequestAborted);
        else
        {
            try
            {
                await documents.KeepDraftAsync(path, text, entry, DocumentStore.VersionFor(entry, head.Number, posted["revision"]), user.Id, context.RequestAborted);
            }
            catch (SecretPlaceException refused)
            {
                return Results.Text(refused.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
            }
        }

        return Results.NoContent();
    }

    /// <summary>The public page itself with the newest saved text, or with one's own draft.</summary>
    private static async Task<IResult> PreviewAsync(string path, HttpContext context, DocumentStore documents, SitePreview preview, StaffUser user)
    {
        if (await documents.FindAsync(path, context.RequestAborted) is not { } entry || !user.CanRead(entry.Language)) return Results.NotFound();
        var text = (await documents.DraftAsync(path, user.Id, context.RequestAborted))?.Text ?? (await documents.HeadAsync(entry, context.RequestAborted)).Text;
        var page = await preview.PageAsync(entry, text, context.RequestAborted);
        if (page.Bytes is null) return Results.Text(string.Join('\n', page.Problems), "text/plain; charset=utf-8", statusCode: StatusCodes.Status422UnprocessableEntity);
        // In a frame of ours, which shows it at another width; nowhere else.
        context.Response.Headers.ContentSecurityPolicy = context.Request.Query.ContainsKey("frame") ? page.Policy.Replace("frame-ancestors 'none'", "frame-ancestors 'self'", StringComparison.Ordinal) : page.Policy;
        return Results.Bytes(page.Bytes, "text/html; charset=utf-8");
    }
}

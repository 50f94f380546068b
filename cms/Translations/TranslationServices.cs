using Microsoft.AspNetCore.Antiforgery;

using Portal.Cms.Documents;
using Portal.Cms.Places;
using Portal.Cms.Redirects;
using Portal.Cms.Staff;

namespace Portal.Cms.Translations;

/// <summary>Translations: the matrix, side by side, exchange with agencies, interface strings.</summary>
internal static class TranslationServices
{
    public static IServiceCollection AddTranslations(this IServiceCollection services) =>
        services.AddScoped<TranslationDesk>().AddScoped<SmallCorrection>().AddScoped<XliffExchange>().AddScoped<StringsDesk>();

    public static void MapTranslations(this IEndpointRouteBuilder app)
    {
        app.MapPost("/translations/draft/{language}/{*document}", KeepDraftAsync).RequireAuthorization(Permissions.Read);
        app.MapPost("/translations/strings-draft/{language}", KeepStringsAsync).RequireAuthorization(Permissions.Read);
        app.MapGet("/translations/xliff/{language}.xlf", (string language, HttpContext context, XliffExchange exchange, StaffUser user) => ExportAsync(language, [], context, exchange, user)).RequireAuthorization(Permissions.Read);
        app.MapGet("/translations/xliff/chosen", (string language, string documents, HttpContext context, XliffExchange exchange, StaffUser user) =>
            ExportAsync(language, documents.Split(['\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries), context, exchange, user)).RequireAuthorization(Permissions.Read);
    }

    /// <summary>Keeps what is being typed; stale blocks stay stale until it is saved.</summary>
    private static async Task<IResult> KeepDraftAsync(string language, string document, HttpContext context, DocumentStore documents, MovedTexts moved, TranslationDesk desk, StaffUser user, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest("The form is out of date. Open the page again in another tab and copy your words there.");
        if (!user.CanRead(language) || await desk.OpenAsync(language, await moved.DocumentNowAsync(document, context.RequestAborted), context.RequestAborted) is not { } work) return Results.NotFound();
        if (!user.CanWrite(language)) return Results.Forbid();
        var posted = (await context.Request.ReadFormAsync(context.RequestAborted)).ToDictionary(each => each.Key, each => each.Value);
        var text = (await desk.InputAsync(work, posted, context.RequestAborted)).Read(posted, confirm: false).ToString();
        if (text == work.Head.ToString()) await documents.DropDraftAsync(work.Path, user.Id, context.RequestAborted);
        else
        {
            try
            {
                await documents.KeepDraftAsync(work.Path, text, work.Entry, DocumentStore.VersionFor(work.Entry, work.Number, posted.GetValueOrDefault("revision")), user.Id, context.RequestAborted);
            }
            catch (SecretPlaceException refused)
            {
                return Results.Text(refused.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
            }
        }

        return Results.NoContent();
    }

    /// <summary>The same for interface words.</summary>
    private static async Task<IResult> KeepStringsAsync(string language, HttpContext context, StringsDesk desk, StaffUser user, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest("The form is out of date. Open the page again in another tab and copy your words there.");
        if (!user.CanRead(language) || await desk.OpenAsync(language, context.RequestAborted) is not { } work) return Results.NotFound();
        if (!StringsDesk.MayWrite(user, language)) return Results.Forbid();
        var posted = (await context.Request.ReadFormAsync(context.RequestAborted)).ToDictionary(each => each.Key, each => each.Value);
        await desk.KeepAsync(work, user.Id, posted, context.RequestAborted);
        return Results.NoContent();
    }

    /// <summary>One file for an agency; <c>only=open</c> for what is missing or stale.</summary>
    private static async Task<IResult> ExportAsync(string language, string[] chosen, HttpContext context, XliffExchange exchange, StaffUser user)
    {
        if (!user.CanRead(language)) return Results.NotFound();
        var file = await exchange.ExportAsync(language, chosen, onlyOpen: context.Request.Query["only"] == "open", context.RequestAborted);
        return file is null ? Results.NotFound() : Results.File(file, "application/xliff+xml", $"{language}.xlf");
    }
}

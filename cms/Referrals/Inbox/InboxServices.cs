using Portal.Cms.Staff;

namespace Portal.Cms.Referrals.Inbox;

/// <summary>The inbox of messages and what its reader asks for.</summary>
internal static class InboxServices
{
    private const string Age = "application/age";

    public static IServiceCollection AddReferralInbox(this IServiceCollection services) => services.AddScoped<OpenDesk>();

    public static void MapReferralInbox(this IEndpointRouteBuilder app)
    {
        app.MapGet("/referrals/{id:guid}/file", OpenAsync).RequireAuthorization(Permissions.Refer);
        app.MapPost("/referrals/{id:guid}/read", ReadAsync).RequireAuthorization(Permissions.Refer).AddEndpointFilter(StaffServices.CheckTokenAsync);
        app.MapPost("/referrals/{id:guid}/original", OriginalAsync).RequireAuthorization(Permissions.Refer).AddEndpointFilter(StaffServices.CheckTokenAsync);
        app.MapPost("/referrals/{id:guid}/export", ExportAsync).RequireAuthorization(Permissions.Refer).AddEndpointFilter(StaffServices.CheckTokenAsync);
    }

    private static async Task<IResult> OpenAsync(Guid id, OpenDesk desk, StaffUser user, CancellationToken cancel) => await desk.OpenAsync(user, id, cancel) switch
    {
        ({ } file, _) => Results.Bytes(file, Age),
        (_, Refusal.NoReader) => Results.StatusCode(StatusCodes.Status403Forbidden),
        _ => Results.NotFound(),
    };

    private static async Task<IResult> ReadAsync(Guid id, OpenDesk desk, StaffUser user, CancellationToken cancel) => await desk.ReadAsync(user, id, cancel) switch
    {
        Refusal.None => Results.NoContent(),
        Refusal.NoReader => Results.StatusCode(StatusCodes.Status403Forbidden),
        _ => Results.NotFound(),
    };

    private static async Task<IResult> OriginalAsync(Guid id, OpenDesk desk, StaffUser user, CancellationToken cancel) =>
        await desk.OriginalAsync(user, id, cancel) is { } found ? Results.Bytes(found.File, Age, found.Reference + ".age") : Results.NotFound();

    private static async Task<IResult> ExportAsync(Guid id, HttpContext context, OpenDesk desk, StaffUser user)
    {
        var posted = await context.Request.ReadFormAsync(context.RequestAborted);
        return await desk.ExportAsync(user, id, [.. posted["recipients"].OfType<string>()], context.RequestAborted) is { } fault
            ? Results.Text(fault, statusCode: StatusCodes.Status422UnprocessableEntity)
            : Results.NoContent();
    }
}

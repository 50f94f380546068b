using Microsoft.AspNetCore.Antiforgery;

using Portal.Cms.Database;
using Portal.Cms.Publishing;
using Portal.Cms.Staff;
using Portal.Cms.Stage;
using Portal.Content.Reading;

namespace Portal.Cms.Leave;

/// <summary>The nightly check of the leave button, and what the live stage asks of it.</summary>
internal static class LeaveServices
{
    public static IServiceCollection AddLeave(this IServiceCollection services)
    {
        services.AddHttpClient(LeaveProbe.Client).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddSingleton<LeaveProbe>().AddSingleton<NightlyLeaveCheck>().AddHostedService(provider => provider.GetRequiredService<NightlyLeaveCheck>());
        return services.AddScoped<StageSwitch>().AddSingleton(new StageCondition(
            "The leave button's page answered in the last night's check", "Wait for the check at three in the morning, or choose a page that answers.", AnsweredAsync));
    }

    public static void MapLeave(this IEndpointRouteBuilder app) => app.MapPost("/settings/leave-check", async Task<IResult> (HttpContext context, NightlyLeaveCheck check, StaffUser user, IAntiforgery antiforgery) =>
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest("The form is out of date. Go back and load the page again.");
        await check.RunAsync(user.Actor, context.RequestAborted);
        return Results.LocalRedirect("/settings?checked=yes");
    }).RequireAuthorization(Permissions.Own);

    private static async Task<bool> AnsweredAsync(IServiceProvider services, CancellationToken cancel)
    {
        var settings = ContentReader.Settings(await services.GetRequiredService<SiteContent>().TextsAsync([DataTable.Settings.Path], cancel));
        var check = await LeaveChoice.LastAsync(services.GetRequiredService<CmsDatabase>(), cancel);
        return settings is not null && LeaveChoice.Concerns(check, settings.Leave) && check is { FirstFault: null };
    }
}

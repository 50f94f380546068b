using Portal.Cms.Database;
using Portal.Cms.Publishing;
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

    private static async Task<bool> AnsweredAsync(IServiceProvider services, CancellationToken cancel)
    {
        var settings = ContentReader.Settings(await services.GetRequiredService<SiteContent>().TextsAsync([DataTable.Settings.Path], cancel));
        var check = await LeaveChoice.LastAsync(services.GetRequiredService<CmsDatabase>(), cancel);
        return settings is not null && LeaveChoice.Concerns(check, settings.Leave) && check is { FirstFault: null };
    }
}

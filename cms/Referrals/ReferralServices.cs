using Portal.Cms.Hosting;
using Portal.Cms.Referrals.Inbox;
using Portal.Cms.Referrals.Intake;
using Portal.Cms.Referrals.Keys;

namespace Portal.Cms.Referrals;

/// <summary>The messages of people who write to the service: taking them, opening them, answering for them.</summary>
internal static class ReferralServices
{
    public static IServiceCollection AddReferrals(this IServiceCollection services, CmsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddDesk();
        services.AddReferralKeys();
        services.AddReferralInbox();
        services.AddIntake(settings);
        return services;
    }

    public static void MapReferrals(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapDesk();
        app.MapReferralKeys();
        app.MapReferralInbox();
    }
}

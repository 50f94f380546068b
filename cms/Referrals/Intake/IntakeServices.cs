using Portal.Cms.Hosting;

namespace Portal.Cms.Referrals.Intake;

/// <summary>Taking messages.</summary>
internal static class IntakeServices
{
    public static IServiceCollection AddIntake(this IServiceCollection services, CmsSettings settings)
    {
        if (settings.IntakeUrl.Length == 0) return services;
        services.AddHttpClient(HumanCheck.Client, client => (client.BaseAddress, client.Timeout) = (HumanCheck.Verifier, HumanCheck.Patience));
        services.AddSingleton(IntakeFile.Addition);
        services.AddSingleton<HourlySecret>().AddSingleton<IntakeLimit>().AddSingleton<Challenges>().AddSingleton<FormTokens>().AddSingleton<IntakeSites>().AddSingleton<HumanCheck>();
        services.AddSingleton<SealedPosts>().AddSingleton<FormPosts>().AddSingleton<IntakeRoutes>();
        services.AddSingleton<ReferralWriter>().AddHostedService(provider => provider.GetRequiredService<ReferralWriter>());
        services.AddSingleton<RetryForgetting>().AddHostedService(provider => provider.GetRequiredService<RetryForgetting>());
        return services.AddSingleton<IntakeHost>().AddHostedService(provider => provider.GetRequiredService<IntakeHost>()); // Last: first to stop, so that the writer writes what came in.
    }
}

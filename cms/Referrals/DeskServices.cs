using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Layout;
using Portal.Cms.Referrals.Alerts;
using Portal.Cms.Referrals.Figures;
using Portal.Cms.Referrals.Inbox;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Staff;
using Portal.Cms.Stage;

namespace Portal.Cms.Referrals;

/// <summary>Everything about messages that needs no key: rota, switch, acts, mails, deletion, figures.</summary>
internal static class DeskServices
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddScoped<RotaDesk>().AddScoped<FormDesk>().AddScoped<FactLists>().AddScoped<ReferralDesk>().AddScoped<FiguresDesk>().AddScoped<ReferralHome>();
        services.AddSingleton<OverdueWatch>().AddSingleton<AlertPost>().AddSingleton<ReferralRetention>();
        services.AddSingleton<ReferralClock>().AddHostedService(provider => provider.GetRequiredService<ReferralClock>());
        services.AddSingleton(new HomeLines(ReferralHome.AskAsync));
        foreach (var condition in FormConditions.All)
            services.AddSingleton(new StageCondition(condition.Name, condition.Remedy, (provider, cancel) => condition.IsMet(provider.GetRequiredService<CmsDatabase>(), Instant.FromDateTimeOffset(provider.GetRequiredService<TimeProvider>().GetUtcNow()), cancel)));
        return services;
    }

    public static void MapDesk(this IEndpointRouteBuilder app)
    {
        app.MapActs();
        app.MapGet("/referrals/figures.csv", FiguresAsync).RequireAuthorization(Permissions.ReferAudit);
    }

    private static async Task<IResult> FiguresAsync(string? quarter, FiguresDesk desk, CmsDatabase database, AuditLog audit, StaffUser user, CancellationToken cancel)
    {
        if (ReportQuarter.Parse(quarter) is not { } asked || !asked.IsBefore(desk.Now)) return Results.NotFound();
        var figures = await desk.OfAsync(asked, cancel);
        audit.Add(database, user.Actor, "referral.figures", asked.Name);
        await database.SaveChangesAsync(cancel);
        return Results.File(FiguresDesk.Csv(figures), "text/csv", $"figures-{asked.Name}.csv");
    }
}

using Portal.Cms.Staff;

namespace Portal.Cms.Reports;

/// <summary>What staff ask about the content as a whole.</summary>
internal static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddScoped<ContentReports>().AddScoped<ClausePages>();

    public static void MapReports(this IEndpointRouteBuilder app) => app.MapGet("/reports/{name}.csv", async (string name, ContentReports reports, CancellationToken cancel) =>
        (await reports.AllAsync(cancel)).FirstOrDefault(report => report.Name == name) is { } report ? Results.File(report.Csv(), "text/csv; charset=utf-8", $"{name}.csv") : Results.NotFound())
        .RequireAuthorization(Permissions.Read);
}

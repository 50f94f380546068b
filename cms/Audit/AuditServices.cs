namespace Portal.Cms.Audit;

/// <summary>The log of what staff did.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddSingleton<AuditLog>().AddScoped<AuditVerifier>();
}

namespace Portal.Cms.Calendar;

/// <summary>What happens when.</summary>
internal static class CalendarServices
{
    public static IServiceCollection AddCalendar(this IServiceCollection services) => services.AddScoped<CalendarDays>();
}

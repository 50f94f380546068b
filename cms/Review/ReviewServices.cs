namespace Portal.Cms.Review;

/// <summary>A second person's look, and what waits for it.</summary>
internal static class ReviewServices
{
    public static IServiceCollection AddReview(this IServiceCollection services) => services.AddScoped<ReviewInbox>().AddScoped<StaffNeeds>();
}

namespace Portal.Cms.Bundles;

/// <summary>Texts that go live and leave together.</summary>
internal static class BundleServices
{
    public static IServiceCollection AddBundles(this IServiceCollection services) => services.AddScoped<BundleDesk>().AddScoped<BundleSuggestions>();
}

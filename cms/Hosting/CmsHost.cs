using System.Text.Encodings.Web;
using System.Text.Unicode;

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

using Portal.Cms.Audit;
using Portal.Cms.Bundles;
using Portal.Cms.Calendar;
using Portal.Cms.Checks;
using Portal.Cms.Database;
using Portal.Cms.Delivery;
using Portal.Cms.Documents;
using Portal.Cms.Layout;
using Portal.Cms.Leave;
using Portal.Cms.Media;
using Portal.Cms.Places;
using Portal.Cms.Publishing;
using Portal.Cms.Redirects;
using Portal.Cms.Referrals;
using Portal.Cms.Reports;
using Portal.Cms.Review;
using Portal.Cms.Sharing;
using Portal.Cms.Staff;
using Portal.Cms.Tables;
using Portal.Cms.Translations;

namespace Portal.Cms.Hosting;

/// <summary>Puts the slices together into one web application; the command line and the tests start the same.</summary>
internal static class CmsHost
{
    /// <summary>They warn of what is meant so (no-store on every page, keys in our database), or of an error that is thrown as well.</summary>
    private static readonly string[] Talkers = ["Microsoft.AspNetCore.Antiforgery", "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", "Microsoft.EntityFrameworkCore.Database.Command"];

    /// <summary>Makes the database or brings it up to date. Before anything starts: keys and accounts are looked up at start.</summary>
    public static async Task PrepareAsync(WebApplication app, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(app.Services.GetRequiredService<CmsSettings>().Data);
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>().Database;

        // Asked first: a migration takes a lock, and a database that cannot be written is still to be read and told of.
        if ((await database.GetPendingMigrationsAsync(cancel)).Any()) await database.MigrateAsync(cancel);
        await scope.ServiceProvider.GetRequiredService<EntryColumns>().EnsureAsync(cancel);
        await KeyProtection.EnsureAsync(scope.ServiceProvider, cancel);
    }

    /// <param name="adjust">What a test exchanges: the clock, the address.</param>
    public static WebApplication Build(CmsSettings settings, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(settings.ListensOn);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        foreach (var talker in Talkers) builder.Logging.AddFilter(talker, LogLevel.Critical);
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Console.Out); // For what whoever started it must read: no log may keep a link.
        services.AddProxies(settings);
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365)); // Not for localhost, the framework sees to that.
        services.AddCmsDatabase(settings);
        services.AddKeys(settings);
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
        services.AddScoped<ComponentTurn>();
        services.AddPageCompression();
        services.AddHttpContextAccessor();
        services.AddDocuments();
        services.AddPlaces();
        services.AddMedia();
        services.AddChecks();
        services.AddBundles();
        services.AddSharing();
        services.AddReview();
        services.AddCalendar();
        services.AddReports();
        services.AddStaff();
        services.AddAudit();
        services.AddPublishing(settings);
        services.AddLeave();
        services.AddTranslations();
        services.AddDelivery();
        services.AddReferrals(settings);
        adjust?.Invoke(builder);

        var app = builder.Build();
        if (settings.Proxies.Length > 0) app.UseForwardedHeaders();
        app.UseHsts();
        app.UseResponseCompression();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            CreateScopeForErrors = true, // The renderer of the page that failed serves no second page.
            ExceptionHandler = context =>
            {
                SecurityHeaders.Set(context.Response.Headers); // An answer that failed was emptied, headers too.
                return new RazorComponentResult<Error> { StatusCode = StatusCodes.Status500InternalServerError }.ExecuteAsync(context);
            },
        });
        app.Use(SecurityHeaders.Add);
        app.UseCookiePolicy(new() { Secure = CookieSecurePolicy.Always, MinimumSameSitePolicy = SameSiteMode.Strict });
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(RequestSizes.Check);
        app.Use(MovedTexts.Lead);
        app.UseAntiforgery();
        app.Use(MissingPages.Draw);
        app.MapRazorComponents<App>();
        app.MapStaff();
        app.MapDocuments();
        app.MapPlaces();
        app.MapMedia();
        app.MapChecks();
        app.MapSharing();
        app.MapReports();
        app.MapPublishing();
        app.MapTranslations();
        app.MapTables();
        app.MapLeave();
        app.MapDelivery();
        app.MapReferrals();
        app.MapAssets();
        app.MapHealth();
        PublicRoutes.Check(app);
        return app;
    }
}

using System.Net;
using System.Threading.RateLimiting;

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Staff.Pages;

namespace Portal.Cms.Staff;

/// <summary>Who staff are and what they may do.</summary>
internal static class StaffServices
{
    /// <summary>Names the limit on tries: 20 posts a minute from one address.</summary>
    public const string Tries = "tries";

    private const int TriesPerMinute = 20;

    public static IServiceCollection AddStaff(this IServiceCollection services)
    {
        services.AddIdentityCore<Account>(Configure).AddSignInManager().AddEntityFrameworkStores<CmsDatabase>();
        services.RemoveAll<IPasswordValidator<Account>>().AddScoped<IPasswordValidator<Account>, PassphraseRules>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000); // OWASP's figure for PBKDF2 with SHA-512.
        services.AddOptions<IdentityPasskeyOptions>().Configure<CmsSettings>((options, settings) =>
        {
            var address = new Uri(settings.Url);
            var origin = address.GetLeftPart(UriPartial.Authority);
            options.ServerDomain = address.Host;
            options.ValidateOrigin = context => ValueTask.FromResult(context.Origin == origin && !context.CrossOrigin); // The address we know, not what the request says of itself.
            options.UserVerificationRequirement = "required"; // With it a passkey is two factors by itself.
            options.ResidentKeyRequirement = "required"; // Else somebody would have to say first who they are.
        });

        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, options =>
            {
                SetCookie(options, "__Host-portal-challenge"); // A passkey's challenge between its two requests.
                options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
            });
        services.AddSingleton<StaffSessions>().AddSingleton<KnownBrowsers>();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<StaffSessions>(ConfigureSession);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "__Host-portal-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.None; // The cookie policy sets Secure; asked here, it would throw on http://localhost.
            options.Cookie.SameSite = SameSiteMode.Strict;
        });

        StaffPolicies.Add(services.AddAuthorizationBuilder());
        services.AddScoped<StaffUser>().AddScoped<IAuthorizationHandler, StaffRequirementCheck>();
        services.AddScoped<StaffSignIn>().AddScoped<SecondFactors>().AddScoped<StaffLinks>().AddScoped<StaffAccounts>();
        services.AddCascadingAuthenticationState();
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = async (context, cancel) => await context.HttpContext.Response.WriteAsync("Too many tries from this address. Wait a minute, then try again.\n", cancel);
            options.AddPolicy(Tries, Limit);
        });
        services.AddHostedService<FirstStart>();
        return services;
    }

    public static void MapStaff(this IEndpointRouteBuilder app)
    {
        app.MapPost("/sign-out", SignOutAsync).RequireAuthorization(StaffPolicies.Begun).AddEndpointFilter(CheckTokenAsync);
        app.MapPost("/keys/ask", AskForPasskeyAsync).AllowAnonymous().RequireRateLimiting(Tries).AddEndpointFilter(CheckTokenAsync);
        app.MapPost("/keys/make", MakePasskeyAsync).RequireAuthorization(StaffPolicies.Begun).AddEndpointFilter(CheckTokenAsync);
    }

    private static void Configure(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.User.RequireUniqueEmail = true;
        options.User.AllowedUserNameCharacters = string.Empty; // Any: the name is the email address, which has rules of its own.
    }

    private static void ConfigureSession(CookieAuthenticationOptions options, StaffSessions sessions)
    {
        SetCookie(options, "__Host-portal");
        options.SessionStore = sessions;
        options.ExpireTimeSpan = StaffSessions.Longest.ToTimeSpan();
        options.SlidingExpiration = false; // The store counts idle minutes, exactly.
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "next";
        options.Events.OnRedirectToLogin = AskForSignInAsync;
        options.Events.OnRedirectToAccessDenied = RefuseAsync;
    }

    private static void SetCookie(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        options.Cookie.SameSite = SameSiteMode.Strict;
    }

    private static async Task AskForSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (HttpMethods.IsGet(context.Request.Method)) context.Response.Redirect(context.RedirectUri);
        else if (PostedWords.IsFormOfPage(context.Request)) await new RazorComponentResult<SessionOver>(new Dictionary<string, object?> { [nameof(SessionOver.Words)] = await PostedWords.OfAsync(context.HttpContext) }) { StatusCode = StatusCodes.Status401Unauthorized }.ExecuteAsync(context.HttpContext);
        else context.Response.StatusCode = StatusCodes.Status401Unauthorized; // A form sent by script is told plainly, so that it keeps what was typed.
    }

    private static Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        switch (context.HttpContext.RequestServices.GetRequiredService<StaffUser>().Missing)
        {
            case SecondStep.Give: context.Response.Redirect("/sign-in/second?next=" + Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)); return Task.CompletedTask;
            case SecondStep.Enrol: context.Response.Redirect("/account/factors"); return Task.CompletedTask;
            default:
                return new RazorComponentResult<Refused> { StatusCode = StatusCodes.Status403Forbidden }.ExecuteAsync(context.HttpContext);
        }
    }

    private static RateLimitPartition<string> Limit(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method)) return RateLimitPartition.GetNoLimiter(string.Empty);
        return RateLimitPartition.GetFixedWindowLimiter(Client(context.Connection.RemoteIpAddress), _ => new() { PermitLimit = TriesPerMinute, Window = TimeSpan.FromMinutes(1) });
    }

    /// <summary>One home has one address of IPv4, and a /64 of IPv6 to choose from.</summary>
    internal static string Client(IPAddress? address)
    {
        if (address is null) return "unknown";
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        return Convert.ToHexString(bytes.Length == 16 ? bytes.AsSpan(0, 8) : bytes);
    }

    /// <summary>For an endpoint that takes a form: refuses what no page of ours sent.</summary>
    internal static async ValueTask<object?> CheckTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext)
            ? await next(context)
            : TypedResults.BadRequest("The form is out of date. Open the page again.");

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext context, StaffUser user, StaffAccounts accounts, CancellationToken cancellationToken)
    {
        await accounts.EndSessionAsync(user.Actor, user.Id, user.SessionId, cancellationToken);
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.Redirect("/sign-in");
    }

    private static async Task<ContentHttpResult> AskForPasskeyAsync(SignInManager<Account> keys) =>
        TypedResults.Content(await keys.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<ContentHttpResult> MakePasskeyAsync(SignInManager<Account> keys, StaffUser user) =>
        TypedResults.Content(await keys.MakePasskeyCreationOptionsAsync(new() { Id = user.Id.ToString(), Name = user.Email, DisplayName = user.Name }), "application/json");
}

using Portal.Theme;

namespace Portal.Cms.Referrals.Intake;

/// <summary>What every answer of the intake says about itself. No cookie is ever set here.</summary>
internal static class IntakeHeaders
{
    private const string Nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Nothing but the two sheets, the way out and its guard, and forms that lead back here.</summary>
    private static readonly string Page = string.Join("; ",
        "default-src 'none'",
        $"script-src 'self' '{ThemeAssets.PolicyHash("guard.js")}'",
        "style-src 'self'",
        "img-src data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'");

    /// <summary>
    /// The one page that a third party's script may run in. Framed by the site alone, it may open nothing, send no form and
    /// lead nobody away; the words of the form stand in another origin.
    /// </summary>
    private const string Frame = "default-src 'none'; script-src 'self' https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/; "
        + "frame-src https://www.google.com/recaptcha/; connect-src https://www.google.com/recaptcha/; worker-src 'none'; "
        + "base-uri 'none'; form-action 'none'; sandbox allow-scripts allow-same-origin; frame-ancestors ";

    private static readonly string Permissions = string.Join(", ", new[]
    {
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
        "idle-detection", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    }.Select(feature => feature + "=()"));

    /// <summary>For an answer that nothing shows: stricter than any page.</summary>
    public static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Nothing;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Permissions-Policy"] = Permissions;
        headers["X-Robots-Tag"] = "noindex, nofollow";
    }

    /// <summary>For a page.</summary>
    public static void SetPage(IHeaderDictionary headers) => headers.ContentSecurityPolicy = Page;

    /// <summary>For the frame of the check for humans.</summary>
    /// <param name="origins">The pages that may frame it.</param>
    public static void SetFrame(IHeaderDictionary headers, IEnumerable<string> origins)
    {
        headers.ContentSecurityPolicy = Frame + string.Join(' ', origins);
        headers.Remove("X-Frame-Options"); // It knows no origin but its own, and would forbid what the policy allows.
    }

    /// <summary>Lets the script of the one site read the answer.</summary>
    public static void Share(IHeaderDictionary headers, string origin)
    {
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlExposeHeaders = "Retry-After";
        headers.Vary = "Origin";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
    }

    /// <summary>Answers a browser that asks first whether it may send.</summary>
    public static void ShareAhead(IHeaderDictionary headers)
    {
        headers.AccessControlAllowMethods = "GET, POST";
        headers.AccessControlAllowHeaders = "content-type, idempotency-key, x-keyset, x-group, x-urgent, x-proof, x-human";
        headers.AccessControlMaxAge = "600";
    }
}

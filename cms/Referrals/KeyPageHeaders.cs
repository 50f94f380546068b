namespace Portal.Cms.Referrals;

/// <summary>Headers of a page in whose memory words or keys are: nothing from elsewhere, no frame, nobody told where it stands, and no text ever becomes markup or script.</summary>
internal static class KeyPageHeaders
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private const string Nothing =
        "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

    public static void Set(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers["Permissions-Policy"] = Nothing;
        context.Response.Headers["Referrer-Policy"] = "no-referrer"; // Its forms then say Origin: null, which nothing here asks for.
    }
}

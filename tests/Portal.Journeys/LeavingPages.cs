namespace Portal.Journeys;

/// <summary>One page of each kind.</summary>
internal static class LeavingPages
{
    /// <summary>In English: every view of the site.</summary>
    public static IReadOnlyList<string> English { get; } =
    [
        "/", "/help-now/", "/find-help/", "/find-help/ashford/", "/places/maidstone-oss/", "/is-this-happening/", "/guides/", "/guides/unwanted-contact/", "/my-plan/",
        "/search/", "/a-to-z/", "/what-helps/", "/what-helps/home/", "/professionals/", "/professionals/health/", "/campaigns/", "/campaigns/sixteen-days/",
        "/campaigns/sixteen-days/poster/", "/lines/", "/lines/vs-24h/", "/contact-sheet/", "/services/outreach/", "/partners/galop/", "/about/providers/",
        "/notices/provider-change/", "/updates/", "/updates/site-demonstration/", "/status/", "/privacy/", "/policies/safeguarding/", "/leaving-this-site/", "/simple/help-now/", "/404.html",
    ];

    /// <summary>In Urdu, from right to left: every view there is in it.</summary>
    public static IReadOnlyList<string> Urdu { get; } =
    [
        "/ur/", "/ur/help-now/", "/ur/find-help/", "/ur/find-help/ashford/", "/ur/is-this-happening/", "/ur/guides/safer-devices/", "/ur/contact/",
        "/ur/interpreters/", "/ur/leaving-this-site/", "/ur/privacy/", "/ur/will-you-tell/",
    ];
}

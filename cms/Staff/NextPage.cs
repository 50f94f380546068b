namespace Portal.Cms.Staff;

/// <summary>Where a sign-in leads.</summary>
internal static class NextPage
{
    /// <summary>The page asked for, where it is one of this host; else the start page. Never another site.</summary>
    public static string After(this HttpContext context, string? next) =>
        context is not null && next is ['/', ..] and not ['/', '/' or '\\', ..] && !next.Any(char.IsControl) ? next : "/";
}

using System.Text;

using Portal.Site.Building;
using Portal.Site.Contact;
using Portal.Site.Map;
using Portal.Theme;

namespace Portal.Site.Hosting;

/// <summary>Headers for the addresses that match a pattern; <c>*</c> at the end stands for anything.</summary>
internal sealed record HeaderRule(string Pattern, IReadOnlyList<(string Name, string Value)> Headers)
{
    public bool Matches(string address) => Pattern.EndsWith('*')
        ? address.StartsWith(Pattern[..^1], StringComparison.Ordinal)
        : address == Pattern;
}

/// <summary>An address that leads to another.</summary>
/// <param name="ForNow">Browsers are not to remember it; else it is for good.</param>
internal sealed record Redirect(string From, string To, bool ForNow);

/// <summary>
/// What the host sends with each file: one table, written into the output for the host and used by the local server, so
/// that what was tried is what is served. No header is set by two rules that match one address: a host may join them.
/// </summary>
internal sealed class HostRules
{
    private const string Year = "public, max-age=31536000, immutable";

    /// <summary>Status of a redirect, with the sign that it counts even where a file stands.</summary>
    private const string ForGood = "301!";
    private const string ForNow = "302!";

    private HostRules(IReadOnlyList<HeaderRule> headers, IReadOnlyList<Redirect> redirects)
    {
        Headers = headers;
        Redirects = redirects;
    }

    public IReadOnlyList<HeaderRule> Headers { get; }

    public IReadOnlyList<Redirect> Redirects { get; }

    public static HostRules Of(SiteMap map)
    {
        var everywhere = new List<(string, string)>
        {
            ("Content-Security-Policy", Policy(ContactPages.IntakeOf(map.Edition), ContactPages.AsksForHumans(map.Edition))),
            ("Strict-Transport-Security", "max-age=63072000; includeSubDomains"),
            ("Referrer-Policy", "no-referrer"),
            ("Permissions-Policy", Permissions()),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
        };
        if (!map.Edition.IsLive) everywhere.Add(("X-Robots-Tag", "noindex, nofollow"));

        return new(
            [
                new("/*", everywhere),
                new($"/{SiteAssets.Folder}/*", [("Cache-Control", Year)]),
                .. map.Pages.Where(page => page.TakesText).Select(page => new HeaderRule(page.Address, [("Cache-Control", "no-store")])),
            ],
            [.. map.Edition.Library.Settings.Redirects.Select(redirect => new Redirect(redirect.From, redirect.To, redirect.ForNow))]);
    }

    /// <summary>The rules that a published folder carries, read from the two files that <see cref="ToHeadersFile"/> and <see cref="ToRedirectsFile"/> wrote.</summary>
    public static HostRules In(string folder)
    {
        var headers = new List<HeaderRule>();
        foreach (var line in File.ReadAllLines(Path.Combine(folder, "_headers")))
        {
            if (!line.StartsWith(' ')) headers.Add(new(line, new List<(string, string)>()));
            else if (line.Split(": ", 2) is [var name, var value]) ((List<(string, string)>)headers[^1].Headers).Add((name.Trim(), value));
        }

        return new(headers, [.. File.ReadAllLines(Path.Combine(folder, "_redirects")).Select(line => line.Split(' ')).Select(part => new Redirect(part[0], part[1], part[2] == ForNow))]);
    }

    /// <summary>All headers for an address; its own rules after the general ones.</summary>
    public IEnumerable<(string Name, string Value)> HeadersFor(string address) =>
        Headers.Where(rule => rule.Matches(address)).SelectMany(rule => rule.Headers);

    /// <summary>The table in the form of the host's <c>_headers</c> file.</summary>
    public string ToHeadersFile()
    {
        var text = new StringBuilder();
        foreach (var rule in Headers)
        {
            text.Append(rule.Pattern).Append('\n');
            foreach (var (name, value) in rule.Headers) text.Append("  ").Append(name).Append(": ").Append(value).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The table in the form of the host's <c>_redirects</c> file.</summary>
    public string ToRedirectsFile() => string.Concat(Redirects.Select(redirect => $"{redirect.From} {redirect.To} {(redirect.ForNow ? ForNow : ForGood)}\n"));

    /// <summary>
    /// Nothing but our own files; the one inline script is the exit's guard, by its hash. <c>data:</c> is the empty icon.
    /// Where the form is open, messages may go to the intake and nowhere else, and where it asks for humans a page of the
    /// intake may be framed: that page alone names the third party. It holds for every page: a host joins the headers of
    /// two rules, and two policies would forbid what either forbids.
    /// </summary>
    /// <param name="intake">Origin of the intake; null while no form is open.</param>
    private static string Policy(string? intake, bool asksForHumans) => string.Join("; ", new[]
    {
        "default-src 'none'",
        $"script-src 'self' '{ThemeAssets.PolicyHash("guard.js")}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        asksForHumans ? $"frame-src {intake}" : null,
        intake is null ? "connect-src 'self'" : $"connect-src 'self' {intake}",
        $"form-action {intake ?? "'none'"}",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    }.OfType<string>());

    private static string Permissions() => string.Join(", ", Features.Select(feature => feature + "=()"));

    private static readonly string[] Features =
    [
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
        "idle-detection", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    ];
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

using Microsoft.AspNetCore.DataProtection;

namespace Portal.Cms.Staff;

/// <summary>
/// Browsers in which somebody has signed in before. Wrong tries from elsewhere lock an account for browsers that nobody
/// knows, and never for these: an outsider who keeps guessing cannot keep its owner out. A known browser has tries of its
/// own, so that whoever takes one cannot guess for ever (OWASP, <i>Slow Down Online Guessing Attacks with Device Cookies</i>).
/// </summary>
internal sealed class KnownBrowsers(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Cookie = "__Host-portal-known";

    /// <summary>Accounts that one browser is known for: colleagues share machines.</summary>
    private const int MostAccounts = 5;

    private static readonly TimeSpan Life = TimeSpan.FromDays(180);

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Cms.Staff.KnownBrowsers");

    /// <summary>Wrong tries by the key in the cookie. Keys are ours, so nobody can fill this; a new start forgets it.</summary>
    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Since)> wrong = new();

    /// <summary>True where the account has signed in here before, and has tries left.</summary>
    public bool Knows(HttpContext context, Guid account) => Find(context, account) is { } known && TriesOf(known.Key) < StaffSignIn.MostTries;

    /// <summary>Counts a wrong try for the browser alone; false where it is not known, and the try counts for the account.</summary>
    public bool NoteFailure(HttpContext context, Guid account)
    {
        if (Find(context, account) is not { } known || TriesOf(known.Key) >= StaffSignIn.MostTries) return false;
        var now = clock.GetUtcNow();
        wrong.AddOrUpdate(known.Key, (1, now), (_, tries) => tries.Since + StaffSignIn.LockOut <= now ? (1, now) : (tries.Count + 1, now));
        return true;
    }

    /// <summary>After a complete sign-in.</summary>
    public void Remember(HttpContext context, Guid account)
    {
        var key = Find(context, account)?.Key ?? Token.New();
        wrong.TryRemove(key, out _);
        var all = Read(context).Where(each => each.Account != account).Take(MostAccounts - 1).Prepend(new(account, key, clock.GetUtcNow()));
        context.Response.Cookies.Append(Cookie, protector.Protect(string.Join('|', all)), new() { Path = "/", HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, MaxAge = Life, IsEssential = true });
    }

    private int TriesOf(string key) => wrong.TryGetValue(key, out var tries) && tries.Since + StaffSignIn.LockOut > clock.GetUtcNow() ? tries.Count : 0;

    private Known? Find(HttpContext context, Guid account) => Read(context).FirstOrDefault(each => each.Account == account && each.Since + Life > clock.GetUtcNow());

    private List<Known> Read(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } text) return [];
        try
        {
            return [.. protector.Unprotect(text).Split('|').Select(Known.Parse)];
        }
        catch (CryptographicException)
        {
            return []; // Not ours, or of keys that are gone.
        }
    }

    private sealed record Known(Guid Account, string Key, DateTimeOffset Since)
    {
        public static Known Parse(string text) => text.Split(' ') is [var account, var key, var since]
            ? new(Guid.ParseExact(account, "N"), key, DateTimeOffset.FromUnixTimeSeconds(long.Parse(since, CultureInfo.InvariantCulture)))
            : throw new CryptographicException("This is no list of known accounts.");

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Account:N} {Key} {Since.ToUnixTimeSeconds()}");
    }
}

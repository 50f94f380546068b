using Portal.Content.Problems;
using Portal.Content.Publishing;

namespace Portal.Content.Rules;

/// <summary>Settings that would make the site unsafe or untrue.</summary>
internal static class Settings
{
    private const string File = "settings.yaml";

    public static IEnumerable<Problem> CheckLeave(Edition edition)
    {
        var leave = edition.Library.Settings.Leave;
        foreach (var url in new[] { leave.Url, leave.Second }.OfType<string>())
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps)
                yield return new(File, 0, $"The leave button's page '{url}' is not an https address.", "Write the whole address, beginning with https://.");
            else if (!leave.Allowed.Contains(address.Host))
                yield return new(File, 0, $"The leave button's host '{address.Host}' is not allowed.", "Add it to 'allowed' after trying it without cookies, or choose another page.");
            else if (address.Query.Length > 0 || address.Fragment.Length > 0)
                yield return new(File, 0, $"The leave button's page '{url}' carries a query or fragment.", "Choose a page that looks the same for everybody.");
        }
    }

    /// <summary>https and a host, with a port at most; a demonstration may also stand on this machine.</summary>
    private static bool IsSite(string url, bool live) => Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address is { Host.Length: > 0, UserInfo.Length: 0 } && url == address.GetLeftPart(UriPartial.Authority)
        && (address.Scheme == Uri.UriSchemeHttps || (!live && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    public static IEnumerable<Problem> CheckLive(Edition edition)
    {
        var settings = edition.Library.Settings;
        if (!IsSite(settings.BaseUrl, edition.IsLive))
            yield return new(File, 0, $"'{settings.BaseUrl}' is not the site's address.", "Write https and the host, without a slash at the end.");
        if (settings.Intake is { } intake && (!IsSite(intake, edition.IsLive) || intake == settings.BaseUrl))
            yield return new(File, 0, $"'{intake}' is not the intake's address.", "Write https and its host, without a slash at the end. It is never the site's own host: that one would see what people write.");
        if (!edition.IsLive) yield break;

        foreach (var condition in LiveConditions.All.Where(condition => !condition.IsMet(edition)))
            yield return new(condition.File, 0, condition.What, condition.Remedy);
    }
}

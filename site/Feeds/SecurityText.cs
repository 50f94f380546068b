using System.Text;

using NodaTime;

using Portal.Content.Publishing;

namespace Portal.Site.Feeds;

/// <summary>Whom to tell of a weakness (RFC 9116): the contact of the settings, or the contact page while none is set.</summary>
internal static class SecurityText
{
    /// <summary>Months for which a build's file holds; RFC 9116 recommends less than a year.</summary>
    private const int Months = 6;

    public static byte[] Write(Edition edition)
    {
        var settings = edition.Library.Settings;
        var contact = settings.Contact is { } mail && mail.Contains('@', StringComparison.Ordinal) ? "mailto:" + mail : settings.BaseUrl + "/contact/";
        return Encoding.UTF8.GetBytes(
            $"Contact: {contact}\nExpires: {edition.Day.Plus(Period.FromMonths(Months)):uuuu-MM-dd}T00:00:00Z\nPreferred-Languages: en\nCanonical: {settings.BaseUrl}/.well-known/security.txt\n");
    }
}

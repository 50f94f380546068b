using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Referrals;
using Portal.Site.Guides;
using Portal.Site.Map;

namespace Portal.Site.Contact;

/// <summary>Ways to reach help, and the form among them. The form has a page of its own, so that both stay light.</summary>
internal static class ContactPages
{
    /// <summary>Neutral address of the form.</summary>
    public const string Form = "/contact/write/";

    /// <summary>The privacy notice: a form whose notice is not public is not shown.</summary>
    public static DocumentId Notice { get; } = DocumentId.Parse("privacy");

    public static SitePage Of(Page page) => GuidePages.Of(page, typeof(ContactView));

    /// <summary>The form's page, where the site has an intake at all: while it takes nothing, the page says so and shows the phones.</summary>
    public static IEnumerable<SitePage> In(Edition edition, Language language)
    {
        if (edition.Library.Settings.Intake is null) yield break;
        var words = edition.Library.WordsOf(language);
        var isOpen = IntakeOf(edition) is not null;
        yield return new SitePage(Form, language, typeof(WriteView))
        {
            TabTitle = words["form.title"],
            Description = words["form.intro"],
            Scripts = isOpen ? ["referral"] : [],
            TakesText = isOpen,
        };
    }

    /// <summary>Origin that messages go to; null while none is taken.</summary>
    public static string? IntakeOf(Edition edition) => edition.Library.Data.Intake is { TakesMessages: true } && NoticeOf(edition) is not null ? edition.Library.Settings.Intake : null;

    /// <summary>True where the form may ask a third party whether a person writes. Off by default: then nothing of the site names that party.</summary>
    public static bool AsksForHumans(Edition edition) => IntakeOf(edition) is not null && edition.Library.Settings.HumanCheck is { Length: > 0 };

    /// <summary>Version of the privacy notice, as a message names it.</summary>
    public static string? NoticeOf(Edition edition) => (edition.Find(Notice, Language.Base) as Policy)?.Version.ToString("uuuu-MM-dd", null);

    /// <summary>Names of the routes that are set, with spaces.</summary>
    public static string? NamesOf(ReferralRoutes routes) =>
        string.Join(' ', ReferralForm.Routes.Where(route => routes.HasFlag(route)).Select(ReferralForm.NameOf)) is { Length: > 0 } names ? names : null;
}

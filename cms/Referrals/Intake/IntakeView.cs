using Portal.Content.Documents;
using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Referrals;
using Portal.Theme;

namespace Portal.Cms.Referrals.Intake;

/// <summary>What a page of the intake may ask while it draws: the site's words in one language.</summary>
public sealed record IntakeView(IntakeSite Site, Language Language)
{
    private static readonly DocumentId PrivacyPage = DocumentId.Parse("privacy");

    public Edition Edition => Site.Edition;

    public SiteSettings Settings => Edition.Library.Settings;

    public InterfaceStrings Words => Edition.Library.WordsOf(Language);

    public string this[string key] => Words[key];

    /// <summary>Number of the line that stands everywhere.</summary>
    public string Number => Line(Settings.MainLine);

    /// <summary>Number of a line; empty where it is not public.</summary>
    public string Line(string id) => Edition.Line(id, Language)?.Number ?? string.Empty;

    /// <summary>What the service promises, as it was published last.</summary>
    public IntakeSetting Promises => Site.Promises;

    /// <summary>Where the site's pages are, in this language.</summary>
    public string Home => Settings.BaseUrl + Addresses.In(Language, "/");

    /// <summary>The privacy notice, in this language where it is public in it; else in English.</summary>
    public (string Address, Language Language) Privacy
    {
        get
        {
            var language = Edition.Find(PrivacyPage, Language) is null ? Language.Base : Language;
            return (Settings.BaseUrl + Addresses.In(language, "/privacy/"), language);
        }
    }

    /// <summary>Where a file of the theme is served by the intake itself.</summary>
    public static string Asset(string name) => "/intake/assets/" + ThemeAssets.HashedName(name);
}

/// <summary>A form that comes back: what was typed, what is missing, and why it was not sent.</summary>
/// <param name="Stamp">The instant it was drawn, signed.</param>
/// <param name="Failure">Interface word of why nothing was sent though nothing is missing; null where something is.</param>
public sealed record FormAgain(IReadOnlyDictionary<string, string> Typed, ReferralRoutes Route, IReadOnlyList<ReferralMistake> Mistakes, string Stamp, string? Failure)
{
    /// <summary>Fields that a page without a script carries along.</summary>
    public static IReadOnlyList<string> Carried { get; } = ["notice", "keyset", Try];

    /// <summary>Field that makes a second try of the same answers the same message: <see cref="FormTokens.Carry"/>.</summary>
    public const string Try = "try";

    public string Value(string name) => Typed.GetValueOrDefault(name) ?? string.Empty;
}

using Portal.Content.Documents;
using Portal.Content.Publishing;
using Portal.Content.Reading;

namespace Portal.Content.Rules;

/// <summary>Something without which people must not be asked to rely on the site.</summary>
/// <param name="Name">What it is, in a few words.</param>
/// <param name="File">Where it is put right.</param>
/// <param name="What">What is wrong while it is not met.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="IsMet">Whether the texts meet it.</param>
public sealed record LiveCondition(string Name, string File, string What, string Remedy, Func<Edition, bool> IsMet);

/// <summary>What the live stage asks of the texts, in one list. What it asks beyond them is asked by the CMS.</summary>
public static class LiveConditions
{
    private const string Settings = "settings.yaml";

    public static IReadOnlyList<LiveCondition> All { get; } =
    [
        new("The privacy notice is reviewed", "pages/privacy/en.md", "The live stage needs a reviewed privacy notice.", "Have it read by the data protection officer and enter 'reviewed'.",
            edition => edition.Library.Find(edition.Current(DocumentId.Parse("privacy")))?.Base.Reviewed is not null),
        Setting("Somebody runs the site", "operator", settings => settings.Operator),
        Setting("There is a data controller", "controller", settings => settings.Controller),
        Setting("They can be reached", "contact", settings => settings.Contact),
        Setting("They have a postal address", "postalAddress", settings => settings.PostalAddress),
        Setting("It is said how long the host keeps address logs", "logDays", settings => settings.LogDays),
    ];

    private static LiveCondition Setting(string name, string key, Func<SiteSettings, object?> value) =>
        new(name, Settings, $"The live stage needs '{key}'.", "Fill it in, or write 'stage: demonstration'.", edition => value(edition.Library.Settings) is not null);
}

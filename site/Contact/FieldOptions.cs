using Portal.Content.Languages;
using Portal.Content.Publishing;
using Portal.Content.Referrals;

namespace Portal.Site.Contact;

/// <summary>What a list of <see cref="ReferralForm"/> offers: alike on the form's own page and where the intake hands the form back.</summary>
public static class FieldOptions
{
    private static readonly Dictionary<string, string> Beside = new() { ["moving"] = "form.about.moving", ["outside"] = "form.about.outside", ["unsure"] = "form.about.unsure" };

    /// <summary>Each value with its words, and the language tag of these where it is not the page's.</summary>
    public static IReadOnlyList<(string Value, string Label, string? Tag)> Of(ReferralField field, Edition edition, Language language, InterfaceStrings words) => field.Table switch
    {
        ReferralTable.Districts =>
        [
            .. edition.Library.Data.Gazetteer.Districts.Select(district => (district.Id, district.Name, (string?)null)),
            .. ReferralForm.AreasBeside.Select(area => (area, words[Beside[area]], (string?)null)),
        ],
        ReferralTable.Languages =>
        [
            .. edition.Library.Languages.Where(each => !each.IsSimple).Select(each => (each.Code, each.Endonym, each == language ? null : each.Tag)),
            (ReferralForm.OtherLanguage, words["form.about.otherLanguage"], null),
        ],
        _ => [.. field.Choices.Select(choice => (choice.Value, words[choice.Label], (string?)null))],
    };
}

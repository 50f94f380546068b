using Portal.Cms.Documents;
using Portal.Content.Documents;
using Portal.Content.Text;

namespace Portal.Cms.Translations;

/// <summary>Where a translation stands, for a list and for a tag.</summary>
internal static class TranslationWords
{
    public const string Missing = "missing";
    public const string InTranslation = "in-translation";
    public const string Stale = "stale";

    /// <summary>Every state there is, in the order of the work.</summary>
    public static IReadOnlyList<string> All { get; } = [Missing, InTranslation, Stale, .. Enum.GetValues<TranslationState>().Select(state => Names.Kebab(state))];

    /// <summary>The state of a translation by its row; <see cref="Missing"/> where there is none.</summary>
    public static string StateOf(Entry? entry) => entry switch
    {
        null => Missing,
        { Stale: > 0, State: EntryState.Draft } => InTranslation,
        { Stale: > 0 } => Stale,
        _ => entry.Progress ?? Names.Kebab(TranslationState.MachineDraft),
    };

    /// <summary>The same in words, with how much is left and who reviewed it.</summary>
    public static string Say(Entry? entry) => StateOf(entry) switch
    {
        Stale => $"stale ({entry!.Stale} of {entry.Parts} parts)", // Only a row can be stale.
        InTranslation => $"in translation ({entry!.Stale} of {entry.Parts} parts to do)",
        "reviewed" => $"reviewed ({entry!.ReviewedBy}, {entry.ReviewedOn})",
        var state => state.Replace('-', ' '),
    };

    /// <summary>The state a text names.</summary>
    public static string StateIn(DocumentText text) => text.Fields.FirstOrDefault(field => field.Key == "state")?.Source["state:".Length..].Trim() ?? Names.Kebab(TranslationState.NeedsReview);
}

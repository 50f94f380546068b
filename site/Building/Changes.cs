using Portal.Content.Reading;
using Portal.Site.Layout;
using Portal.Site.Map;

namespace Portal.Site.Building;

/// <summary>
/// What differs between two builds, in the words in which pages note what they are made of. Whatever a reading took over
/// is the same object, so documents are compared as objects: one that was read again counts as changed.
/// </summary>
internal sealed class Changes
{
    private readonly bool[] changed;

    private Changes(bool[] changed) => this.changed = changed;

    /// <summary>True where nothing that concerns every page differs: the day in Kent, settings, words, tables, languages.</summary>
    public static bool SameGround(BuiltSite last, ContentReading reading, SiteMap map)
    {
        var (before, now) = (last.Reading.Library!, reading.Library!); // Both were built.
        return last.Map.Edition.Day == map.Edition.Day
            && ReferenceEquals(before.Settings, now.Settings) && ReferenceEquals(before.Data, now.Data) && ReferenceEquals(before.Languages, now.Languages)
            && before.Strings.All(words => ReferenceEquals(now.Strings.GetValueOrDefault(words.Key), words.Value))
            && last.Map.Edition.Languages.SequenceEqual(map.Edition.Languages)
            && map.Edition.Languages.All(language => last.Map.Landing(language)?.Address == map.Landing(language)?.Address);
    }

    public static Changes Between(BuiltSite last, SiteMap map, SiteAssets assets) =>
        new(last.Pool.Flags(Documents(last.Map.Edition.Library, map.Edition.Library).Concat(Addresses(last.Map, map)).Concat(Files(last.Assets.Assets, assets))));

    /// <summary>True where a page is to be drawn: it is another page, or made of something that changed.</summary>
    public bool Concern(DrawnPage old, SitePage page) =>
        !IsSame(old.Page, page) || Array.Exists(old.MadeOf, number => number < changed.Length && changed[number]);

    /// <summary>Documents that were added, changed or taken away, and their kinds; where one is not public now or then, no harm is done.</summary>
    private static IEnumerable<Dependency> Documents(ContentLibrary before, ContentLibrary now)
    {
        foreach (var set in before.Documents.Where(set => !ReferenceEquals(now.Find(set.Id), set)).Concat(now.Documents.Where(set => !ReferenceEquals(before.Find(set.Id), set))))
        {
            yield return new(DependencyKind.Document, set.Id.ToString());
            for (var kind = set.Base.GetType(); kind != typeof(object) && kind is not null; kind = kind.BaseType) yield return new(DependencyKind.Kind, kind.Name);
        }
    }

    /// <summary>Neutral addresses at which a page came or went in some language.</summary>
    private static IEnumerable<Dependency> Addresses(SiteMap before, SiteMap now) =>
        before.Pages.Where(page => now.Find(page.Neutral, page.Language) is null).Concat(now.Pages.Where(page => before.Find(page.Neutral, page.Language) is null))
            .Select(page => new Dependency(DependencyKind.Address, page.Neutral));

    private static IEnumerable<Dependency> Files(SiteAssets before, SiteAssets now) =>
        before.Files.Keys.Union(now.Files.Keys).Where(name => before.Files.GetValueOrDefault(name) != now.Files.GetValueOrDefault(name))
            .Concat(before.Pictures.Keys.Union(now.Pictures.Keys).Where(name => !ReferenceEquals(before.Pictures.GetValueOrDefault(name), now.Pictures.GetValueOrDefault(name))).Select(name => "media/" + name.Media))
            .Select(name => new Dependency(DependencyKind.File, name));

    private static bool IsSame(SitePage one, SitePage other) =>
        one.Neutral == other.Neutral && one.Language == other.Language && one.View == other.View && one.TabTitle == other.TabTitle && one.Description == other.Description
        && one.Document == other.Document && one.TakesText == other.TakesText && one.Unlisted == other.Unlisted && one.Reviewed == other.Reviewed
        && one.Scripts.SequenceEqual(other.Scripts) && one.Styles.SequenceEqual(other.Styles)
        && one.Model.Count == other.Model.Count && one.Model.All(entry => other.Model.TryGetValue(entry.Key, out var value) && IsSame(entry.Value, value));

    private static bool IsSame(object? one, object? other) => ReferenceEquals(one, other) || (one is ValueType or string && one.Equals(other));
}

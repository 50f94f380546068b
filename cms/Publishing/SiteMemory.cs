using System.Collections.Concurrent;

using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Site.Building;

namespace Portal.Cms.Publishing;

/// <summary>
/// What this process has read and made of the public texts, so that a preview or a publication looks only at what
/// changed. It is a memory, no truth: what is public is asked of the database each time, and an empty memory costs time alone.
/// </summary>
internal sealed class SiteMemory
{
    private ContentReading? reading;
    private MadeAssets? assets;

    /// <summary>Public texts by their revision.</summary>
    public ConcurrentDictionary<Guid, string> Texts { get; } = new();

    /// <summary>Lets go of texts that are no longer public.</summary>
    public void Forget(SiteState state)
    {
        if (Texts.Count <= state.Texts.Count) return;
        var live = state.Texts.Select(text => text.Revision).ToHashSet();
        foreach (var old in Texts.Keys.Where(revision => !live.Contains(revision))) Texts.TryRemove(old, out _);
    }

    /// <summary>The public texts, read.</summary>
    public ContentReading Read(ContentFiles live) => reading = ContentReader.Read(live, reading);

    /// <summary>The addresses of everything that pages name; null where a media file cannot be used.</summary>
    /// <param name="add">Takes what neither a publication nor an earlier preview of this process made; called from several threads.</param>
    public SiteAssets? AssetsOf(Edition edition, string cache, Action<string, byte[]> add)
    {
        var made = AssetBuilder.Make(edition, add, _ => { }, cache, [], assets);
        assets = made ?? assets;
        return made?.Assets;
    }

    /// <summary>Takes over what a publication read and made.</summary>
    public void Take(BuiltSite site) => (reading, assets) = (site.Reading, site.Assets);
}

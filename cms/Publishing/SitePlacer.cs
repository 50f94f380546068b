using Portal.Cms.Hosting;
using Portal.Site.Building;
using Portal.Site.Hosting;

namespace Portal.Cms.Publishing;

/// <summary>
/// The folder a site is published to, and what this process knows of it. Used by the publisher alone, in its turn.
/// </summary>
internal sealed class SitePlacer(CmsSettings settings, LocalSite local)
{
    private PlacedSite? placed;
    private bool isOther;

    private OutputWriter Writer => new(settings.SiteFolder);

    /// <summary>True where a site stands in the folder, and <see cref="Look"/> found no other than it should be.</summary>
    public bool IsThere => !isOther && Writer.IsThere;

    /// <summary>Finishes what a process that died had begun to put in place, and shows what stands there.</summary>
    public async Task ResumeAsync(CancellationToken cancel)
    {
        Writer.Finish();
        if (Writer.IsThere) await ShowAsync(cancel);
    }

    /// <summary>Looks whether the folder has the files with these hashes: somebody may have taken some away, and a power cut may have emptied some.</summary>
    public void Look(IReadOnlyDictionary<string, string> hashes) => isOther = !Writer.Holds(hashes);

    /// <summary>Puts the files with these hashes in place.</summary>
    /// <param name="bytes">Gives the bytes of a path; called from several threads.</param>
    /// <exception cref="IOException">The folder cannot be written. What stood there stands, or a journal holds the rest.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task<Placement> PlaceAsync(IReadOnlyDictionary<string, string> hashes, Func<string, byte[]> bytes, CancellationToken cancel)
    {
        var last = placed;
        placed = null; // Until it is whole again, nothing is known of the folder.
        placed = Writer.Place(hashes, bytes, last);
        isOther = false;
        await ShowAsync(cancel);
        return placed.Placement;
    }

    private Task ShowAsync(CancellationToken cancel) => local.ShowAsync(HostRules.In(settings.SiteFolder), cancel);
}

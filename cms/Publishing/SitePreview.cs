using System.Text;

using NodaTime;

using Portal.Cms.Documents;
using Portal.Cms.Hosting;
using Portal.Content.Documents;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Site.Building;
using Portal.Site.Hosting;
using Portal.Site.Map;
using Portal.Site.Rendering;

namespace Portal.Cms.Publishing;

/// <summary>A page as it would be published now.</summary>
/// <param name="Bytes">Its bytes; null where it cannot be drawn.</param>
/// <param name="Policy">The content security policy it is published with.</param>
/// <param name="Problems">What the rules say of its text.</param>
internal sealed record PreviewedPage(byte[]? Bytes, string Policy, IReadOnlyList<Problem> Problems)
{
    /// <summary>Where the public site stands, without a slash at the end.</summary>
    public string Site { get; init; } = string.Empty;
}

/// <summary>Draws one page by the very call that a publication makes, with one text exchanged.</summary>
internal sealed class SitePreview(SiteContent content, SiteMemory memory, PreviewAssets kept, CmsSettings settings, TimeProvider time)
{
    public async Task<PreviewedPage> PageAsync(Entry entry, string text, CancellationToken cancel = default)
    {
        var problems = new List<Problem>();
        var files = await content.LiveAsync(cancel);
        var live = memory.Read(files);
        if (EditionOf(With(files, live, entry.Path, text), problems) is not { } edition || entry.Document is null) return new(null, string.Empty, problems);
        var map = new SiteMap(edition);
        var id = DocumentId.Parse(entry.Document);
        var output = new SiteOutput();
        var page = map.Pages.FirstOrDefault(page => page.Document == id && page.Language.Code == entry.Language);
        if (page is null || memory.AssetsOf(edition, settings.SiteFolder + ".cache", output.Add) is not { } assets)
        {
            problems.Add(new(entry.Path, 0, "This document has no page of its own now.", "Its dates, its stage or a mistake keep it off the site."));
            return new(null, string.Empty, problems);
        }

        kept.Keep(output);
        using var renderer = new PageRenderer();
        var policy = HostRules.Of(map).HeadersFor(page.Address).First(header => header.Name == "Content-Security-Policy").Value;
        return new(SiteBuilder.Render(renderer, map, page, assets), policy, problems) { Site = edition.Library.Settings.BaseUrl };
    }

    /// <summary>The public texts with one exchanged.</summary>
    private static ContentReading With(ContentFiles files, ContentReading live, string path, string text) => ContentReader.Read(files.With((path, Encoding.UTF8.GetBytes(text))), live);

    private Edition? EditionOf(ContentReading reading, List<Problem> problems)
    {
        problems.AddRange(reading.Problems);
        return reading.Library is { } library ? new(library, Instant.FromDateTimeOffset(time.GetUtcNow())) : null;
    }
}

using NodaTime;

using Portal.Cms.Hosting;
using Portal.Cms.Publishing;
using Portal.Content.Problems;
using Portal.Content.Publishing;
using Portal.Content.Reading;
using Portal.Content.Rules;
using Portal.Site.Building;
using Portal.Site.Map;

namespace Portal.Cms.Delivery;

/// <summary>
/// What the interface would deliver if every saved text were published now. An edition decides here too, so that what is
/// confidential stays out of a preview as well. A text with a mistake is left out.
/// </summary>
internal sealed class DeliveryPreview(SiteContent content, CmsSettings settings, TimeProvider time)
{
    /// <summary>Null where the texts make no site at all.</summary>
    public async Task<DeliveryView?> ViewAsync(CancellationToken cancel)
    {
        if (ContentReader.Read(await content.SavedAsync(cancel)).Library is not { } library) return null;
        var at = Instant.FromDateTimeOffset(time.GetUtcNow());
        var edition = new Edition(library, at);
        if (AssetBuilder.Add(edition, new SiteOutput(), settings.SiteFolder + ".cache", []) is not { } assets) return null;
        var wrong = RuleBook.Check(edition).Where(problem => problem.Weight == Weight.Error).Select(problem => problem.File).ToHashSet();
        var texts = DocumentJson.All(new SiteMap(edition), assets, document => !wrong.Contains(document.File));
        var joined = texts.Select(text => DeliveryWriter.Join(text, at)).ToList();
        var rows = texts.Select((text, index) => new DeliveredRow(index, text.Document, text.Language, text.Kind, text.Topics, text.District, DeliveryWriter.TagOf(joined[index].Bytes), at, joined[index].ItemLength, 0))
            .OrderBy(row => row.Document, StringComparer.Ordinal).ToList();
        return new(0, Guid.Empty, at, [], rows, (ids, _) => Task.FromResult<IReadOnlyList<byte[]>>([.. ids.Select(id => joined[(int)id].Bytes)]));
    }
}

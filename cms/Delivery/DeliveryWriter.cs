using System.Security.Cryptography;
using System.Text;

using Microsoft.EntityFrameworkCore;

using NodaTime;
using NodaTime.Text;

using Portal.Cms.Database;
using Portal.Cms.Publishing;
using Portal.Site.Building;
using Portal.Site.Map;

namespace Portal.Cms.Delivery;

/// <summary>
/// Writes what the headless interface delivers, in the transaction of the publication it belongs to. Only rows that
/// changed are written; with them, in the same transaction, what the webhooks have to be told.
/// </summary>
internal static class DeliveryWriter
{
    private const int Batch = 500;

    /// <summary>Makes the interface deliver an edition. Call <see cref="DeliveryFeed.Refresh"/> once the transaction stands.</summary>
    /// <param name="map">Of the edition that was published.</param>
    /// <param name="assets">The files its pages name.</param>
    /// <returns>How many rows came or went.</returns>
    public static async Task<int> WriteAsync(CmsDatabase database, SiteMap map, SiteAssets assets, Publication publication, CancellationToken cancel = default)
    {
        var last = await LastAsync(database, cancel);
        var number = (last?.Number ?? 0) + 1;
        var made = DocumentJson.All(map, assets);
        var current = await CurrentAsync(database, cancel);
        var same = made.Where(text => current.TryGetValue((text.Document, text.Language), out var row) && row.Hash == text.Hash).Select(text => (text.Document, text.Language)).ToHashSet();
        var rows = made.Where(text => !same.Contains((text.Document, text.Language))).Select(text => Row(text, publication.At, number)).ToList();
        var site = SiteJson.Of(map.Edition);
        return await ReplaceAsync(database, publication, number, last is not null && last.Site.AsSpan().SequenceEqual(site), site, [.. current.Where(row => !same.Contains(row.Key)).Select(row => row.Value)], rows, cancel);
    }

    /// <summary>
    /// Makes the interface deliver what it did at an earlier publication, as far as it is public still: a document that
    /// was withdrawn since stays away, whatever the site's files of then hold.
    /// </summary>
    public static async Task<int> RestoreAsync(CmsDatabase database, Instant old, Publication publication, CancellationToken cancel = default)
    {
        var last = await LastAsync(database, cancel);
        var then = await database.DeliveryEditions.AsNoTracking().Where(edition => edition.At <= old).OrderByDescending(edition => edition.Number).FirstOrDefaultAsync(cancel);
        if (last is null || then is null) return 0;
        var number = last.Number + 1;
        var current = await CurrentAsync(database, cancel);
        var valid = await database.Delivered.AsNoTracking().Where(row => row.From <= then.Number && (row.Until == null || row.Until > then.Number)).ToListAsync(cancel);
        var kept = valid.Where(row => row.Until is null).Select(row => (row.Document, row.Language)).ToHashSet();
        var rows = valid.Where(row => row.Until is not null && row.Bytes.Length > 0 && current.ContainsKey((row.Document, row.Language))).Select(row => Copy(row, publication.At, number)).ToList();
        return await ReplaceAsync(database, publication, number, last.Site.AsSpan().SequenceEqual(then.Site), then.Site, [.. current.Where(row => !kept.Contains(row.Key)).Select(row => row.Value)], rows, cancel);
    }

    /// <summary>The bytes of a document, and how many of them stand in a list.</summary>
    public static (byte[] Bytes, int ItemLength) Join(DocumentText text, Instant changed)
    {
        var at = Encoding.UTF8.GetBytes($",\"updatedAt\":\"{InstantPattern.ExtendedIso.Format(changed)}\"");
        byte[] item = [.. text.Head.AsSpan(0, text.Head.Length - 1), .. at];
        return ([.. item, .. ",\"body\":"u8, .. text.Body, (byte)'}'], item.Length);
    }

    /// <summary>A strong entity tag, quotes included.</summary>
    public static string TagOf(ReadOnlySpan<byte> bytes) => $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"";

    private static async Task<int> ReplaceAsync(CmsDatabase database, Publication publication, long number, bool siteIsSame, byte[] site, List<CurrentRow> ended, List<DeliveredDocument> rows, CancellationToken cancel)
    {
        if (ended.Count == 0 && rows.Count == 0 && siteIsSame) return 0;
        foreach (var some in ended.Select(row => row.Id).Chunk(Batch))
            await database.Delivered.Where(row => some.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.Until, number).SetProperty(row => row.GoneAt, publication.At), cancel);

        database.Delivered.AddRange(rows);
        database.DeliveryEditions.Add(new() { Number = number, Publication = publication.Id, At = publication.At, Site = site });
        var put = rows.Select(row => (row.Document, row.Language)).ToHashSet();
        await WebhookQueue.AddAsync(database, publication, number,
            [.. rows.Select(row => new Change(row.Document, row.Kind, row.Language, IsGone: false)), .. ended.Where(row => !put.Contains((row.Document, row.Language))).Select(row => new Change(row.Document, row.Kind, row.Language, IsGone: true))], cancel);
        await database.SaveChangesAsync(cancel);
        await ForgetAsync(database, number - PublicationStore.Kept, cancel);
        return ended.Count + rows.Count;
    }

    /// <summary>Lets go of the words of rows that ended before the editions that are kept; where nothing came after one, its tombstone stays.</summary>
    private static async Task ForgetAsync(CmsDatabase database, long oldest, CancellationToken cancel)
    {
        if (oldest < 1) return;
        await database.Delivered.Where(row => row.Until <= oldest && database.Delivered.Any(newer => newer.Document == row.Document && newer.Language == row.Language && newer.From > row.From)).ExecuteDeleteAsync(cancel);
        var nothing = Array.Empty<byte>();
        await database.Delivered.Where(row => row.Until <= oldest && row.ItemLength > 0).ExecuteUpdateAsync(set => set.SetProperty(row => row.Bytes, nothing).SetProperty(row => row.ItemLength, 0), cancel);
        await database.DeliveryEditions.Where(edition => edition.Number < oldest).ExecuteDeleteAsync(cancel);
    }

    private static Task<DeliveryEdition?> LastAsync(CmsDatabase database, CancellationToken cancel) =>
        database.DeliveryEditions.AsNoTracking().OrderByDescending(edition => edition.Number).FirstOrDefaultAsync(cancel);

    private static async Task<Dictionary<(string Document, string Language), CurrentRow>> CurrentAsync(CmsDatabase database, CancellationToken cancel) =>
        await database.Delivered.AsNoTracking().Where(row => row.Until == null).Select(row => new CurrentRow(row.Id, row.Document, row.Language, row.Kind, row.Hash)).ToDictionaryAsync(row => (row.Document, row.Language), cancel);

    private static DeliveredDocument Row(DocumentText text, Instant at, long number)
    {
        var (bytes, length) = Join(text, at);
        return new()
        {
            Document = text.Document,
            Language = text.Language,
            Kind = text.Kind,
            Topics = text.Topics,
            District = text.District,
            Hash = text.Hash,
            Tag = TagOf(bytes),
            ChangedAt = at,
            ItemLength = length,
            Bytes = bytes,
            From = number,
        };
    }

    private static DeliveredDocument Copy(DeliveredDocument row, Instant at, long number) => new()
    {
        Document = row.Document,
        Language = row.Language,
        Kind = row.Kind,
        Topics = row.Topics,
        District = row.District,
        Hash = row.Hash,
        Tag = row.Tag,
        ChangedAt = at,
        ItemLength = row.ItemLength,
        Bytes = row.Bytes,
        From = number,
    };

    private sealed record CurrentRow(long Id, string Document, string Language, string Kind, string Hash);
}

/// <summary>What became of a document in one language.</summary>
internal sealed record Change(string Document, string Kind, string Language, bool IsGone)
{
    public string Name => IsGone ? "gone" : "put";
}

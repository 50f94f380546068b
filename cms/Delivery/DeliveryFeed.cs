using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;

namespace Portal.Cms.Delivery;

/// <summary>
/// The newest edition, held in memory. Our own publisher says when there is a newer one; another instance's is found
/// within a second, by one look at the database.
/// </summary>
internal sealed class DeliveryFeed(IServiceScopeFactory scopes, WebhookSender webhooks, TimeProvider time)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);

    private volatile Held? held;

    /// <summary>Says that a publication changed what is delivered, once its transaction stands; the webhooks are told.</summary>
    public void Refresh()
    {
        held = null;
        webhooks.Wake();
    }

    /// <summary>The newest edition; null before the first publication.</summary>
    public ValueTask<DeliveryView?> NowAsync(CancellationToken cancel) =>
        held is { } known && time.GetElapsedTime(known.CheckedAt) < Trusted ? ValueTask.FromResult(known.View) : new(LookAsync(cancel));

    /// <summary>Documents that ended after an edition and were not forgotten.</summary>
    public async Task<IReadOnlyList<GoneRow>> GoneAsync(long since, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CmsDatabase>().Delivered.AsNoTracking().Where(row => row.Until > since)
            .Select(row => new GoneRow(row.Document, row.Language, row.Kind, row.GoneAt ?? row.ChangedAt, row.Until ?? 0)).ToListAsync(cancel);
    }

    /// <summary>Number of the last edition before an instant; 0 where none is remembered.</summary>
    public async Task<long> NumberBeforeAsync(Instant instant, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CmsDatabase>().DeliveryEditions.Where(edition => edition.At < instant).MaxAsync(edition => (long?)edition.Number, cancel) ?? 0;
    }

    /// <summary>Every document of an edition, one after another, so that no export is held whole in memory.</summary>
    public async IAsyncEnumerable<byte[]> ExportAsync(DeliveryView view, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<CmsDatabase>().Delivered.AsNoTracking().Where(row => row.From <= view.Number && (row.Until == null || row.Until > view.Number))
            .OrderBy(row => row.Document).ThenBy(row => row.Language).Select(row => row.Bytes).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancel)) yield return row;
    }

    private async Task<DeliveryView?> LookAsync(CancellationToken cancel)
    {
        var now = time.GetTimestamp();
        var known = held;
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDatabase>();
        var last = await database.DeliveryEditions.AsNoTracking().OrderByDescending(edition => edition.Number).FirstOrDefaultAsync(cancel);
        var view = last is null ? null : known?.View is { } same && same.Number == last.Number && same.Publication == last.Publication ? same : await LoadAsync(database, last, cancel);
        held = new(view, now);
        return view;
    }

    private async Task<DeliveryView> LoadAsync(CmsDatabase database, DeliveryEdition edition, CancellationToken cancel)
    {
        var rows = await database.Delivered.AsNoTracking().Where(row => row.From <= edition.Number && (row.Until == null || row.Until > edition.Number))
            .Select(row => new DeliveredRow(row.Id, row.Document, row.Language, row.Kind, row.Topics, row.District, row.Tag, row.ChangedAt, row.ItemLength, row.From)).ToListAsync(cancel);
        return new(edition.Number, edition.Publication, edition.At, edition.Site, [.. rows.OrderBy(row => row.Document, StringComparer.Ordinal).ThenBy(row => row.Language, StringComparer.Ordinal)], BytesAsync);
    }

    private async Task<IReadOnlyList<byte[]>> BytesAsync(IReadOnlyList<long> ids, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<CmsDatabase>().Delivered.AsNoTracking().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Bytes }).ToDictionaryAsync(row => row.Id, row => row.Bytes, cancel);
        return [.. ids.Select(id => found.GetValueOrDefault(id, []))];
    }

    private sealed record Held(DeliveryView? View, long CheckedAt);
}

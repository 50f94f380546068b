using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;
using Portal.Cms.Publishing;
using Portal.Content.Reading;

namespace Portal.Cms.Referrals.Rota;

/// <summary>The switch of the form in a person's hand: closing is one press, opening asks what must be there.</summary>
internal sealed class FormDesk(CmsDatabase database, AuditLog audit, SiteContent content, Publisher publisher, TimeProvider time)
{
    /// <summary>What a person may give as the reason; that a message lay unread is for the clock to say.</summary>
    public static IReadOnlyList<FormReason> Reasons { get; } = [FormReason.TooFewStaff, FormReason.TooManyMessages, FormReason.Holiday, FormReason.Trouble, FormReason.SafetyConcern];

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Closes it now. A form that is closed already stays so, with the reason it has.</summary>
    /// <exception cref="ArgumentException">No person may give the reason.</exception>
    public async Task CloseAsync(FormReason why, Actor actor, CancellationToken cancel = default)
    {
        if (!Reasons.Contains(why)) throw new ArgumentException("It is no reason a person gives.", nameof(why));
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        if (!await FormDoor.IsOpenAsync(database, cancel)) return;
        await FormDoor.SetAsync(database, audit, actor, open: false, why, Now, cancel);
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        publisher.Wake();
    }

    /// <summary>Opens it. Returns why not, where it stays closed.</summary>
    /// <param name="seen">The newest row of the switch that the person saw; null where there was none. Somebody may have closed it for a reason since.</param>
    public async Task<IReadOnlyList<string>> OpenAsync(Guid? seen, Actor actor, CancellationToken cancel = default)
    {
        if (await ObstaclesAsync(cancel) is { Count: > 0 } obstacles) return obstacles;
        await using var transaction = await AuditChain.BeginAsync(database, cancel);
        var last = await FormDoor.LastAsync(database, cancel);
        if (last is { Open: true }) return [];
        if (last?.Id != seen) return ["Somebody closed the form since you opened this page. Read why, then decide again."];
        await FormDoor.SetAsync(database, audit, actor, open: true, FormReason.None, Now, cancel);
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        publisher.Wake();
        return [];
    }

    /// <summary>What stands in the way of opening it, each with what to do; empty where nothing does.</summary>
    public async Task<IReadOnlyList<string>> ObstaclesAsync(CancellationToken cancel = default)
    {
        var isLive = ContentReader.Settings(await content.TextsAsync([DataTable.Settings.Path], cancel)) is { Stage: Content.Reading.Stage.Live };
        var obstacles = new List<string>();
        foreach (var condition in FormConditions.All.Where(condition => isLive || condition.InDemonstration))
            if (!await condition.IsMet(database, Now, cancel)) obstacles.Add($"Missing: {condition.Name}. {condition.Remedy}");
        if ((await OverdueWatch.OverdueAsync(database, Now, cancel)).Count > 0) obstacles.Add("A message has stayed unread past its target, and would close the form again. Open it first.");
        return obstacles;
    }
}

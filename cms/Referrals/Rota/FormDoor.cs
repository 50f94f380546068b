using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Audit;
using Portal.Cms.Database;

namespace Portal.Cms.Referrals.Rota;

/// <summary>Whether the form takes messages: the newest row of <see cref="FormSwitch"/>, in the demonstration stage as in the live one.</summary>
internal static class FormDoor
{
    /// <summary>False where nobody has opened it yet.</summary>
    public static async Task<bool> IsOpenAsync(CmsDatabase database, CancellationToken cancel = default) => await LastAsync(database, cancel) is { Open: true };

    public static Task<FormSwitch?> LastAsync(CmsDatabase database, CancellationToken cancel = default) =>
        database.Set<FormSwitch>().AsNoTracking().OrderByDescending(each => each.At).FirstOrDefaultAsync(cancel);

    /// <summary>
    /// Notes that it is open or closed from now on, with the row of the log and the wish that the site shows it; the
    /// caller saves. Nothing is asked here: whether it may be opened is for whoever calls.
    /// </summary>
    public static async Task SetAsync(CmsDatabase database, AuditLog audit, Actor actor, bool open, FormReason why, Instant now, CancellationToken cancel = default)
    {
        var last = await LastAsync(database, cancel);
        var at = last is not null && last.At >= now ? last.At.PlusTicks(1) : now; // The newest counts, whatever a clock says.
        var row = new FormSwitch { Id = RandomKey.New(), At = at, Open = open, By = actor.Id, Why = why };
        database.Add(row);
        audit.Add(database, actor, (open, actor.Id) switch
        {
            (true, _) => "referral.form-open",
            (false, null) => "referral.form-closed-itself",
            _ => "referral.form-close",
        }, row.Id.ToString(), open ? string.Empty : why.ToString());
        database.Outbox.Add(new() { At = now, By = actor.Name, What = open ? "open the form" : "close the form" });
    }
}

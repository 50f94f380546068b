using Microsoft.EntityFrameworkCore;

using NodaTime;

using Portal.Cms.Database;
using Portal.Cms.Hosting;
using Portal.Cms.Layout;
using Portal.Cms.Referrals.Alerts;
using Portal.Cms.Referrals.Figures;
using Portal.Cms.Referrals.Rota;
using Portal.Cms.Staff;

namespace Portal.Cms.Referrals;

/// <summary>What of the messages needs this person, for the first page.</summary>
internal sealed class ReferralHome(CmsDatabase database, CmsSettings settings, StaffUser user, TimeProvider time)
{
    private static readonly Duration Patience = Duration.FromHours(1);

    public static Task<IReadOnlyList<HomeLine>> AskAsync(IServiceProvider services, CancellationToken cancel) => services.GetRequiredService<ReferralHome>().AllAsync(cancel);

    private async Task<IReadOnlyList<HomeLine>> AllAsync(CancellationToken cancel)
    {
        if (!user.Can(Permissions.Refer)) return [];
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var isLead = user.Can(Permissions.ReferLead);
        var lines = new List<HomeLine>();
        var unread = await database.Set<Referral>().AsNoTracking().Where(referral => referral.State == ReferralState.New && (isLead || referral.Group == ReferralGroup.Team)).Select(referral => referral.Urgent).ToListAsync(cancel);
        if (unread.Contains(true)) lines.Add(new(Say(unread.Count(urgent => urgent), "urgent message is unread", "urgent messages are unread"), "/referrals"));
        if (unread.Count > 0) lines.Add(new(Say(unread.Count, "message is unread", "messages are unread"), "/referrals"));
        if (await FormDoor.LastAsync(database, cancel) is { Open: false } closed)
        {
            // A worker is told no reason and not who closed it: that it closed by itself would tell of a message for the lead, which could be about them.
            if (!isLead) lines.Add(new("The form is closed", "/referrals/rota"));
            else if (closed.Why == FormReason.Overdue) lines.Add(new("The form closed by itself: a message lay unread past its target", "/referrals/rota"));
        }

        var empty = await FormConditions.EmptyAsync(database, now, cancel);
        if (empty.Count > 0) lines.Add(new($"{Say(empty.Count, "day", "days")} of the next {RotaDesk.Shown} without anybody on the rota", "/referrals/rota"));
        if (isLead) lines.AddRange(await LeadAsync(now, cancel));
        return lines;
    }

    private async Task<List<HomeLine>> LeadAsync(Instant now, CancellationToken cancel)
    {
        var lines = new List<HomeLine>();
        if (settings.Mail is null) lines.Add(new("No mail server is set: nobody is told of a new message", "/referrals/rota"));
        else
        {
            var old = now - Patience;
            var stuck = await database.Set<ReferralAlert>().CountAsync(alert => alert.To != null && alert.SentAt == null && alert.WantedAt < old, cancel);
            if (stuck > 0) lines.Add(new(Say(stuck, "mail to staff has waited for more than an hour", "mails to staff have waited for more than an hour"), "/referrals/rota"));
        }

        var quarter = ReportQuarter.Of(now);
        var today = now.InZone(LondonTime.Zone).Date;
        var due = today <= quarter.Before.Due ? quarter.Before : quarter;
        lines.Add(new($"Figures of {due.Title} are due on {RotaDesk.Say(due.Due)}", $"/referrals/figures?quarter={due.Name}"));
        return lines;
    }

    private static string Say(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}

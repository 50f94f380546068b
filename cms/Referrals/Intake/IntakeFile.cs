using System.Globalization;
using System.Text;

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Cms.Publishing;
using Portal.Cms.Referrals.Keys;
using Portal.Cms.Referrals.Rota;
using Portal.Content.Referrals;

namespace Portal.Cms.Referrals.Intake;

/// <summary>What the public form needs to know, as a file of what is published: the keys in force, whether it is open, and the service's own promises.</summary>
internal static class IntakeFile
{
    public static SiteAddition Addition { get; } = new(IntakeSetting.File, TextAsync);

    /// <summary>Null where nothing can be sealed: the page then shows the phone lines alone.</summary>
    private static async Task<string?> TextAsync(CmsDatabase database, CancellationToken cancel)
    {
        var keys = await KeySets.CurrentAsync(database, cancel);
        if (keys.Team.Count == 0) return null;
        var targets = await database.Set<ReferralTargets>().AsNoTracking().FirstOrDefaultAsync(cancel) ?? new();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"keySet: \"{keys.Id}\"\nopen: {(await FormDoor.IsOpenAsync(database, cancel) ? "true" : "false")}\n");
        List(text, "team", keys.Team);
        List(text, "lead", keys.Lead);
        if (targets.UrgentHours is { } urgent) text.Append(CultureInfo.InvariantCulture, $"urgentHours: {urgent}\n");
        if (targets.OtherHours is { } other) text.Append(CultureInfo.InvariantCulture, $"otherHours: {other}\n");
        return text.Append(CultureInfo.InvariantCulture, $"daysAfterHandOver: {targets.DaysAfterHandOver}\ndaysAfterReading: {targets.DaysAfterReading}\n").ToString();
    }

    private static void List(StringBuilder text, string name, IReadOnlyList<string> recipients)
    {
        if (recipients.Count > 0) text.Append(name).Append(":\n");
        foreach (var recipient in recipients) text.Append("  - ").Append(recipient).Append('\n');
    }
}

using Microsoft.EntityFrameworkCore;

using Portal.Cms.Database;
using Portal.Content.Reading;
using Portal.Content.Text;

namespace Portal.Cms.Leave;

/// <summary>Which of the two pages the leave button leads to, after the last night's check.</summary>
internal static class LeaveChoice
{
    public static Task<LeaveCheck?> LastAsync(CmsDatabase database, CancellationToken cancel = default) =>
        database.LeaveChecks.AsNoTracking().OrderByDescending(check => check.Night).FirstOrDefaultAsync(cancel);

    /// <summary>True where a check is of the pages that are set now; after a change the first choice is given another chance.</summary>
    public static bool Concerns(LeaveCheck? check, LeaveSettings leave) => check is not null && check.First == leave.Url && check.Second == leave.Second;

    /// <summary>The settings with the two pages exchanged where the last check said so; else the same text.</summary>
    public static string Apply(string settings, LeaveCheck? check)
    {
        if (check is not { UsesSecond: true, Second: { } second }) return settings;
        var text = DataTable.Settings.Open(settings);
        if (FieldValues.Read(text, typeof(SiteSettings)).GetValueOrDefault("leave") is not FieldValue.Fields leave || Word(leave, "url") != check.First || Word(leave, "second") != second) return settings;
        var exchanged = new Dictionary<string, FieldValue>(leave.Values) { ["url"] = new FieldValue.Words(second), ["second"] = new FieldValue.Words(check.First) };
        return DataTable.Settings.Close(FieldValues.Apply(text, typeof(SiteSettings), new Dictionary<string, FieldValue> { ["leave"] = new FieldValue.Fields(exchanged) }));
    }

    private static string? Word(FieldValue.Fields fields, string key) => (fields.Values.GetValueOrDefault(key) as FieldValue.Words)?.Text;
}
